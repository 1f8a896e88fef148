"""libical on series, the reader of GNOME, by Debian's GObject bindings and the system's Python.

It expands by itself, believes the file's VTIMEZONE, and compares an UNTIL in UTC with local dates. What is excluded or
changed is looked up here.
"""

from datetime import datetime

from common import run
from libical import ICalGLib, Kind, Property, components, errors, instant, properties, text, written, zone_of, zones
from series import SPAN, Series, slug_of


def facts(event):
    return {
        "slug": slug_of(event.get_first_property(Property.URL_PROPERTY).get_url()),
        "title": text(event, Property.SUMMARY_PROPERTY),
        "place": text(event, Property.LOCATION_PROPERTY),
        "status": event.get_first_property(Property.STATUS_PROPERTY).get_value_as_string(),
    }


def later(moment, length):
    """A written date or instant, moved."""
    return (datetime.fromisoformat(moment) + length).strftime("%Y-%m-%dT%H:%M:%SZ" if "T" in moment else "%Y-%m-%d")


def starts(event, known):
    """The starts by the rule, of an event without one its own."""
    found = event.get_first_property(Property.DTSTART_PROPERTY)
    rule = event.get_first_property(Property.RRULE_PROPERTY)
    start, zone = found.get_dtstart(), zone_of(found, found.get_dtstart(), known)
    if rule is None:
        yield written(start, zone)
        return
    if zone:
        start.set_timezone(zone)
    iterator = ICalGLib.RecurIterator.new(rule.get_rrule(), start)
    while not (time := iterator.next()).is_null_time() and written(time, zone) < SPAN[1]:
        yield written(time, zone)


def expand(calendar):
    known = zones(calendar)
    events = list(components(calendar, Kind.VEVENT_COMPONENT))
    changed = {}
    for event in events:
        found = event.get_first_property(Property.RECURRENCEID_PROPERTY)
        if found:
            time = found.get_recurrenceid()
            changed[event.get_uid(), written(time, zone_of(found, time, known))] = event
    for event in events:
        if event in changed.values():
            yield facts(event) | {
                "start": instant(event, Property.DTSTART_PROPERTY, known),
                "end": instant(event, Property.DTEND_PROPERTY, known),
            }
            continue
        excluded = {
            written(found.get_exdate(), zone_of(found, found.get_exdate(), known))
            for found in properties(event, Property.EXDATE_PROPERTY)
        }
        first, end = (instant(event, kind, known) for kind in (Property.DTSTART_PROPERTY, Property.DTEND_PROPERTY))
        length = datetime.fromisoformat(end) - datetime.fromisoformat(first)
        for start in starts(event, known):
            if start not in excluded and (event.get_uid(), start) not in changed:
                yield facts(event) | {"start": start, "end": later(start, length)}


def judge(series):
    for path, octets, _ in series.calendars():
        calendar = ICalGLib.Component.new_from_string(octets.decode("utf-8"))
        ICalGLib.restriction_check(calendar)
        for error in errors(calendar):
            series.problem(path, error)
        series.compare(path, list(expand(calendar)))
    series.note()


if __name__ == "__main__":
    run(judge, Series)
