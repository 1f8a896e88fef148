"""The calendar of GNOME (evolution-data-server) as a subscriber: `year_gnome.py PORT PATH FROM TO` in a D-Bus session.

It subscribes to http://127.0.0.1:PORT/PATH, and answers each line of its input: "refresh" with an empty line, "list"
with the occurrences between the seconds FROM and TO as one line of JSON. It runs in the system's Python.
"""

import json
import sys
from datetime import datetime, timezone

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402


def subscribe(port, path):
    source = EDataServer.Source.new(None, None)
    source.set_parent("webcal-stub")
    source.set_display_name("Termine")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    access = source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION)
    access.set_host("127.0.0.1")
    access.set_port(port)
    access.set_method("none")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_resource_path(path)
    source.get_extension(EDataServer.SOURCE_EXTENSION_SECURITY).set_method("none")
    # It polls when it is asked to, and at no other time.
    source.get_extension(EDataServer.SOURCE_EXTENSION_REFRESH).set_enabled(False)
    registry = EDataServer.SourceRegistry.new_sync(None)
    registry.commit_source_sync(source, None)
    source = registry.ref_source(source.get_uid())
    # Without "wait until it is connected", which lasts ten seconds.
    return ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 0xFFFFFFFF, None)


def occurrences(client, start, end):
    found = []

    def add(component, begins, ends, *_):
        location, status = component.get_location(), component.get_status()
        found.append({
            "uid": component.get_uid(), "title": component.get_summary(), "start": utc(begins), "end": utc(ends),
            "place": location, "status": ICalGLib.Property.status_to_string(status),
        })
        return True

    client.generate_instances_sync(start, end, None, add, None)
    return found


def utc(time):
    zone = time.get_timezone() or ICalGLib.Timezone.get_utc_timezone()
    instant = datetime.fromtimestamp(time.as_timet_with_zone(zone), timezone.utc)
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    _, port, path, start, end = sys.argv
    client = subscribe(int(port), path)
    print(flush=True)
    for line in sys.stdin:
        if line == "refresh\n":
            client.refresh_sync(None)
            print(flush=True)
        elif line == "list\n":
            print(json.dumps(occurrences(client, int(start), int(end))), flush=True)
        else:
            raise SystemExit(f"what is {line!r}?")


main()
