"""libical, the reader of GNOME, by Debian's GObject bindings and the system's Python.

This judge believes the file's VTIMEZONE too, and only it checks how often a property stands by the table of RFC 5546
and notes what it could not read as X-LIC-ERROR. Where a calendar has no METHOD, it does not miss UID or DTSTAMP.
"""

from datetime import datetime, timezone

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

from common import run, slug_of  # noqa: E402

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


def read(event, zones):
    url = event.get_first_property(Property.URL_PROPERTY)
    status = event.get_first_property(Property.STATUS_PROPERTY)
    return {
        "slug": slug_of(url.get_url()) if url else None,
        "title": text(event, Property.SUMMARY_PROPERTY),
        "start": instant(event, Property.DTSTART_PROPERTY, zones),
        "end": instant(event, Property.DTEND_PROPERTY, zones),
        "place": text(event, Property.LOCATION_PROPERTY),
        "status": status.get_value_as_string() if status else None,
        "text": text(event, Property.DESCRIPTION_PROPERTY) or "",
    }


def errors(component):
    yield from (found.get_xlicerror() for found in properties(component, Property.XLICERROR_PROPERTY))
    for inner in components(component, Kind.ANY_COMPONENT):
        yield from errors(inner)


def judge(site):
    for path, octets, slugs in site.calendars():
        calendar = ICalGLib.Component.new_from_string(octets.decode("utf-8"))
        if calendar is None or calendar.isa() != Kind.VCALENDAR_COMPONENT:
            site.problem(path, "is no calendar")
            continue
        ICalGLib.restriction_check(calendar)
        for error in errors(calendar):
            site.problem(path, error)
        known = zones(calendar)
        site.compare(path, slugs, [read(event, known) for event in components(calendar, Kind.VEVENT_COMPONENT)])


if __name__ == "__main__":
    run(judge)
