"""What the judges of RSS, Atom and JSON Feed share: which documents there are, the items of the RSS documents, read by
the standard library, and what the W3C feed validator says of HTML and titles in all three forms.
"""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import lxml.html

import write_archive
from common import BASE, NOW, Documents, read_expected, slug_of, utc
from series import Series

ABSOLUTE = re.compile(r"(https?://[^/\s]+|mailto:|tel:|urn:uuid:)\S*")
# The validator takes these for markup.
MARKUP = re.compile(r"</\w+>|&#?\w+;|<\w+[^>]*>")
FORBIDDEN = {"script", "iframe", "style", "object", "embed", "form", "link", "meta", "base", "comment"}
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Entries(Documents):
    """An export, with the events of each feed."""

    def __init__(self, folder, name):
        super().__init__(folder, name)
        expected = read_expected()
        if name == "series":
            events = with_changed_dates(Series(folder, name))
            expected[name] = {"feeds": {"alle": list(events), "reihen": list(events)}, "events": events}
        expected["archive"] = write_archive.expected()
        # translated.py looks at what is in these feeds.
        expected["translated"] = {"feeds": {"alle": None, "termine": None}, "events": {}}
        self.roots = ["feeds", "en/feeds"] if name == "translated" else ["feeds"]
        self.feeds, self.events = expected[name]["feeds"], expected[name]["events"]

    def documents(self, suffix):
        """Yields (address without suffix, path, slugs): each feed, its changes and its archive; no other is there.
        archive.py looks at what is in an archive: slugs are None for it, and for changes."""
        wanted = {}
        for feed, slugs in ((f"{root}/{feed}", slugs) for root in self.roots for feed, slugs in self.feeds.items()):
            whole = slugs is not None and len(slugs) <= write_archive.PAGE
            wanted |= {feed: slugs if whole else None, f"{feed}/changes": None}
            archives = self.folder.glob(f"{feed}/archive/*")
            wanted |= {f"{feed}/archive/{path.stem}": None for path in archives}
        if suffix == ".atom":
            wanted = {address: slugs for address, slugs in wanted.items() if not address.endswith("/changes")}
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob(f"*{suffix}")}
        self.equal(suffix, "the list of documents", sorted(found), sorted(f"{address}{suffix}" for address in wanted))
        for address, slugs in wanted.items():
            if f"{address}{suffix}" in found:
                yield address, f"{address}{suffix}", slugs

    def rss(self, address):
        """The items of an RSS document as dictionaries; a change is in plain text only."""
        items = ElementTree.parse(self.folder / f"{address}.rss").iterfind("channel/item")
        return [
            {
                "id": item.findtext("guid"), "title": item.findtext("title"), "url": item.findtext("link"),
                "published": utc(parsedate_to_datetime(item.findtext("pubDate"))),
                "text": item.findtext("description"), "html": item.findtext(CONTENT),
                "tags": [tag.text for tag in item.iterfind("category")],
            }
            for item in items
        ]

    def same_items(self, where, address, items):
        """Items, as far as they were read, are those of the RSS document, in its order."""
        expected = self.rss(address)
        self.equal(where, "the list of ids", [one["id"] for one in items], [one["id"] for one in expected])
        for one, other in zip(items, expected):
            for key, value in one.items():
                self.equal(f"{where}: {other['url']}", key, value, other[key])

    def check_ids(self, where, ids):
        self.equal(where, "the list of ids that are no UUID", [one for one in ids if not is_uuid(one)], [])
        self.equal(where, "the number of different ids", len(set(ids)), len(ids))

    def check_slugs(self, where, urls, slugs):
        if slugs is not None:
            found = {str(slug_of(url)) for url in urls}
            # Dates that are still far away are no events of their own; rss_rules.py sees whether they have a page.
            found -= {slug for slug in found - set(slugs) if slug.rpartition("/")[0] in slugs}
            self.equal(where, "the list of events too many", sorted(found - set(slugs)), [])
            self.equal(where, "the list of missing events", sorted(set(slugs) - found), [])

    def check_title(self, where, title, url):
        """Markup in a title is a warning, unless the event's own title is that."""
        own = self.events.get(slug_of(url), {}).get("title", "")
        self.equal(where, "the markup in the title", [one for one in MARKUP.findall(title) if one not in own], [])
        self.equal(where, "white space around the title", title, title.strip())

    def check_past(self, where, instant):
        """Nothing was published in the future."""
        self.equal(where, f"{instant} is in the future", instant > NOW, False)

    def check_html(self, where, html):
        """Without script and positions, and with no relative link, which each reader resolves in its own way."""
        for element in lxml.html.fragments_fromstring(html or ""):
            for one in element.iter() if not isinstance(element, str) else []:
                if not isinstance(one.tag, str) or one.tag in FORBIDDEN:
                    self.problem(where, f"<{one.tag}> in HTML")
                    continue
                for key, value in one.attrib.items():
                    self.check_attribute(where, one.tag, key, value)
        self.compared += 1

    def check_attribute(self, where, tag, key, value):
        if key == "style" or key.startswith("on"):
            self.problem(where, f"<{tag} {key}> in HTML")
        elif key in ("href", "src", "action", "cite") and not ABSOLUTE.fullmatch(value):
            self.problem(where, f"<{tag} {key}={value!r}> is not absolute")


def with_changed_dates(series):
    """A series is one item, and so is each of its changed dates that has a page."""
    events = {slug: {key: one[key] for key in ("title", "place")} for slug, one in series.expected.items()}
    for slug in series.expected:
        for one in series.near(slug):
            if one["date"] in series.changed(slug):
                keys = ("title", "place", "start", "end")
                events[f"{slug}/{one['date']}"] = {key: one[key] for key in keys} | last_of(one)
    return events


def last_of(one):
    """The last of whole days; calendars give the day after it."""
    return {} if "T" in one["end"] else {"last": str(date.fromisoformat(one["end"]) - timedelta(days=1))}


def is_uuid(text):
    return bool(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(text)))


def page_of(address):
    """The page of a feed, also for its changes and its archive."""
    parts = 3 if address.startswith("en/") else 2
    return f"{BASE}/{'/'.join(address.split('/')[:parts])}"
