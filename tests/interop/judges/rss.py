"""feedparser, the reader of most Python feed software, and rules of the W3C feed validator, which is no package.

Only this judge reads RSS: well-formed XML, one item an event, and the event module's fields. feedparser's own cleaning
of HTML is off, because it would remove what it takes for markup from a plain text.
"""

from datetime import datetime, timezone
from email.utils import format_datetime, parsedate_to_datetime
from html import unescape
from re import sub
from xml.etree import ElementTree

import feedparser

from common import BASE, NOW, Site, run, slug_of, utc


def check_date(site, where, written, expected):
    """RFC 822 with the right weekday, a year of four digits, GMT, and not in the future."""
    try:
        date = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        site.problem(where, f"{written!r} is no RFC 822 date")
        return None
    site.equal(where, "the form of a date", written, format_datetime(date.astimezone(timezone.utc), usegmt=True))
    if utc(date) > NOW:
        site.problem(where, f"{written!r} is in the future")
    if expected:
        site.equal(where, "a date", utc(date), expected)
    return utc(date)


def read_entry(site, where, entry, expected):
    title = [expected["title"], *expected["rss_title"]]
    site.equal(where, "what the title lacks", [part for part in title if part not in entry.title], [])
    site.equal(where, "ev:location", entry.get("ev_location"), expected["place"])
    days = [expected["start"], expected.get("last")]
    for name, day, instant, offset in zip(
        ["ev_startdate", "ev_enddate"], days, [expected["start"], expected["end"]], expected.get("offsets", ["", ""])
    ):
        written = entry.get(name)
        if "last" in expected or instant is None:
            site.equal(where, name, written, day if "last" in expected else None)
        else:
            site.equal(where, name, utc(datetime.fromisoformat(written)) if written else None, instant)
            site.equal(where, f"the offset of {name}", (written or "")[-6:], offset)
    published = expected.get("published")
    check_date(site, where, entry.get("published"), published)
    site.equal(where, "dcterms:modified", entry.get("updated"), expected.get("updated", published or NOW))
    site.equal(where, "the beginning of guid", entry.get("id", "")[:9], "urn:uuid:")
    html = unescape(sub("<[^>]*>", "", entry.content[0].value)) if "content" in entry else ""
    tags = [tag.term for tag in entry.get("tags", [])]
    shown = {"slug": slug_of(entry.get("link")), "tags": tags}
    # A link in HTML shows its address only in its markup; line breaks are markup too.
    lacks = [part for part in expected["contains"] if "://" not in part and "\n" not in part and part not in html]
    site.equal(where, "what content:encoded lacks", lacks, [])
    return shown | {"text": entry.get("summary", "")}


def check_guids(site, path, data):
    """A guid that is no address must say so; feedparser does not show whether it does."""
    try:
        guids = ElementTree.fromstring(data).iter("guid")
    except ElementTree.ParseError as error:
        site.problem(path, f"not well-formed: {error}")
        return
    links = [guid.text for guid in guids if guid.get("isPermaLink") != "false"]
    site.equal(path, "the list of guids as links", links, [])


def judge(site):
    for feed, slugs in site.feeds.items():
        path = f"feeds/{feed}.rss"
        data = (site.folder / path).read_bytes()
        document = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
        if document.bozo:
            site.problem(path, f"bozo: {document.bozo_exception}")
        check_guids(site, path, data)
        selves = [link.href for link in document.feed.get("links", []) if link.rel == "self"]
        site.equal(path, "rel=self", selves, [f"{BASE}/{path}"])
        site.equal(path, "the channel's link", document.feed.get("link"), f"{BASE}/feeds/{feed}")
        site.equal(path, "the language", document.feed.get("language"), "de")
        check_date(site, path, document.feed.get("updated"), None)
        ids = [entry.get("id") for entry in document.entries]
        site.equal(path, "the number of different guids", len(set(ids)), len(slugs))
        known = [one for one in document.entries if slug_of(one.get("link")) in site.events]
        readings = [
            read_entry(site, f"{path}: {slug_of(one.link)}", one, site.events[slug_of(one.link)]) for one in known
        ]
        site.equal(path, "the number of items", len(document.entries), len(slugs))
        site.compare(path, slugs, readings)


if __name__ == "__main__":
    run(judge, Site)
