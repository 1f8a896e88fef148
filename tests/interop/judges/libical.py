"""libical, the reader of GNOME, by Debian's GObject bindings and the system's Python.

This judge believes the file's VTIMEZONE too, and only it checks how often a property stands by the table of RFC 5546
and notes what it could not read as X-LIC-ERROR. Where a calendar has no METHOD, it does not miss UID or DTSTAMP. It
expands a rule by itself and compares an UNTIL in UTC with local dates; what is excluded or changed is looked up here.
"""

from datetime import datetime, timezone

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

from common import run  # noqa: E402
from series import site_of  # noqa: E402

Kind, Property = ICalGLib.ComponentKind, ICalGLib.PropertyKind


def components(parent, kind):
    component = parent.get_first_component(kind)
    while component:
        yield component
        component = parent.get_next_component(kind)


def properties(component, kind):
    found = component.get_first_property(kind)
    while found:
        yield found
        found = component.get_next_property(kind)


def zones(calendar):
    """The zones that the file itself defines."""
    found = {}
    for component in components(calendar, Kind.VTIMEZONE_COMPONENT):
        zone = ICalGLib.Timezone.new()
        zone.set_component(component.clone())
        found[zone.get_tzid()] = zone
    return found


def zone_of(found, time, zones):
    """The zone in which a property gives `time`."""
    parameter = found.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    if parameter is None:
        return ICalGLib.Timezone.get_utc_timezone() if time.is_utc() else None
    return zones.get(parameter.get_tzid())


def written(time, zone):
    """A date as "2018-12-10", a time in `zone` as an instant."""
    if time.is_date():
        return f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    if zone is None:
        return f"{time.as_ical_string()} (no zone)"
    seconds = time.as_timet_with_zone(zone)
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(event, kind, zones):
    found = event.get_first_property(kind)
    if found is None:
        return None
    time = found.get_dtstart() if kind == Property.DTSTART_PROPERTY else found.get_dtend()
    return written(time, zone_of(found, time, zones))


def text(event, kind):
    found = event.get_first_property(kind)
    return found.get_value().get_text() if found else None


def read(site, event):
    """Returns what all dates of an event have in common."""
    url = event.get_first_property(Property.URL_PROPERTY)
    status = event.get_first_property(Property.STATUS_PROPERTY)
    return {
        "slug": site.slug_of(url.get_url()) if url else None,
        "title": text(event, Property.SUMMARY_PROPERTY),
        "place": text(event, Property.LOCATION_PROPERTY),
        "status": status.get_value_as_string() if status else None,
        "text": text(event, Property.DESCRIPTION_PROPERTY) or "",
    }


def later(moment, length):
    """A written date or instant, moved."""
    return (datetime.fromisoformat(moment) + length).strftime("%Y-%m-%dT%H:%M:%SZ" if "T" in moment else "%Y-%m-%d")


def starts(event, known, last):
    """The starts by the event's rule, before the day `last`."""
    found = event.get_first_property(Property.DTSTART_PROPERTY)
    rule = event.get_first_property(Property.RRULE_PROPERTY)
    start, zone = found.get_dtstart(), zone_of(found, found.get_dtstart(), known)
    if zone:
        start.set_timezone(zone)
    iterator = ICalGLib.RecurIterator.new(rule.get_rrule(), start)
    while not (time := iterator.next()).is_null_time() and written(time, zone) < last:
        yield written(time, zone)


def expand(site, calendar):
    """Yields each date of each event."""
    known = zones(calendar)
    events = list(components(calendar, Kind.VEVENT_COMPONENT))
    changed = set()
    for event in events:
        found = event.get_first_property(Property.RECURRENCEID_PROPERTY)
        if found:
            time = found.get_recurrenceid()
            changed.add((event.get_uid(), written(time, zone_of(found, time, known))))
    for event in events:
        first, end = (instant(event, kind, known) for kind in (Property.DTSTART_PROPERTY, Property.DTEND_PROPERTY))
        if event.get_first_property(Property.RRULE_PROPERTY) is None:
            yield read(site, event) | {"start": first, "end": end}
            continue
        excluded = {
            written(found.get_exdate(), zone_of(found, found.get_exdate(), known))
            for found in properties(event, Property.EXDATE_PROPERTY)
        }
        length = datetime.fromisoformat(end) - datetime.fromisoformat(first)
        for start in starts(event, known, site.span[1]):
            if start not in excluded and (event.get_uid(), start) not in changed:
                yield read(site, event) | {"start": start, "end": later(start, length)}


def errors(component):
    yield from (found.get_xlicerror() for found in properties(component, Property.XLICERROR_PROPERTY))
    for inner in components(component, Kind.ANY_COMPONENT):
        yield from errors(inner)


def judge(site):
    for path, data, slugs in site.calendars():
        calendar = ICalGLib.Component.new_from_string(data.decode("utf-8"))
        if calendar is None or calendar.isa() != Kind.VCALENDAR_COMPONENT:
            site.problem(path, "is no calendar")
            continue
        ICalGLib.restriction_check(calendar)
        for error in errors(calendar):
            site.problem(path, error)
        site.compare(path, slugs, list(expand(site, calendar)))


if __name__ == "__main__":
    run(judge, site_of)
