"""Makes spoilt copies of the exports, to show that each judge would notice.

`spoil.py EXPORTS OUT` writes OUT/JUDGE/SITE/WHAT/, a whole export with one document changed; the others are links. A
change that changes nothing is an error.
"""

import os
import shutil
import sys
from pathlib import Path

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
LAST_SUNDAY = b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"

# judge: [(what, site, document, before, after)]
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
    ],
    "ical_strict": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("control-character", "shipped", ICS, b"SUMMARY:Bild", b"SUMMARY:\x07Bild"),
        ("unknown-status", "shipped", ICS, b"STATUS:CONFIRMED", b"STATUS:ABGESAGT"),
        ("two-summaries", "shipped", ICS, b"CLASS:", b"SUMMARY:Noch einer\r\nCLASS:"),
    ],
    "ical_js": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("wrong-offset", "shipped", ICS, WINTER, NO_WINTER),
        ("another-zone-name", "shipped", ICS, b"\r\nTZID:Europe/Berlin", b"\r\nTZID:Europe/Hannover"),
        ("night-an-hour-shorter", "corpus", "feeds/alle.ics", NIGHT, NIGHT.replace(b"T06", b"T05")),
        ("unclosed", "corpus", "feeds/alle.ics", b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""),
    ],
    "libical": [
        ("start-an-hour-later", "shipped", ICS, START, LATER),
        ("wrong-offset", "shipped", ICS, WINTER, NO_WINTER),
        ("no-such-zone", "shipped", ICS, b"\r\nTZID:Europe/Berlin", b"\r\nTZID:Europe/Hannover"),
        ("no-start", "shipped", ICS, START + b"\r\n", b""),
        ("no-version", "shipped", ICS, b"VERSION:2.0\r\n", b""),
        ("two-summaries", "shipped", ICS, b"CLASS:", b"SUMMARY:Noch einer\r\nCLASS:"),
        ("unreadable-geo", "corpus", "feeds/alle.ics", b"\r\nGEO:52.375;9.7325", b"\r\nGEO:Nord"),
    ],
    "octets": [
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
    ],
    "pages": [
        ("unclosed-element", "shipped", PAGE, b"</article>", b""),
        ("unknown-element", "shipped", "index.html", b"<main>", b"<main><notiz>Notiz</notiz>"),
        ("warning", "shipped", PAGE, b"<article>", b"<article><section><p>Ohne Titel</p></section>"),
        ("broken-style", "shipped", "assets/*.css", b"{", b"{ colour: rot; "),
        ("another-title", "shipped", PAGE, b"<h1>Bildungs", b"<h1>Bilder"),
        ("no-place", "shipped", PAGE, b"Raum Wintergarten, ", b""),
    ],
    "rules": [
        ("lost-dates", "rules-in-words", "shown", b"  date   Sun", b"  note   Sun"),
        ("wrong-instants", "rules-in-words", "shown", b":00Z/", b":01Z/"),
        ("wrong-offset", "rules-clock-changes", "shown", b" +10:30 Australia", b" +11:00 Australia"),
        ("date-without-end", "rules-clock-changes", "shown", b"\n  place", b"\n  \xe2\x80\xa6      without end\n  place"),
        ("not-refused", "rules-refused", "errors", b"refused-00.md", b"refused-99.md"),
        ("refused-for-another-reason", "rules-refused", "errors", b"at most 10000", b"at most 1000"),
    ],
    "series_recurring": [
        ("another-day", "series", "feeds/alle.ics", TUESDAYS, TUESDAYS.replace(b"TU", b"WE")),
        ("nothing-excluded", "series", WEEKLY, EXCLUDED + b"\r\n", b""),
        ("change-of-another-date", "series", WEEKLY, CHANGED, CHANGED.replace(b"20181120", b"20181122")),
        ("no-longer-cancelled", "series", WEEKLY, b"STATUS:CANCELLED", b"STATUS:CONFIRMED"),
        ("a-day-too-long", "series", "events/sommerfest.ics", b"DTEND;VALUE=DATE:20180625", b"DTEND;VALUE=DATE:20180626"),
    ],
    "series_strict": [
        ("one-date-fewer", "series", "events/werkstatt.ics", b"COUNT=1300", b"COUNT=1299"),
        ("until-a-date", "series", "events/lesekreis.ics", b"UNTIL=20281227T182959Z", b"UNTIL=20281227"),
    ],
    "series_ical_js": [
        ("change-of-another-time", "series", WEEKLY, CHANGED, CHANGED.replace(b"T18", b"T19")),
        ("another-title", "series", WEEKLY, b"SUMMARY:Sprechstunde zum Haushalt", b"SUMMARY:Sprechstunde zum Garten"),
        ("winter-from-the-first-sunday", "series", "events/nachtgespraech.ics", LAST_SUNDAY, LAST_SUNDAY.replace(b"-1", b"1")),
        ("summer-a-whole-hour", "series", "events/morgenkreis.ics", b"TZOFFSETTO:+1100", b"TZOFFSETTO:+1130"),
    ],
    "series_libical": [
        ("another-place", "series", "events/beirat.ics", b"LOCATION:Public Library", b"LOCATION:Public Hall"),
        ("winter-from-the-first-sunday", "series", "events/nachtgespraech.ics", LAST_SUNDAY, LAST_SUNDAY.replace(b"-1", b"1")),
        ("every-date-twice-as-far", "series", "events/werkstatt.ics", b"INTERVAL=3", b"INTERVAL=6"),
        ("nothing-excluded", "series", WEEKLY, EXCLUDED + b"\r\n", b""),
    ],
    "series_node_ical": [
        ("uid-of-the-series-twice", "series", WEEKLY, b"/2018-12-27\r\nDTSTAMP", b"\r\nDTSTAMP"),
        ("until-a-week-early", "series", "events/lesekreis.ics", b"UNTIL=20281227", b"UNTIL=20281220"),
        ("single-entry-an-hour-later", "series", "feeds/alle.ics", b"DTSTART:20181024T180000Z", b"DTSTART:20181024T190000Z"),
    ],
    "series_json_ld": [
        ("every-second-week", "series", "events/sprechstunde/index.html", b'"repeatFrequency":"P1W"', b'"repeatFrequency":"P2W"'),
        ("no-series", "series", f"{ONE_DATE}/index.html", b'"@type":"EventSeries"', b'"@type":"Event"'),
        ("uid-of-the-series", "series", f"{ONE_DATE}.ics", b"/2018-11-06\r\nDTSTAMP", b"\r\nDTSTAMP"),
        ("a-date-that-repeats", "series", f"{ONE_DATE}.ics", b"SEQUENCE:", b"RRULE:FREQ=WEEKLY\r\nSEQUENCE:"),
    ],
    "series_pages": [
        ("unclosed-element", "series", f"{ONE_DATE}/index.html", b"</article>", b""),
    ],
}


def spoil(source, target, pattern, before, after):
    shutil.copytree(source, target, copy_function=os.link)
    (document,) = target.glob(pattern)
    octets = document.read_bytes()
    if before not in octets:
        raise SystemExit(f"{document}: {before!r} is not there to be spoilt")
    document.unlink()
    document.write_bytes(octets.replace(before, after))


def main():
    exports, out = map(Path, sys.argv[1:])
    for judge, changes in SPOILT.items():
        for what, site, pattern, before, after in changes:
            spoil(exports / site, out / judge / site / what, pattern, before, after)


if __name__ == "__main__":
    main()
