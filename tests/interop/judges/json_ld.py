"""extruct, which finds JSON-LD in a page as a search engine does, on every page; and the .jsonld documents.

Only this judge sees whether the data survives inside HTML, whether page, event document and feed say the same, and
whether times carry the offset of their own instant.
"""

import json
from datetime import date, datetime, timedelta

import extruct
import icalendar

from common import BASE, run, slug_of, utc
from series import site_of

PLACE_KEYS = ("name", "url")
ADDRESS_KEYS = ("streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry")
# What a title begins with, and the status of that.
STATUSES = {"ABGESAGT: ": "EventCancelled", "VERSCHOBEN: ": "EventRescheduled", "": "EventScheduled"}


def extract(site, path):
    """The one JSON-LD object of a page."""
    html = (site.folder / path).read_text("utf-8")
    try:
        found = extruct.extract(html, base_url=BASE, syntaxes=["json-ld"])["json-ld"]
    except json.JSONDecodeError as error:
        site.problem(path, f"no JSON: {error}")
        return {}
    site.equal(path, "the number of JSON-LD objects", len(found), 1)
    return found[0] if found else {}


def check_time(site, where, key, written, expected, offset):
    if written is None or "T" not in written:
        site.equal(where, key, written, expected)
        return
    try:
        instant = utc(datetime.fromisoformat(written))
    except ValueError:
        instant = written
    site.equal(where, key, instant, expected)
    site.equal(where, f"the offset of {key}", written[-6:], offset)


def flatten(location):
    """Name, link and address of a Place or VirtualLocation in one dictionary."""
    flat = {key: location[key] for key in PLACE_KEYS if key in location}
    address = location.get("address", {})
    return flat | {key: address[key] for key in ADDRESS_KEYS if key in address}


def check_details(site, where, event, expected):
    """Compares what only some events have."""
    for key, value in expected.get("offer", {}).items():
        site.equal(where, f"offers.{key}", event.get("offers", {}).get(key), value)
    read = [
        [part["name"], *(utc(datetime.fromisoformat(part[key])) for key in ("startDate", "endDate"))]
        for part in event.get("subEvent", [])
    ]
    site.equal(where, "the list of sessions", read, expected.get("sessions", []))
    if "geo" in expected:
        building = event["location"].get("containedInPlace", event["location"])
        geo = building.get("geo", {})
        site.equal(where, "geo", [geo.get("latitude"), geo.get("longitude")], expected["geo"])


def check_event(site, where, event, slug):
    expected = site.events[slug]
    offsets = expected.get("offsets", [None, None])
    check_time(site, where, "startDate", event.get("startDate"), expected["start"], offsets[0])
    check_time(site, where, "endDate", event.get("endDate"), expected.get("last", expected["end"]), offsets[1])
    site.equal(where, "name", event.get("name"), expected.get("name", expected["title"]))
    site.equal(where, "eventStatus", event.get("eventStatus"), f"https://schema.org/{expected['eventStatus']}")
    site.equal(where, "url", event.get("url"), f"{BASE}/events/{slug}")
    locations = event.get("location", [])
    locations = locations if isinstance(locations, list) else [locations]
    site.equal(where, "location", [flatten(one) for one in locations], expected["locations"])
    check_details(site, where, event, expected)
    reading = {"slug": slug, "text": event.get("description", ""), "tags": event.get("keywords", [])}
    site.compare(where, [slug], [reading])


def check_events(site):
    events = {}
    for slug in site.events:
        page = extract(site, f"events/{slug}/index.html")
        site.equal(f"events/{slug}", "@context", page.get("@context"), "https://schema.org")
        check_event(site, f"events/{slug}", page, slug)
        events[slug] = {key: value for key, value in page.items() if key != "@context"}
    for path, data, slugs in site.documents(".jsonld"):
        document = json.loads(data)
        if path.startswith("events/"):
            site.equal(path, "the event", document, {"@context": "https://schema.org"} | events[slugs[0]])
            continue
        site.equal(path, "@type", document.get("@type"), "DataFeed")
        items = [element["item"] for element in document["dataFeedElement"]]
        site.equal(path, "the list of events", [slug_of(item["url"]) for item in items], slugs)
        for item in items:
            site.equal(f"{path}: {item['url']}", "the event", item, events.get(slug_of(item["url"])))
    for feed, slugs in site.feeds.items():
        page = extract(site, f"feeds/{feed}/index.html")
        listed = [slug_of(item["url"]) for item in page.get("itemListElement", [])]
        site.equal(f"feeds/{feed}", "the list of pages", listed, slugs)


