"""ical on series, the reader of Home Assistant: it refuses an UNTIL of another type than the start's."""

from datetime import datetime, timezone

from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError

from common import run, utc
from series import SPAN, Series, slug_of


def read(event):
    return {
        "slug": slug_of(event.url),
        "start": utc(event.dtstart),
        "end": utc(event.dtend),
        "title": event.summary,
        "place": event.location,
        "status": event.status.value,
    }


def judge(series):
    span = [datetime.fromisoformat(day).replace(tzinfo=timezone.utc) for day in SPAN]
    for path, octets, _ in series.calendars():
        try:
            calendar = IcsCalendarStream.calendar_from_ics(octets.decode("utf-8"))
        except CalendarParseError as error:
            series.problem(path, f"refused: {error}")
            continue
        series.compare(path, [read(event) for event in calendar.timeline_tz(timezone.utc).overlapping(*span)])
    series.note()


if __name__ == "__main__":
    run(judge, Series)
