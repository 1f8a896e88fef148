"""dateutil, which reads recurrence rules in most Python programs, on thousands of random ones (see write_rules.py).

Only this judge meets rules that nobody would think of. Every date is compared as `aushang show` writes it: on the wall
clock, with its offset and its instants. The program's expander descends from dateutil and shares its mistakes, so where
dateutil differs from RFC 5545, the standard is written out below.
"""

import itertools
import json
import re
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr, rruleset

from common import Documents, run

NOW = "2030-06-01T00:00:00Z"
# A series without end is shown up to this day: the default of `series_ahead_days`.
HORIZON = date.fromisoformat(NOW[:10]) + timedelta(days=550)
# Zone data goes no further.
LAST = datetime(2099, 12, 31, 23, 59, 59)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

IN_DOUBT = "programs read this in different ways; write the dates in `also`"

# Why a rule has to be refused, and with which sentence; any will do where the parts contradict one another (§3.3.10).
REFUSED = {
    "BYWEEKNO outside of YEARLY": None,
    "BYYEARDAY outside of YEARLY": None,
    "BYMONTHDAY in WEEKLY": None,
    "an ordinal in DAILY or WEEKLY": None,
    "an ordinal beside BYWEEKNO": None,
    "BYSETPOS alone": None,
    # Allowed by the standard, but read in different ways by the expanders at hand, the program's among them.
    "the fifth last": "the fifth last day of a month, the 53rd last of a year: " + IN_DOUBT,
    "the turn of the year": "BYWEEKNO at the turn of the year: " + IN_DOUBT,
    "mixed days": "BYDAY with and without a number: " + IN_DOUBT,
    "no date at all": "this series has no date",
    "more than 10,000 dates": "a series has at most 10,000 dates",
}


def doubt(parts):
    """Why a rule that the standard allows is refused all the same, if it is."""
    ordinals = [int(day[:-2]) for day in parts.get("BYDAY", "").split(",") if len(day) > 2]
    is_of_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    if any(ordinal < (-4 if is_of_month else -52) for ordinal in ordinals):
        return "the fifth last"
    if any(abs(int(week)) >= 52 for week in parts.get("BYWEEKNO", "1").split(",")):
        return "the turn of the year"
    return "mixed days" if 0 < len(ordinals) < len(parts["BYDAY"].split(",")) else None


def week_numbers(day):
    """The number of its week from the beginning and from the end of the year."""
    year, week, _ = day.isocalendar()
    return {week, week - date(year, 12, 28).isocalendar().week - 1}