def moment(written):
    """An instant in UTC, a date as it is."""
    return utc(datetime.fromisoformat(written)) if "T" in written else written


def check_date(series, slug, one):
    page = f"events/{slug}/{one['date']}"
    event = extract(series, f"{page}/index.html")
    document = json.loads((series.folder / f"{page}.jsonld").read_bytes())
    series.equal(page, "the document", document, event)
    is_timed = "T" in one["end"]
    last = one["end"] if is_timed else str(date.fromisoformat(one["end"]) - timedelta(days=1))
    prefix = next(prefix for prefix in STATUSES if one["title"].startswith(prefix))
    location = event.get("location", {})
    parts = [location.get("name"), location.get("address", {}).get("streetAddress")]
    parent = {"@type": "EventSeries", "@id": f"{BASE}/events/{slug}#event", "url": f"{BASE}/events/{slug}"}
    for key, read, expected in [
        ("@type", event.get("@type"), "Event"),
        ("@id", event.get("@id"), f"{BASE}/{page}#event"),
        ("url", event.get("url"), f"{BASE}/{page}"),
        ("identifier", event.get("identifier"), f"{series.uids[slug]}/{one['date']}"),
        ("startDate", moment(event.get("startDate", "")), one["start"]),
        ("endDate", moment(event.get("endDate", "")), last),
        ("name", event.get("name"), one["title"].removeprefix(prefix)),
        ("eventStatus", event.get("eventStatus"), f"https://schema.org/{STATUSES[prefix]}"),
        ("superEvent", event.get("superEvent"), parent),
        ("eventSchedule", event.get("eventSchedule"), None),
        ("what is missing of the place", [part for part in parts if str(part) not in one["place"]], []),
    ]:
        series.equal(page, key, read, expected)
    (entry,) = icalendar.Calendar.from_ical((series.folder / f"{page}.ics").read_bytes()).walk("VEVENT")
    series.equal(page, "UID", str(entry["UID"]), f"{series.uids[slug]}/{one['date']}")
    series.equal(page, "what makes it a series", sorted({"RRULE", "EXDATE", "RDATE", "RECURRENCE-ID"} & set(entry)), [])


def check_series(series, slug, expected):
    page = f"events/{slug}"
    event = extract(series, f"{page}/index.html")
    document = json.loads((series.folder / f"{page}.jsonld").read_bytes())
    # A rule that a Schedule has no words for has none.
    usual = {"@type": "Schedule", "scheduleTimezone": expected["zone"]}
    schedule = usual | expected["schedule"] if expected["schedule"] else None
    parts = [{"@id": f"{BASE}/{page}/{one['date']}#event"} for one in series.near(slug)]
    series.equal(page, "the document", document, event)
    series.equal(page, "@type", event.get("@type"), "EventSeries")
    series.equal(page, "identifier", event.get("identifier"), series.uids[slug])
    series.equal(page, "startDate", moment(event.get("startDate", "")), series.dates[slug][0]["start"])
    series.equal(page, "eventSchedule", event.get("eventSchedule"), schedule)
    series.equal(page, "subEvent", event.get("subEvent", []), sorted(parts, key=lambda part: part["@id"]))


def judge(site):
    if not site.is_series:
        check_events(site)
        return
    for slug, expected in site.expected.items():
        check_series(site, slug, expected)
        for one in site.near(slug):
            check_date(site, slug, one)


if __name__ == "__main__":
    run(judge, site_of)
