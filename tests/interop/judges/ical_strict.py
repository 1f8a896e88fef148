"""ical, the reader of Home Assistant.

Only this judge refuses a whole calendar for one control character, one unknown value, one property too many or an UNTIL
of another type than the start's. Tags are not compared: it splits them at escaped commas too.
"""

from datetime import datetime, timezone

from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError

from common import run, utc
from series import site_of


def read(site, event):
    return {
        "slug": site.slug_of(event.url),
        "title": event.summary,
        "start": utc(event.dtstart),
        "end": utc(event.dtend),
        "place": event.location,
        "status": event.status.value if event.status else None,
        "text": event.description or "",
    }


def judge(site):
    span = [datetime.fromisoformat(day).replace(tzinfo=timezone.utc) for day in site.span]
    for path, data, slugs in site.calendars():
        try:
            calendar = IcsCalendarStream.calendar_from_ics(data.decode("utf-8"))
        except CalendarParseError as error:
            site.problem(path, f"refused: {error}")
            continue
        events = calendar.timeline_tz(timezone.utc).overlapping(*span) if site.is_series else calendar.events
        site.compare(path, slugs, [read(site, event) for event in events])


if __name__ == "__main__":
    run(judge, site_of)
