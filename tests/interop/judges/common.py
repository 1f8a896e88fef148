"""What all judges share: what is expected, how it is compared, and how the result is reported.

A judge is a program `JUDGE.py FOLDER SITE`: FOLDER is an export, SITE the name of what was exported. It exits with 0
when all agrees and with MISMATCH when not, one line for each disagreement; every other code means that the judge
itself broke. Only the standard library is used here, because libical is read by the system's Python.
"""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
SITES = HERE.parent / "sites"
NODE_MODULES = HERE.parents[2] / "target/interop/node/node_modules"
BASE = "https://example.org"
NOW = "2018-11-01T12:00:00Z"
MISMATCH = 10

# The entry without which GNOME keeps the former entries of a feed that has become empty.
NOTICE = {
    "title": "Zurzeit sind keine Veranstaltungen angekündigt",
    "start": "2018-05-02", "end": "2018-05-03", "place": None, "status": None,
}


class Documents:
    """Documents that a judge reads, with the problems that it found."""

    def __init__(self, folder, name):
        self.folder, self.name = Path(folder), name
        self.problems, self.compared, self.notes = [], 0, []

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")

    def equal(self, where, what, read, expected):
        self.compared += 1
        if read != expected:
            self.problem(where, f"{what} is {read!r}, expected {expected!r}")


class Site(Documents):
    """The export of a site of single events, and what it must say."""

    is_series = False
    span = "2018-01-01", "2020-01-01"

    def __init__(self, folder, name):
        super().__init__(folder, name)
        expected = read_expected()[name]
        self.feeds, self.events = expected["feeds"], expected["events"]

    def documents(self, suffix):
        """Yields (path, data, slugs) of feeds and single events; none may be missing or too many."""
        wanted = {f"feeds/{feed}{suffix}": slugs for feed, slugs in self.feeds.items()}
        wanted |= {f"events/{slug}{suffix}": [slug] for slug in self.events}
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob(f"*{suffix}")}
        found -= {"catalog.jsonld"}
        self.equal(suffix, "the list of documents", sorted(found), sorted(wanted))
        for path in sorted(found & set(wanted)):
            yield path, (self.folder / path).read_bytes(), wanted[path]

    def calendars(self):
        """Yields the iCalendar documents; an empty feed holds its notice (slug None)."""
        for path, data, slugs in self.documents(".ics"):
            yield path, data, slugs or [None]

    def pages(self):
        """The folders that hold a page."""
        feeds = [f"feeds/{feed}{page}" for feed in self.feeds for page in ("", "/changes")]
        return {".", *feeds, *(f"events/{slug}" for slug in self.events)}

    def slug_of(self, url):
        return slug_of(url)

    def compare(self, path, slugs, readings):
        """Compares what a judge read, one dictionary an event, with what is expected of `slugs`."""
        self.equal(path, "the list of events", sorted(str(one["slug"]) for one in readings), sorted(map(str, slugs)))
        for reading in readings:
            expected = self.events.get(reading["slug"], NOTICE)
            for key, value in reading.items():
                self._compare_value(f"{path}: {reading['slug']}", key, value, expected)

    def _compare_value(self, where, key, value, expected):
        if key == "text":
            for part in expected.get("contains", []):
                self.compared += 1
                if part not in value:
                    self.problem(where, f"the text lacks {part!r}")
        elif key == "tags":
            missing = [tag for tag in expected.get("tags", []) if tag not in value]
            self.equal(where, "what is missing of the tags", missing, [])
        elif key != "slug":
            self.equal(where, key, value, expected.get(key))


def read_expected():
    """Returns by site what an export of single events must say; series.json is for series."""
    return json.loads((SITES / "expected.json").read_text("utf-8"))


def run_node(script, *arguments):
    """Runs a script beside this file in UTC and returns the JSON that it prints."""
    environment = os.environ | {"NODE_PATH": str(NODE_MODULES), "TZ": "UTC"}
    command = ["node", HERE / script, *arguments]
    return json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout)


def slug_of(url):
    """The slug in the address of an event's page; None where there is no address."""
    return str(url).removeprefix(f"{BASE}/events/") if url else None


def utc(value):
    """An instant as "2018-12-10T09:15:00Z", a date as "2018-12-10", None as it is."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return f"{value.isoformat()} (floating)"
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def run(judge, kind):
    """Runs `judge` on the export that the command line names, and exits as the text of this module says."""
    _, folder, name = sys.argv
    documents = kind(folder, name)
    judge(documents)
    for line in [*documents.problems, *documents.notes, f"{documents.compared} comparisons"]:
        print(f"  {line}")
    if not documents.compared:
        raise SystemExit("nothing was compared")
    sys.exit(MISMATCH if documents.problems else 0)