def wall_clock(parts, start, last=LAST):
    """The dates from `start` to `last` of a rule without its end (§3.3.10)."""
    parts = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    # What the rule does not say, the start does; dateutil takes all days of the week instead.
    if "BYWEEKNO" in parts and not {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & parts.keys():
        parts["BYDAY"] = WEEKDAYS[start.weekday()]
    # Weeks 52 and 53 at the turn of the year are mistaken by dateutil, but not by Python's calendar.
    if "BYWEEKNO" in parts and not {"WKST", "BYSETPOS"} & parts.keys():
        weeks = set(map(int, parts.pop("BYWEEKNO").split(",")))
        return (one for one in wall_clock(parts, start, last) if weeks & week_numbers(one))
    begin = start
    # Positions count from the beginning of the week; dateutil counts from the start in the first one.
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        begin -= timedelta(days=(start.weekday() - WEEKDAYS.index(parts.get("WKST", "MO"))) % 7)
    # The list of days is a union; dateutil takes the days with an ordinal only where they are among those without.
    days = parts.pop("BYDAY", "").split(",")
    with_ordinal = [day for day in days if len(day) > 2]
    without = [day for day in days if len(day) == 2]
    dates = rruleset()
    for some in [with_ordinal, without] if with_ordinal and without else [days]:
        own = parts | ({"BYDAY": ",".join(some)} if some != [""] else {})
        own["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
        dates.rrule(rrulestr(";".join(f"{name}={value}" for name, value in own.items()), dtstart=begin))
    return (one for one in dates if one >= start)


def is_skipped(local, zone):
    moved = local.replace(tzinfo=zone).astimezone(timezone.utc).astimezone(zone)
    return moved.replace(tzinfo=None) != local


def until(rule):
    """The last wall-clock time: a date counts to its end, an instant is put on the clock."""
    text = rule["parts"]["UNTIL"]
    if "T" not in text:
        return datetime.combine(datetime.strptime(text, "%Y%m%d"), time.max)
    local = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
    if not text.endswith("Z"):
        return local
    return local.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(rule["zone"])).replace(tzinfo=None)


def expand(rule):
    """The starts on the wall clock; one that is skipped is left out and not counted."""
    zone = ZoneInfo(rule["zone"])
    dates = wall_clock(rule["parts"], datetime.fromisoformat(rule["start"]))
    dates = (one for one in dates if rule["is_whole_day"] or not is_skipped(one, zone))
    if "COUNT" in rule["parts"]:
        return itertools.islice(dates, int(rule["parts"]["COUNT"]))
    if "UNTIL" in rule["parts"]:
        return itertools.takewhile(lambda one: one <= until(rule), dates)
    return itertools.takewhile(lambda one: one.date() <= HORIZON, dates)


def shown(local, rule):
    """A date as `aushang show` writes it."""
    to = local + timedelta(seconds=rule["length"])
    if rule["is_whole_day"]:
        return f"{local:%a %Y-%m-%d} (whole days)/{to:%Y-%m-%d}"
    zone = ZoneInfo(rule["zone"])
    offset = f"{local.replace(tzinfo=zone):%z}"
    start = local.replace(tzinfo=zone).astimezone(timezone.utc)
    # An end in a repeated hour is the first that lies after the start.
    ends = (to.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc) for fold in (0, 1))
    end = next(end for end in ends if end > start)
    wall = f"{local:%a %Y-%m-%d %H:%M} {offset[:3]}:{offset[3:]} {rule['zone']}"
    return f"{wall} = {start:%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}"


def blocks(text):
    """The dates of each event by its slug, and whether they go on."""
    found = {}
    for block in re.split(r"\n(?=\S)", text):
        slug, *lines = block.splitlines() or [""]
        dates = [line.removeprefix("  date   ") for line in lines if line.startswith("  date   ")]
        found[slug] = dates, any(line.endswith("without end") for line in lines)
    return found


def compare(documents, where, rule, read):
    dates, goes_on = read
    expected = [shown(local, rule) for local in expand(rule)]
    for number, (ours, theirs) in enumerate(itertools.zip_longest(dates, expected), 1):
        if ours != theirs:
            documents.problem(where, f"date {number} is {ours}, expected {theirs}")
            break
    documents.equal(where, "going on", goes_on, not {"COUNT", "UNTIL"} & rule["parts"].keys())
    return len(expected)


def judge(documents):
    """FOLDER holds rules.json and what `aushang show` said of the rules on both streams."""
    rules = json.loads((documents.folder / "rules.json").read_text("utf-8"))
    read = blocks((documents.folder / "shown").read_text("utf-8"))
    errors = (documents.folder / "errors").read_text("utf-8")
    errors = {slug: error for error, slug in re.findall(r"^error: (.+)\n *--> .*/(.+)\.md:", errors, re.MULTILINE)}
    refused, dates = Counter(), []
    for slug, rule in rules.items():
        where = f"{slug} ({', '.join(rule['repeat'])}) from {rule['start']} {rule['zone']}"
        reason = rule["refused"]
        if reason and slug in errors:
            documents.equal(where, "the error", errors[slug], REFUSED[reason] or errors[slug])
            refused[reason] += 1
        elif reason:
            documents.problem(where, f"is not refused: {reason}")
        elif slug in errors:
            documents.problem(where, f"is refused: {errors[slug]}")
        elif slug not in read:
            documents.problem(where, "is not shown")
        else:
            dates.append(compare(documents, where, rule, read[slug]))
    if dates:
        documents.notes.append(f"{len(dates)} rules, {sum(dates)} dates compared")
    if refused:
        reasons = ", ".join(f"{count} {reason}" for reason, count in refused.items())
        documents.notes.append(f"{refused.total()} rules refused: {reasons}")


if __name__ == "__main__":
    run(judge, Documents)
