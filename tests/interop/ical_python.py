"""icalendar and recurring-ical-events: many Python services read calendars so.

Only this judge keeps an error for every single property, and expands to occurrences as a calendar view does. It takes
zones from its own data, so a wrong VTIMEZONE is invisible to it.
"""

from datetime import datetime, timezone

import icalendar
import recurring_ical_events

from common import run, slug_of, utc

SPAN = datetime(2018, 1, 1, tzinfo=timezone.utc), datetime(2020, 1, 1, tzinfo=timezone.utc)


def tags(event):
    """The categories of all CATEGORIES properties; icalendar gives one alone without a list."""
    properties = event.get("CATEGORIES", [])
    properties = properties if isinstance(properties, list) else [properties]
    return [str(tag) for categories in properties for tag in categories.cats]


def read(event):
    geo = event.get("GEO")
    texts = {"title": "SUMMARY", "place": "LOCATION", "status": "STATUS", "contact": "CONTACT"}
    reading = {key: str(event[name]) if name in event else None for key, name in texts.items()}
    return reading | {
        "slug": slug_of(event.get("URL")),
        "start": utc(event["DTSTART"].dt),
        "end": utc(event["DTEND"].dt) if "DTEND" in event else None,
        "text": str(event.get("DESCRIPTION", "")),
        "tags": tags(event),
        "geo": [geo.latitude, geo.longitude] if geo else None,
    }


def judge(site):
    for path, octets, slugs in site.calendars():
        try:
            calendar = icalendar.Calendar.from_ical(octets)
        except ValueError as error:
            site.problem(path, f"unreadable: {error}")
            continue
        for component in calendar.walk():
            for name, error in component.errors:
                site.problem(path, f"{component.name} {name}: {error}")
        site.compare(path, slugs, [read(event) for event in calendar.walk("VEVENT")])
        occurrences = recurring_ical_events.of(calendar).between(*SPAN)
        starts = [[slug_of(one.get("URL")), utc(one["DTSTART"].dt)] for one in occurrences]
        expected = [[slug, site.events[slug]["start"] if slug else "2018-05-02"] for slug in slugs]
        site.equal(path, "the list of occurrences", sorted(starts, key=str), sorted(expected, key=str))


if __name__ == "__main__":
    run(judge)
