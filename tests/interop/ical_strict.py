"""ical, the reader of Home Assistant.

Only this judge refuses a whole calendar for one control character, one unknown value or one property too many. Tags are not
compared: it splits them at escaped commas too.
"""

from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError

from common import run, slug_of, utc


def read(event):
    return {
        "slug": slug_of(event.url),
        "title": event.summary,
        "start": utc(event.dtstart),
        "end": utc(event.dtend),
        "place": event.location,
        "status": event.status.value if event.status else None,
        "text": event.description or "",
    }


def judge(site):
    for path, octets, slugs in site.calendars():
        try:
            calendar = IcsCalendarStream.calendar_from_ics(octets.decode("utf-8"))
        except CalendarParseError as error:
            site.problem(path, f"refused: {error}")
            continue
        site.compare(path, slugs, [read(event) for event in calendar.events])


if __name__ == "__main__":
    run(judge)
