"""The site of series: over ten years, and what every reader must make of it.

An export of `sites/series` also holds, in `shown`, what `aushang show` says of it: the dates of each series by our own
expansion. Titles, places and statuses are written in `sites/series.json`, for a changed date by its start.
"""

import json
import re
from collections import Counter
from datetime import date, timedelta

from common import BASE, SITES, Documents, Site

SPAN = "2018-01-01", "2029-01-01"
# Fewer dates have pages than usual: from 30 days before common.NOW until 60 days after it.
WINDOW = "2018-10-02", "2018-12-31"
DATE = re.compile(
    r"  date   \w{3} (?P<day>\S+) (?:\(whole days\)/(?P<last>\S+)|.* = (?P<start>\S+)/(?P<end>\S+))(?P<off> \(does not take place\))?"
)
KEYS = ("start", "end", "title", "place", "status")
SHOWN_AT_MOST = 5


class Series(Documents):
    """The export of `sites/series`, and what it must say."""

    is_series = True
    span = SPAN

    def __init__(self, folder, name):
        super().__init__(folder, name)
        self.expected = json.loads((SITES / "series.json").read_text("utf-8"))
        blocks = re.split(r"\n(?=\S)", (self.folder / "shown").read_text("utf-8"))
        blocks = {block.partition("\n")[0]: block for block in blocks}
        self.equal("shown", "the list of series", sorted(blocks), sorted(self.expected))
        self.uids = {slug: re.search(r"^  uid    (\S+)", block, re.MULTILINE)[1] for slug, block in blocks.items()}
        self.dates = {slug: list(self._dates(slug, block.splitlines())) for slug, block in blocks.items()}
        self._published = {}

    def _dates(self, slug, lines):
        """Each date that is shown, with what is expected of it; `date` is the one for which it was planned."""
        usual = {"status": "CONFIRMED"} | {key: self.expected[slug][key] for key in ("title", "place")}
        changes = dict(self.expected[slug].get("changes", {}))
        for shown in filter(None, map(DATE.fullmatch, lines)):
            start, end = shown["start"] or shown["day"], shown["end"]
            if shown["last"]:
                end = str(date.fromisoformat(shown["last"]) + timedelta(days=1))
            one = {"date": shown["day"], "start": start, "end": end} | usual | changes.pop(start, {})
            self.equal(f"shown: {slug} {start}", "being off", shown["off"] is not None, one["status"] == "CANCELLED")
            if SPAN[0] <= start < SPAN[1]:
                yield one
        self.equal(f"shown: {slug}", "the list of changes without a date", list(changes), [])

    def near(self, slug):
        """The dates that have pages."""
        return [one for one in self.dates[slug] if WINDOW[0] <= one["date"] <= WINDOW[1]]

    def calendars(self):
        """Yields (path, data, slugs) of the feeds, of each series and of each date; a slug for each VEVENT."""
        for path, dates, slugs in self._calendars():
            self._published[path] = [(slug, *(one[key] for key in KEYS)) for slug, one in dates]
            yield path, (self.folder / path).read_bytes(), slugs
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.ics")}
        self.equal(".ics", "the list of documents", sorted(found), sorted(self._published))

    def _calendars(self):
        of_feed, slugs_of_feed = [], []
        for slug, expected in self.expected.items():
            # A series without end that is published in single entries has those whose date is near.
            dates = self.near(slug) if expected["form"] == "near entries" else self.dates[slug]
            by_rule = 1 + len(expected.get("changes", {})) + len(set(expected.get("also", [])) - self.changed(slug))
            slugs = [slug] * (by_rule if expected["form"] == "rule" else len(dates))
            dates = [(slug, one) for one in dates]
            of_feed += dates
            slugs_of_feed += slugs
            yield f"events/{slug}.ics", dates, slugs
            for one in self.near(slug):
                yield f"events/{slug}/{one['date']}.ics", [(slug, one)], [slug]
        yield "feeds/alle.ics", of_feed, slugs_of_feed
        yield "feeds/reihen.ics", of_feed, slugs_of_feed

    def changed(self, slug):
        """The dates that are changed."""
        return {one["date"] for one in self.dates[slug] if one["start"] in self.expected[slug].get("changes", {})}

    def compare(self, path, _, readings):
        """Compares the occurrences that a judge read, one dictionary each, with those that are expected."""
        read = Counter(
            (one["slug"], *(one[key] for key in KEYS)) for one in readings if SPAN[0] <= one["start"] < SPAN[1]
        )
        expected = Counter(self._published[path])
        self.compared += expected.total()
        for what, some in ("not expected", read - expected), ("missing", expected - read):
            for one in sorted(some, key=str)[:SHOWN_AT_MOST]:
                self.problem(path, f"{what}, as one of {some.total()}: {one}")

    def pages(self):
        """The folders that hold a page: no date lacks one, and none has one too many."""
        dates = {f"events/{slug}/{one['date']}" for slug in self.expected for one in self.near(slug)}
        feeds = [f"feeds/{feed}{page}" for feed in ("alle", "reihen") for page in ("", "/changes")]
        return {".", *feeds, *(f"events/{slug}" for slug in self.expected), *dates}

    def slug_of(self, url):
        """The slug of the series in the address of its page or of the page of one of its dates."""
        return str(url).removeprefix(f"{BASE}/events/").partition("/")[0]


def site_of(folder, name):
    """An export with what it must say, of series or of single events."""
    return Series(folder, name) if name == "series" else Site(folder, name)
