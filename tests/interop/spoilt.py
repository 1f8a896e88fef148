"""Spoilt documents, to show that each judge would notice: what a judge must refuse, because one document was changed."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

HANNOVER = "2018-12-10-bildungsmonitoring-weiterentwickeln"
ICS, PAGE = f"events/{HANNOVER}.ics", f"events/{HANNOVER}/index.html"
START = b"DTSTART;TZID=Europe/Berlin:20181210T101500"
LATER = b"DTSTART;TZID=Europe/Berlin:20181210T111500"
WINTER = b"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100"
NO_WINTER = b"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200"
PLACE = "LOCATION:Gleisdreieck e.V.\\, Raum Wintergarten\\, Borriesstraße 28\\, 30519 \r\n Hannover\r\n".encode()
ROOM = "Raum Wintergarten\\,".encode()
SENTENCE = b"Wenn Sie Interesse haben\\, melden \r\n Sie sich gern."
PUBLISHED = b"<pubDate>Wed, 02 May 2018 06:06:00 GMT</pubDate>"
NIGHT = b"DTEND;TZID=Europe/Berlin:20181028T060000"
WEEKLY = "events/sprechstunde.ics"
ONE_DATE = "events/sprechstunde/2018-11-06"
TUESDAYS = b"RRULE:FREQ=WEEKLY;BYDAY=TU"
EXCLUDED = b"EXDATE;TZID=Europe/Berlin:20190101T180000"
CHANGED = b"RECURRENCE-ID;TZID=Europe/Berlin:20181120T180000"
# Of entries: two of the corpus, and one each of the first and of the second archive.
GUIDS = b"urn:uuid:fab526b0-e40c-5370-a826-1c2da14fc9a9", b"urn:uuid:c4e5979e-4c67-54eb-b03a-22b5d5a6546c"
PAST_IDS = b"urn:uuid:374e2b70-e14c-5bb1-b61f-0d96e5d51f88", b"urn:uuid:4f955438-f19a-5d47-a580-91ed7899b0c9"
LAST_SUNDAY = b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"


class Spoilt(NamedTuple):
    what: str
    site: str
    document: str # or a pattern of exactly one
    before: bytes
    after: bytes

    def make(self, source: Path, target: Path) -> None:
        """Copies an export and changes this document; the others are links."""
        shutil.copytree(source, target, copy_function=os.link)
        (document,) = target.glob(self.document)
        data = document.read_bytes()
        assert self.before in data, f"{self.document}: {self.before!r} is not there to be spoilt"
        document.unlink()
        document.write_bytes(data.replace(self.before, self.after))


# By judge.
SPOILT = {
    "ical_python": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("floating-start", "shipped", ICS, START, START.replace(b";TZID=Europe/Berlin", b"")),
        ("no-place", "shipped", ICS, PLACE, b""),
        ("another-room", "shipped", "feeds/alle.ics", ROOM, b"Raum Wintersaal\\,"),
        ("a-lost-sentence", "shipped", ICS, SENTENCE, b""),
        ("unreadable-date", "corpus", "feeds/alle.ics", b"CREATED:20180502T060600Z", b"CREATED:gestern"),
        ("no-longer-cancelled", "corpus", "feeds/alle.ics", b"STATUS:CANCELLED", b"STATUS:CONFIRMED"),
        ("no-prefix", "corpus", "feeds/alle.ics", b"SUMMARY:ABGESAGT: ", b"SUMMARY:"),
        ("a-day-too-short", "corpus", "feeds/termine.ics", b"DATE:20180923", b"DATE:20180922"),
        ("another-day", "series", "feeds/alle.ics", TUESDAYS, TUESDAYS.replace(b"TU", b"WE")),
        ("nothing-excluded", "series", WEEKLY, EXCLUDED + b"\r\n", b""),
        ("change-of-another-date", "series", WEEKLY, CHANGED, CHANGED.replace(b"20181120", b"20181122")),
        ("no-longer-cancelled", "series", WEEKLY, b"STATUS:CANCELLED", b"STATUS:CONFIRMED"),
        ("a-day-too-long", "series", "events/sommerfest.ics", b"DTEND;VALUE=DATE:20180625", b"DTEND;VALUE=DATE:20180626"),
    ],
    "ical_strict": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("control-character", "shipped", ICS, b"SUMMARY:Bild", b"SUMMARY:\x07Bild"),
        ("unknown-status", "shipped", ICS, b"STATUS:CONFIRMED", b"STATUS:ABGESAGT"),
        ("two-summaries", "shipped", ICS, b"CLASS:", b"SUMMARY:Noch einer\r\nCLASS:"),
        ("one-date-fewer", "series", "events/werkstatt.ics", b"COUNT=1300", b"COUNT=1299"),
        ("until-a-date", "series", "events/lesekreis.ics", b"UNTIL=20281227T182959Z", b"UNTIL=20281227"),
    ],
    "ical_js": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("wrong-offset", "shipped", ICS, WINTER, NO_WINTER),
        ("another-zone-name", "shipped", ICS, b"\r\nTZID:Europe/Berlin", b"\r\nTZID:Europe/Hannover"),
        ("night-an-hour-shorter", "corpus", "feeds/alle.ics", NIGHT, NIGHT.replace(b"T06", b"T05")),
        ("unclosed", "corpus", "feeds/alle.ics", b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""),
        ("change-of-another-time", "series", WEEKLY, CHANGED, CHANGED.replace(b"T18", b"T19")),
        ("another-title", "series", WEEKLY, b"SUMMARY:Sprechstunde zum Haushalt", b"SUMMARY:Sprechstunde zum Garten"),
        ("winter-from-the-first-sunday", "series", "events/nachtgespraech.ics", LAST_SUNDAY, LAST_SUNDAY.replace(b"-1", b"1")),
        ("summer-a-whole-hour", "series", "events/morgenkreis.ics", b"TZOFFSETTO:+1100", b"TZOFFSETTO:+1130"),
    ],
    "libical": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("wrong-offset", "shipped", ICS, WINTER, NO_WINTER),
        ("no-such-zone", "shipped", ICS, b"\r\nTZID:Europe/Berlin", b"\r\nTZID:Europe/Hannover"),
        ("no-start", "shipped", ICS, START + b"\r\n", b""),
        ("no-version", "shipped", ICS, b"VERSION:2.0\r\n", b""),
        ("two-summaries", "shipped", ICS, b"CLASS:", b"SUMMARY:Noch einer\r\nCLASS:"),
        ("unreadable-geo", "corpus", "feeds/alle.ics", b"\r\nGEO:52.375;9.7325", b"\r\nGEO:Nord"),
        ("another-place", "series", "events/beirat.ics", b"LOCATION:Public Library", b"LOCATION:Public Hall"),
        ("winter-from-the-first-sunday", "series", "events/nachtgespraech.ics", LAST_SUNDAY, LAST_SUNDAY.replace(b"-1", b"1")),
        ("every-date-twice-as-far", "series", "events/werkstatt.ics", b"INTERVAL=3", b"INTERVAL=6"),
        ("nothing-excluded", "series", WEEKLY, EXCLUDED + b"\r\n", b""),
    ],
    "lines": [
        ("lf", "shipped", ICS, b"VERSION:2.0\r\n", b"VERSION:2.0\n"),
        ("long-line", "shipped", ICS, "ö".encode() + b"nnen. So\r\n ", "ö".encode() + b"nnen. So"),
        ("fold-in-character", "shipped", ICS, "Borriesstraße".encode(), b"Borriesstra\xc3\r\n \x9fe"),
        ("no-dtstamp", "shipped", ICS, b"DTSTAMP:20181101T120000Z\r\n", b""),
        ("no-prodid", "shipped", ICS, b"PRODID:-//Aushang//Aushang//DE\r\n", b""),
        ("unused-zone", "corpus", "feeds/leer.ics", b"BEGIN:VEVENT", b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"),
        ("undefined-zone", "corpus", "feeds/alle.ics", b"\r\nTZID:America/New_York", b"\r\nTZID:America/Boston"),
        ("organizer", "shipped", ICS, b"CLASS:", b"ORGANIZER:mailto:anmeldung@example.org\r\nCLASS:"),
        ("one-date-changed-twice", "series", WEEKLY, CHANGED, CHANGED.replace(b"20181120", b"20181113")),
    ],
    "rss": [
        ("wrong-weekday", "corpus", "feeds/alle.rss", PUBLISHED, PUBLISHED.replace(b"Wed", b"Thu")),
        ("no-date", "corpus", "feeds/alle.rss", PUBLISHED, b"<pubDate>am Mittwoch</pubDate>"),
        ("start-as-publication", "corpus", "feeds/alle.rss", PUBLISHED, b"<pubDate>Tue, 20 Nov 2018 13:00:00 GMT</pubDate>"),
        ("not-well-formed", "shipped", "feeds/alle.rss", b"</item>", b""),
        ("start-an-hour-later", "shipped", "feeds/alle.rss", b"2018-12-10T10:15:00+01:00", b"2018-12-10T11:15:00+01:00"),
        ("summer-offset", "shipped", "feeds/alle.rss", b"2018-12-10T10:15:00+01:00", b"2018-12-10T11:15:00+02:00"),
        ("another-place", "shipped", "feeds/alle.rss", b"<ev:location>Gleisdreieck", b"<ev:location>Gleisviereck"),
        ("guid-that-is-no-uri", "corpus", "feeds/alle.rss", b">urn:uuid:", b">"),
        ("guid-as-a-link", "corpus", "feeds/alle.rss", b' isPermaLink="false"', b""),
        ("another-self", "shipped", "feeds/alle.rss", b"/feeds/alle.rss", b"/feeds/alles.rss"),
        ("script-ends-cdata", "corpus", "feeds/alle.rss", b"Vor ]]]]><![CDATA[>", b"Vor ]]>"),
    ],
    "json_ld": [
        ("start-an-hour-later", "shipped", PAGE, b'"startDate":"2018-12-10T10', b'"startDate":"2018-12-10T11'),
        ("summer-offset", "shipped", PAGE, b"T10:15:00+01:00", b"T11:15:00+02:00"),
        ("no-longer-cancelled", "corpus", "events/2018-11-20-abgesagt/index.html", b"/EventCancelled", b"/EventScheduled"),
        ("another-street", "shipped", PAGE, '"streetAddress":"Borriesstraße 28"'.encode(), b'"streetAddress":"Borriesgasse 28"'),
        ("feed-says-otherwise", "shipped", "feeds/alle.jsonld", b'"endDate":"2018-12-10T16', b'"endDate":"2018-12-10T17'),
        ("script-ends-early", "corpus", "events/2018-11-29-boeser-text/index.html", b"\\u003c/script\\u003e", b"</script>"),
        ("no-script", "shipped", PAGE, b"application/ld+json", b"text/plain"),
        ("every-second-week", "series", "events/sprechstunde/index.html", b'"repeatFrequency":"P1W"', b'"repeatFrequency":"P2W"'),
        ("no-series", "series", f"{ONE_DATE}/index.html", b'"@type":"EventSeries"', b'"@type":"Event"'),
        ("uid-of-the-series", "series", f"{ONE_DATE}.ics", b"/2018-11-06\r\nDTSTAMP", b"\r\nDTSTAMP"),
        ("a-date-that-repeats", "series", f"{ONE_DATE}.ics", b"SEQUENCE:", b"RRULE:FREQ=WEEKLY\r\nSEQUENCE:"),
    ],
    "pages": [
        ("unclosed-element", "shipped", PAGE, b"</article>", b""),
        ("unknown-element", "shipped", "index.html", b"<main>", b"<main><notiz>Notiz</notiz>"),
        ("warning", "shipped", PAGE, b'<article class="h-event">', b'<article class="h-event"><section><p>Ohne Titel</p></section>'),
        ("broken-style", "shipped", "assets/*.css", b"{", b"{ colour: rot; "),
        ("another-title", "shipped", PAGE, b'<h1 class="p-name">Bildungs', b'<h1 class="p-name">Bilder'),
        ("no-place", "shipped", PAGE, b"Raum Wintergarten, ", b""),
        ("unclosed-element", "series", f"{ONE_DATE}/index.html", b"</article>", b""),
        ("unclosed-element", "translated", "en/index.html", b"</main>", b"<p><div></main>"),
    ],
    "rules": [
        ("lost-dates", "rules-in-words", "shown", b"  date   Sun", b"  note   Sun"),
        ("wrong-instants", "rules-in-words", "shown", b":00Z/", b":01Z/"),
        ("wrong-offset", "rules-clock-changes", "shown", b" +10:30 Australia", b" +11:00 Australia"),
        ("date-without-end", "rules-clock-changes", "shown", b"\n  place", b"\n  \xe2\x80\xa6      without end\n  place"),
        ("not-refused", "rules-refused", "errors", b"refused-00.md", b"refused-99.md"),
        ("refused-for-another-reason", "rules-refused", "errors", b"at most 10,000", b"at most 1,000"),
    ],
    "rss_rules": [
        ("cet", "shipped", "feeds/alle.rss", b"12:00:00 GMT</pubDate>", b"13:00:00 +0100</pubDate>"),
        ("year-of-two-digits", "corpus", "feeds/alle.rss", PUBLISHED, PUBLISHED.replace(b"2018", b"18")),
        ("guid-twice", "corpus", "feeds/alle.rss", GUIDS[0], GUIDS[1]),
        ("no-guid", "shipped", "feeds/alle.rss", b'<guid isPermaLink="false">urn:uuid:753636b6-48a2-5612-b920-a02419467d07</guid>', b""),
        ("no-self", "shipped", "feeds/alle.rss", b'rel="self"', b'rel="via"'),
        ("another-self-of-changes", "shipped", "feeds/alle/changes.rss", b"alle/changes.rss", b"changes.rss"),
        ("content-before-description", "shipped", "feeds/alle.rss", b"</link><description>", b"</link><content:encoded/><description>"),
        ("german-of-germany", "shipped", "feeds/alle.rss", b"<language>de<", b"<language>de_DE<"),
        ("author-without-address", "shipped", "feeds/alle.rss", b"<pubDate>", b"<author>Beispielstelle</author><pubDate>"),
        ("two-enclosures", "shipped", "feeds/alle.rss", b"<pubDate>", 2 * b'<enclosure url="https://example.org/a" length="1" type="image/png"/>' + b"<pubDate>"),
        ("comma-in-a-point", "corpus", "feeds/alle.rss", b"52.375 9.7325", b"52.375,9.7325"),
        ("category-without-domain", "corpus", "feeds/alle.rss", b'<category domain="https://example.org/feeds/alle">', b"<category>"),
        ("xcal", "shipped", "feeds/alle.rss", b' xmlns:dc="', b' xmlns:xcal="urn:ietf:params:xml:ns:xcal" xmlns:dc="'),
        ("relative-link", "corpus", "feeds/alle.rss", b'<a href="https://example.org/verweis">', b'<a href="/verweis">'),
        ("iframe", "corpus", "feeds/alle.rss", b"<p>Nur im Netz.</p>", b'<iframe src="https://example.org/"></iframe>'),
        ("style", "corpus", "feeds/alle.rss", b"<p>Nur im Netz.</p>", b'<p style="position:fixed">Nur im Netz.</p>'),
        ("script", "corpus", "feeds/alle.rss", b"<p>Nur im Netz.</p>", b"<script>alert(1)</script>"),
        ("markup-in-a-title", "shipped", "feeds/alle.rss", b"<item><title>Bildungsmonitoring", b"<item><title>&lt;b&gt;Bildungsmonitoring&lt;/b&gt;"),
        ("link-to-no-page", "shipped", "feeds/alle.rss", b"/events/2018-12-10", b"/events/2018-12-11"),
        ("changed-in-the-future", "shipped", "feeds/alle/changes.rss", b"Thu, 01 Nov 2018 12:00:00 GMT</pubDate>", b"Thu, 01 Nov 2018 13:00:00 GMT</pubDate>"),
        ("no-date-in-an-archive", "archive", "feeds/archiv/archive/1.rss", b"<pubDate>Sat, 20 Jan 2018 08:00:00 GMT</pubDate>", b""),
    ],
    "atom": [
        ("no-author", "shipped", "feeds/alle.atom", b"author>", b"contributor>"),
        ("relative-id", "shipped", "feeds/alle.atom", b"<id>urn:uuid:", b"<id>feed-"),
        ("no-updated", "corpus", "feeds/alle.atom", b"<updated>2018-05-02T06:11:00+00:00</updated>", b""),
        ("no-zone", "corpus", "feeds/alle.atom", b"<published>2018-05-02T06:11:00+00:00", b"<published>2018-05-02T06:11:00"),
        ("in-the-future", "corpus", "feeds/alle.atom", b"<updated>2018-05-02T06:11:00", b"<updated>2018-12-02T06:11:00"),
        ("another-time", "corpus", "feeds/alle.atom", b"<published>2018-05-02T06:11:00", b"<published>2018-05-02T05:11:00"),
        ("another-self", "shipped", "feeds/alle.atom", b"/feeds/alle.atom", b"/feeds/alles.atom"),
        ("relative-link", "corpus", "feeds/alle.atom", b'href="https://example.org/verweis', b'href="/verweis'),
        ("no-language", "shipped", "feeds/alle.atom", b' xml:lang="de"', b""),
        ("another-title", "shipped", "feeds/alle.atom", b"<entry><title>Bildungs", b"<entry><title>Bilder"),
        ("content-as-text", "shipped", "feeds/alle.atom", b'<content type="html">', b"<content>"),
        ("id-twice", "corpus", "feeds/alle.atom", *GUIDS),
        ("not-well-formed", "shipped", "feeds/alle.atom", b"</entry>", b""),
    ],
    "json_feed": [
        ("version-one", "shipped", "feeds/alle.json", b"version/1.1", b"version/1"),
        ("id-as-a-number", "corpus", "feeds/alle.json", b'"id":"%s"' % GUIDS[0], b'"id":1'),
        ("day-as-a-date", "corpus", "feeds/alle.json", b'"date_published":"2018-05-02T06:11:00Z"', b'"date_published":"2018-05-02"'),
        ("unknown-member", "shipped", "feeds/alle.json", b'"content_text"', b'"content":"","content_text"'),
        ("no-items", "shipped", "feeds/alle/changes.json", b'"items":', b'"_items":'),
        ("author-of-version-one", "shipped", "feeds/alle.json", b'"authors":[', b'"author":['),
        ("start-an-hour-later", "shipped", "feeds/alle.json", b'"start":"2018-12-10T10', b'"start":"2018-12-10T11'),
        ("summer-offset", "shipped", "feeds/alle.json", b"T10:15:00+01:00", b"T11:15:00+02:00"),
        ("unknown-zone", "shipped", "feeds/alle.json", b"Europe/Berlin", b"Europe/Hannover"),
        ("another-place", "shipped", "feeds/alle.json", b'"location":"Gleisdreieck', b'"location":"Gleisviereck'),
        ("another-text-than-rss", "shipped", "feeds/alle.json", b"Ein zentrales Kernelement", b"Ein Kernelement"),
        ("tag-as-a-number", "corpus", "feeds/alle.json", b'"tags":["Vortrag"]', b'"tags":[1]'),
        ("not-closed", "shipped", "feeds/alle.json", b"}]}", b"}]"),
    ],
    "feedsmith": [
        ("another-title", "shipped", "feeds/alle.atom", b"<entry><title>Bildungs", b"<entry><title>Bilder"),
        ("another-id", "corpus", "feeds/alle.json", *GUIDS),
        ("a-lost-item", "corpus", "feeds/alle/changes.json", b'"items":[', b'"former_items":['),
        ("no-feed", "shipped", "feeds/alle.rss", b"rss", b"kanal"),
    ],
    "newsboat": [
        ("another-title", "shipped", "feeds/alle.atom", b"<entry><title>Bildungs", b"<entry><title>Bilder"),
        ("a-lost-item", "corpus", "feeds/alle.atom", *GUIDS),
        ("another-time", "shipped", "feeds/alle.atom", b"<published>2018-11-01T12", b"<published>2018-11-01T11"),
    ],
    "archive": [
        ("chain-ends-early", "archive", "feeds/archiv/archive/2.rss", b'rel="prev-archive"', b'rel="related"'),
        ("chain-in-a-circle", "archive", "feeds/archiv/archive/2.atom", b"/archive/1.atom", b"/archive/2.atom"),
        ("no-next-url", "archive", "feeds/archiv.json", b'"next_url"', b'"_next_url"'),
        ("an-item-twice", "archive", "feeds/archiv/archive/1.json", *PAST_IDS),
        ("only-after", "archive", "feeds/archiv/changes.rss", "Großer Saal → ".encode(), b""),
        ("another-current", "archive", "feeds/archiv/archive/1.atom", b"/feeds/archiv.atom", b"/feeds/alle.atom"),
    ],
    "vocabulary": [
        ("unknown-class", "shipped", PAGE, b'"@type":"EducationEvent"', b'"@type":"WorkshopEvent"'),
        ("unknown-property", "shipped", PAGE, b'"endDate"', b'"finishDate"'),
        ("property-of-another-class", "shipped", PAGE, b'"postalCode"', b'"startDate"'),
        ("unknown-status", "shipped", f"events/{HANNOVER}.jsonld", b"schema.org/EventScheduled", b"schema.org/EventPlanned"),
        ("a-text-for-an-organization", "corpus", "feeds/alle.jsonld", b'"organizer":{"@type":"Organization","name":"Beispielstelle f\xc3\xbcr Bildung","url":"https://example.org/beispielstelle"}', b'"organizer":"Beispielstelle"'),
        ("no-address", "shipped", PAGE, b'"address":{"@type":"PostalAddress"', b'"geo":{"@type":"GeoCoordinates"'),
        ("no-offset", "shipped", PAGE, b"10:15:00+01:00", b"10:15:00"),
        ("midnight", "shipped", PAGE, b"T10:15:00", b"T00:00:00"),
        ("date-in-the-name", "shipped", PAGE, b'"name":"Bildungsmonitoring', b'"name":"10.12.2018 Bildungsmonitoring'),
        ("venue-in-the-name", "shipped", PAGE, b'"name":"Bildungsmonitoring', b'"name":"Raum Wintergarten: Bildungsmonitoring'),
        ("reference-to-no-page", "series", "events/sprechstunde.jsonld", b"/2018-10-02#event", b"/2018-10-03#event"),
        ("unknown-day", "series", "events/sprechstunde.jsonld", b"schema.org/Tuesday", b"schema.org/Dienstag"),
    ],
    "catalog": [
        ("unknown-term", "shipped", "catalog.jsonld", b'"dcat:theme"', b'"dcat:thema"'),
        ("no-publisher", "shipped", "catalog.jsonld", b'"dct:publisher"', b'"dct:identifier"'),
        ("a-form-that-is-not-there", "shipped", "catalog.jsonld", b"alle.csv", b"alle.xlsx"),
        ("a-context-to-be-fetched", "shipped", "catalog.jsonld", b'"@context":{', b'"@context":"https://example.org/dcat.jsonld","@id":{'),
        ("another-media-type", "corpus", "catalog.jsonld", b"media-types/text/csv", b"media-types/text/plain"),
    ],
    "tables": [
        ("no-mark", "shipped", "feeds/alle.csv", b"\xef\xbb\xbf", b""),
        ("lf", "shipped", "feeds/alle.csv", b"\r\n", b"\n"),
        ("latin-letters", "shipped", "feeds/alle.csv", "ß".encode(), b"ss"),
        ("start-an-hour-later", "shipped", "feeds/alle.csv", b",2018-12-10 10:15,", b",2018-12-10 11:15,"),
        ("another-column", "shipped", "feeds/alle.csv", b"Raum,", b"Saal,"),
        ("a-cell-too-few", "shipped", "feeds/alle.csv", b",nein,", b","),
        ("a-formula", "shipped", "feeds/alle.csv", b",nein,", b",=1+1,"),
    ],
    "site_map": [
        ("relative-address", "shipped", "sitemap.xml", b"<loc>https://example.org/feeds", b"<loc>/feeds"),
        ("lastmod-in-german", "shipped", "sitemap.xml", b"<lastmod>2018-11-01T12:00:00Z", b"<lastmod>01.11.2018"),
        ("lastmod-in-the-future", "shipped", "sitemap.xml", b"<lastmod>2018-11-01T12:00:00Z", b"<lastmod>2018-12-10"),
        ("no-such-page", "shipped", "sitemap.xml", b"/events/2018-12-10", b"/events/2018-12-11"),
        ("a-missing-page", "series", "sitemap.xml", b"/events/sprechstunde/2018-11-06<", b"/events/sprechstunde<"),
        ("another-namespace", "shipped", "sitemap.xml", b"sitemap/0.9", b"sitemap/1.0"),
        ("no-sitemap-in-robots", "shipped", "robots.txt", b"Sitemap:", b"Map:"),
        ("closed", "shipped", "robots.txt", b"Allow: /", b"Disallow: /feeds"),
    ],
    "node_ical": [
        ("uid-of-the-series-twice", "series", WEEKLY, b"/2018-12-27\r\nDTSTAMP", b"\r\nDTSTAMP"),
        ("until-a-week-early", "series", "events/lesekreis.ics", b"UNTIL=20281227", b"UNTIL=20281220"),
        ("single-entry-an-hour-later", "series", "feeds/alle.ics", b"DTSTART:20181024T180000Z", b"DTSTART:20181024T190000Z"),
    ],
    "translated": [
        ("a-page-that-is-not-there", "translated", "events/2018-12-03-ausstellung/index.html", b'hreflang="en" href="https://example.org/en/events/2018-12-03-ausstellung"', b'hreflang="en" href="https://example.org/en/events/ausstellung"'),
        ("an-uid-of-its-own", "translated", "en/feeds/termine.ics", b"UID:", b"UID:en-"),
        ("another-length", "translated", "feeds/termine.rss", b'length="', b'length="1'),
        ("another-type", "translated", "feeds/alle.atom", b'type="application/pdf"', b'type="image/png"'),
    ],
}
DOCUMENTS = [(judge, Spoilt(*one)) for judge, changes in SPOILT.items() for one in changes]
