"""Python's csv on the tables, and the bytes that office software needs: a mark of the encoding, CRLF, one form of row.

Only this judge reads CSV. There is a row for every event, and one for every date of a series that has a page.
"""

import csv
import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import write_archive
from common import Documents, read_expected, run, slug_of
from entries import last_of
from series import Series

BOM = b"\xef\xbb\xbf"
HEADER = [
    "Titel", "Untertitel", "Beginn", "Ende", "Zeitzone", "Ganztägig", "Status", "Art", "Ort", "Raum", "Straße", "PLZ",
    "Stadt", "Veranstalter", "Themen", "Adresse", "Zuletzt geändert", "UID",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
CHANGED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")


class Tables(Documents):
    """An export, with what is expected of each row, by the address of its page."""

    def __init__(self, folder, name):
        super().__init__(folder, name)
        if name == "series":
            series = Series(folder, name)
            self.rows = {
                f"{slug}/{one['date']}": one | last_of(one) | {"zone": expected["zone"]}
                for slug, expected in series.expected.items() for one in series.near(slug)
            }
            self.feeds = {feed: list(self.rows) for feed in ("alle", "reihen")}
            return
        expected = read_expected()
        expected["archive"] = write_archive.expected()
        self.feeds, self.rows = expected[name]["feeds"], expected[name]["events"]


def wall_clock(expected, at):
    """Returns what a cell must say of the beginning (0) or the end (1)."""
    moment = [expected["start"], expected.get("last", expected["end"])][at]
    if not moment or "T" not in moment:
        return moment or ""
    if "zone" in expected:
        zone = ZoneInfo(expected["zone"])
    else:
        zone = datetime.fromisoformat(f"2018-01-01T00:00:00{expected['offsets'][at]}").tzinfo
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def check_row(site, where, row, expected):
    times = [row[key] for key in ("Beginn", "Ende") if row[key]]
    site.equal(where, "what is no time", [time for time in times if not MOMENT.fullmatch(time)], [])
    site.equal(where, "the form of the last change", bool(CHANGED.fullmatch(row["Zuletzt geändert"])), True)
    site.equal(where, "an empty cell", [key for key in ("Titel", "Beginn", "Adresse", "UID") if not row[key]], [])
    site.equal(where, "whole days", row["Ganztägig"], "ja" if len(row["Beginn"]) == 10 else "nein")
    # The status stands in a cell of its own.
    title = re.sub(r"^[A-ZÄÖÜ]{6,}: ", "", expected["title"])
    site.equal(where, "the title", row["Titel"], title)
    if expected.get("place"):
        cells = [row[key] for key in ("Ort", "Raum", "Straße", "PLZ", "Stadt")]
        site.equal(where, "what is not in the place", [cell for cell in cells if cell not in expected["place"]], [])
        site.equal(where, "a place", bool(cells[0]), True)
    if expected.get("status") in ("CANCELLED", "TENTATIVE"):
        site.equal(where, "a status of its own", row["Status"] not in ("", "wie angekündigt", "as announced"), True)
    for at, key in enumerate(("Beginn", "Ende")):
        if "start" in expected:
            site.equal(where, key, row[key], wall_clock(expected, at))


def judge(site):
    found = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.csv")}
    site.equal(".csv", "the list of documents", sorted(found), sorted(f"feeds/{feed}.csv" for feed in site.feeds))
    for feed, slugs in site.feeds.items():
        path = f"feeds/{feed}.csv"
        data = (site.folder / path).read_bytes()
        site.equal(path, "the beginning, a mark of the encoding", data[:3], BOM)
        site.equal(path, "the number of marks", data.count(BOM), 1)
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        ends = re.findall(rb"\r\n|\r|\n", re.sub(rb'"[^"]*"', b"", data))
        site.equal(path, "the list of line ends", sorted(set(ends)), [b"\r\n"])
        site.equal(path, "the header", header, HEADER)
        site.equal(path, "the list of rows of another length", [row for row in rows if len(row) != len(HEADER)], [])
        rows = [dict(zip(HEADER, row)) for row in rows if len(row) == len(HEADER)]
        # A cell that begins so is a formula to office software.
        formulas = [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        site.equal(path, "the list of formulas", formulas, [])
        read = [str(slug_of(row["Adresse"])) for row in rows]
        site.equal(path, "the number of rows that come twice", len(read) - len(set(read)), 0)
        site.equal(path, "the number of rows too many, and one of them", some(set(read) - set(slugs)), some(set()))
        site.equal(path, "the number of missing rows, and one of them", some(set(slugs) - set(read)), some(set()))
        starts = [start for slug in read if "T" in (start := site.rows.get(slug, {}).get("start", ""))]
        early = (later for one, later in zip(starts, starts[1:]) if one > later)
        site.equal(path, "the first row out of order", next(early, None), None)
        for row, slug in zip(rows, read):
            if slug in site.rows:
                check_row(site, f"{path}: {slug}", row, site.rows[slug])
        site.equal(path, "the number of different UIDs", len({row["UID"] for row in rows}), len(rows))


def some(names):
    return len(names), min(names, default=None)


if __name__ == "__main__":
    run(judge, Tables)
