"""icalendar and recurring-ical-events: many Python services read calendars so.

Only this judge keeps an error for every single property, and expands to occurrences as a calendar view does, with
dateutil. It takes zones from its own data, so a wrong VTIMEZONE is invisible to it.
"""

from datetime import date

import icalendar
import recurring_ical_events

from common import run, utc
from series import site_of


def tags(event):
    """The categories of all CATEGORIES properties; icalendar gives one alone without a list."""
    properties = event.get("CATEGORIES", [])
    properties = properties if isinstance(properties, list) else [properties]
    return [str(tag) for categories in properties for tag in categories.cats]


def read(site, event):
    geo = event.get("GEO")
    texts = {"title": "SUMMARY", "place": "LOCATION", "status": "STATUS", "contact": "CONTACT"}
    reading = {key: str(event[name]) if name in event else None for key, name in texts.items()}
    return reading | {
        "slug": site.slug_of(event.get("URL")),
        "start": utc(event["DTSTART"].dt),
        "end": utc(event["DTEND"].dt) if "DTEND" in event else None,
        "text": str(event.get("DESCRIPTION", "")),
        "tags": tags(event),
        "geo": [geo.latitude, geo.longitude] if geo else None,
    }


def judge(site):
    for path, data, slugs in site.calendars():
        try:
            calendar = icalendar.Calendar.from_ical(data)
        except ValueError as error:
            site.problem(path, f"unreadable: {error}")
            continue
        for component in calendar.walk():
            for name, error in component.errors:
                site.problem(path, f"{component.name} {name}: {error}")
        occurrences = recurring_ical_events.of(calendar).between(*map(date.fromisoformat, site.span))
        if site.is_series:
            site.compare(path, slugs, [read(site, one) for one in occurrences])
            continue
        site.compare(path, slugs, [read(site, event) for event in calendar.walk("VEVENT")])
        starts = [[site.slug_of(one.get("URL")), utc(one["DTSTART"].dt)] for one in occurrences]
        expected = [[slug, site.events[slug]["start"] if slug else "2018-05-02"] for slug in slugs]
        site.equal(path, "the list of occurrences", sorted(starts, key=str), sorted(expected, key=str))


if __name__ == "__main__":
    run(judge, site_of)
