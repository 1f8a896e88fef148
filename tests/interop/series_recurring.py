"""icalendar and recurring-ical-events on series: the way of most Python services.

They expand with dateutil and keep to their own zones: a wrong VTIMEZONE is invisible to them.
"""

from datetime import date

import icalendar
import recurring_ical_events

from common import run, utc
from series import SPAN, Series, slug_of


def read(event):
    return {
        "slug": slug_of(event["URL"]),
        "start": utc(event["DTSTART"].dt),
        "end": utc(event["DTEND"].dt),
        "title": str(event["SUMMARY"]),
        "place": str(event["LOCATION"]),
        "status": str(event["STATUS"]),
    }


def judge(series):
    for path, octets, _ in series.calendars():
        calendar = icalendar.Calendar.from_ical(octets)
        for component in calendar.walk():
            for name, error in component.errors:
                series.problem(path, f"{component.name} {name}: {error}")
        found = recurring_ical_events.of(calendar).between(*map(date.fromisoformat, SPAN))
        series.compare(path, [read(event) for event in found])
    series.note()


if __name__ == "__main__":
    run(judge, Series)
