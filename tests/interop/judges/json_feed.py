"""JSON Feed 1.1 against its specification (jsonfeed.org/version/1.1), member by member, on every feed, its changes and
its archive: no reader in a package checks more than that it is JSON.

Only this judge sees a member that the specification does not know or a value of another type, and whether `_event`
says when and where the event is. The items must be those of the RSS document.
"""

import json
import re
from datetime import datetime
from zoneinfo import available_timezones

from common import BASE, run, slug_of, utc
from entries import ABSOLUTE, Entries, page_of

URL = object()
FEED = {
    "version": str, "title": str, "home_page_url": URL, "feed_url": URL, "description": str, "user_comment": str,
    "next_url": URL, "icon": URL, "favicon": URL, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}
ITEM = {
    "id": str, "url": URL, "external_url": URL, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": URL, "banner_image": URL, "date_published": datetime, "date_modified": datetime, "authors": list,
    "tags": list, "language": str, "attachments": list, "_event": dict,
}
FEED_HAS = ["version", "title", "home_page_url", "feed_url", "authors", "language", "items"]
AUTHOR = {"name": str, "url": URL, "avatar": URL}
ATTACHMENT = {"url": URL, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}
EVENT = {
    "about": URL, "uid": str, "start": str, "end": str, "timezone": str, "all_day": bool, "status": str, "kind": str,
    "location": str, "geo": list,
}
# What the judges of feeds call it: what it is called here.
READ = {
    "id": "id", "title": "title", "url": "url", "published": "date_published", "text": "content_text",
    "html": "content_html",
}
STATUSES = {"confirmed", "tentative", "cancelled", "postponed", "moved"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
ZONES = available_timezones()


def has_type(value, kind):
    if kind is URL:
        return isinstance(value, str) and bool(ABSOLUTE.fullmatch(value))
    if kind is datetime:
        return isinstance(value, str) and bool(RFC_3339.fullmatch(value))
    return isinstance(value, kind) and (kind is int or not isinstance(value, bool) or kind is bool)


def check_members(site, where, thing, members, required=()):
    """All members are known and of their type; no string is empty."""
    if not isinstance(thing, dict):
        site.problem(where, f"{thing!r} is no object")
        return
    site.equal(where, "the list of unknown members", sorted(set(thing) - set(members)), [])
    site.equal(where, "what is missing", [key for key in required if key not in thing], [])
    wrong = {key: value for key, value in thing.items() if key in members and not has_type(value, members[key])}
    site.equal(where, "what has another type", wrong, {})
    site.equal(where, "what is empty", [key for key, value in thing.items() if value in ("", {})], [])
    for author in thing.get("authors", []):
        check_members(site, where, author, AUTHOR)
        site.equal(where, "an author without any member", not author, False)
    if "language" in thing:
        site.equal(where, "the form of the language", bool(LANGUAGE.fullmatch(str(thing["language"]))), True)


def check_event(site, where, event, slug):
    check_members(site, where, event, EVENT, ["about", "uid", "start", "timezone", "all_day", "status"])
    if "geo" in event:
        site.equal(where, "geo as two numbers", [type(one) for one in event["geo"]], [float, float])
    site.equal(where, "a known zone", event.get("timezone") in ZONES, True)
    site.equal(where, "a known status", event.get("status") in STATUSES, True)
    days = all(len(str(event[key])) == 10 for key in ("start", "end") if key in event)
    site.equal(where, "all_day", event.get("all_day"), days)
    expected = site.events[slug]
    site.equal(where, "the place", event.get("location"), expected.get("place", event.get("location")))
    for key, usual in ("start", expected.get("start")), ("end", expected.get("last", expected.get("end"))):
        written = event.get(key)
        try:
            instant = written if days or written is None else utc(datetime.fromisoformat(written))
        except ValueError as error:
            instant = str(error)
        site.equal(where, key, instant, usual if "start" in expected else instant)
    if "offsets" in expected and "start" in event:
        site.equal(where, "the offset of the start", event["start"][-6:], expected["offsets"][0])


def check_item(site, where, item):
    check_members(site, where, item, ITEM, ["id", "url", "title", "content_text", "date_published", "date_modified"])
    for attachment in item.get("attachments", []):
        check_members(site, where, attachment, ATTACHMENT, ["url", "mime_type"])
    site.equal(where, "what is no tag", [tag for tag in item.get("tags", []) if not (isinstance(tag, str) and tag)], [])
    for key in "date_published", "date_modified":
        site.check_past(where, str(item.get(key)))
    is_early = str(item.get("date_modified")) < str(item.get("date_published"))
    site.equal(where, "modified before published", is_early, False)
    site.check_title(where, str(item.get("title")), item.get("url"))
    site.check_html(where, item.get("content_html"))
    # A change is in plain text, and is no event.
    site.equal(where, "an event", "_event" in item, "content_html" in item)
    if "_event" in item and slug_of(item.get("url")) in site.events:
        check_event(site, where, item.get("_event", {}), slug_of(item["url"]))


def judge(site):
    for address, path, slugs in site.documents(".json"):
        try:
            feed = json.loads((site.folder / path).read_bytes())
        except ValueError as error:
            site.problem(path, f"no JSON: {error}")
            continue
        check_members(site, path, feed, FEED, FEED_HAS)
        site.equal(path, "the version", feed.get("version"), "https://jsonfeed.org/version/1.1")
        site.equal(path, "feed_url", feed.get("feed_url"), f"{BASE}/{path}")
        site.equal(path, "home_page_url", feed.get("home_page_url"), page_of(address))
        items = feed.get("items", [])
        for item in items:
            check_item(site, f"{path}: {item.get('url')}", item)
        site.check_ids(path, [item.get("id") for item in items])
        site.check_slugs(path, [item.get("url") for item in items], slugs)
        read = [{key: item.get(name) for key, name in READ.items()} | {"tags": item.get("tags", [])} for item in items]
        site.same_items(path, address, read)


if __name__ == "__main__":
    run(judge, Entries)
