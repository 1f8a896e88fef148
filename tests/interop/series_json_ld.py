"""extruct on series: every page of a series and of one of its dates, and the .jsonld documents.

Only this judge sees that each date is an Event of its own which belongs to an EventSeries, and that the Schedule of the
series says what the rule says. It also looks at what the file of a date must not have, since it is no series.
"""

import json
from datetime import date, datetime, timedelta

import icalendar

from common import BASE, run, utc
from json_ld import extract
from series import Series

STATUSES = {"ABGESAGT: ": "EventCancelled", "VERSCHOBEN: ": "EventRescheduled", "": "EventScheduled"}


def moment(written):
    """An instant in UTC, a date as it is."""
    return utc(datetime.fromisoformat(written)) if "T" in written else written


def check_date(series, slug, one):
    page = f"events/{slug}/{one['date']}"
    event = extract(series, f"{page}/index.html")
    document = json.loads((series.folder / f"{page}.jsonld").read_bytes())
    series.equal(page, "the document", document, event)
    is_timed = "T" in one["end"]
    last = one["end"] if is_timed else str(date.fromisoformat(one["end"]) - timedelta(days=1))
    prefix = next(prefix for prefix in STATUSES if one["title"].startswith(prefix))
    location = event.get("location", {})
    parts = [location.get("name"), location.get("address", {}).get("streetAddress")]
    whole = {"@type": "EventSeries", "@id": f"{BASE}/events/{slug}#event", "url": f"{BASE}/events/{slug}"}
    for key, read, expected in [
        ("@type", event.get("@type"), "Event"),
        ("@id", event.get("@id"), f"{BASE}/{page}#event"),
        ("url", event.get("url"), f"{BASE}/{page}"),
        ("identifier", event.get("identifier"), f"{series.uids[slug]}/{one['date']}"),
        ("startDate", moment(event.get("startDate", "")), one["start"]),
        ("endDate", moment(event.get("endDate", "")), last),
        ("name", event.get("name"), one["title"].removeprefix(prefix)),
        ("eventStatus", event.get("eventStatus"), f"https://schema.org/{STATUSES[prefix]}"),
        ("superEvent", event.get("superEvent"), whole),
        ("eventSchedule", event.get("eventSchedule"), None),
        ("what is missing of the place", [part for part in parts if str(part) not in one["place"]], []),
    ]:
        series.equal(page, key, read, expected)
    (entry,) = icalendar.Calendar.from_ical((series.folder / f"{page}.ics").read_bytes()).walk("VEVENT")
    series.equal(page, "UID", str(entry["UID"]), f"{series.uids[slug]}/{one['date']}")
    series.equal(page, "what makes it a series", sorted({"RRULE", "EXDATE", "RDATE", "RECURRENCE-ID"} & set(entry)), [])


def check_series(series, slug, expected):
    page = f"events/{slug}"
    event = extract(series, f"{page}/index.html")
    document = json.loads((series.folder / f"{page}.jsonld").read_bytes())
    # A rule that a Schedule has no words for has none.
    usual = {"@type": "Schedule", "scheduleTimezone": expected["zone"]}
    schedule = usual | expected["schedule"] if expected["schedule"] else None
    parts = [{"@id": f"{BASE}/{page}/{one['date']}#event"} for one in series.near(slug)]
    series.equal(page, "the document", document, event)
    series.equal(page, "@type", event.get("@type"), "EventSeries")
    series.equal(page, "identifier", event.get("identifier"), series.uids[slug])
    series.equal(page, "startDate", moment(event.get("startDate", "")), series.dates[slug][0]["start"])
    series.equal(page, "eventSchedule", event.get("eventSchedule"), schedule)
    series.equal(page, "subEvent", event.get("subEvent", []), sorted(parts, key=lambda part: part["@id"]))


def judge(series):
    for slug, expected in series.expected.items():
        check_series(series, slug, expected)
        for one in series.near(slug):
            check_date(series, slug, one)
    series.note()


if __name__ == "__main__":
    run(judge, Series)
