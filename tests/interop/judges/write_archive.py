"""Writes a site with a feed that is too long for one document, with a year of changes in its record."""

import shutil
from datetime import date, timedelta

from common import NOW, SITES

PAGE = 50 # items of one document
FEED = "archiv"
FIRST, PAST, COMING = date(2018, 1, 1), 170, 3
BEFORE = "2018-10-01T12:00:00Z"
# By slug, what changes after it was recorded: keys before and after, and what must be published of the change.
CHANGES = {
    "coming-0": ({"room": '"saal"'}, {"room": '"raum-2"'}, "Raum: Großer Saal → Raum 2"),
    "coming-1": ({}, {"status": '"cancelled"', "reason": '"Das Haus ist geschlossen."'}, "ABGESAGT"),
    "coming-2": (
        {}, {"end": "2018-12-03T13:00:00"}, "10:00 bis 12:00 Uhr → Montag, 3. Dezember 2018, 10:00 bis 13:00 Uhr",
    ),
}


def events():
    """Yields (slug, title, start, published)."""
    for number in range(PAST):
        day = FIRST + timedelta(days=number)
        yield f"past-{number:03}", f"Treffen {number}", day, day - timedelta(days=30)
    for number in range(COMING):
        yield f"coming-{number}", f"Ausblick {number}", date(2018, 12, 1 + number), date(2018, 9, 1)


def expected():
    titles = {slug: {"title": title} for slug, title, _, _ in events()}
    return {"feeds": {FEED: list(titles), "alle": list(titles)}, "events": titles}


def write_events(folder, changed):
    for slug, title, day, published in events():
        before, after, _ = CHANGES.get(slug, ({}, {}, ""))
        keys = {
            "title": f'"{title}"', "venue": '"rathaus"', "published": f"{published}T08:00:00+00:00",
            "start": f"{day}T10:00:00", "end": f"{day}T12:00:00",
        } | (after if changed else before)
        lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
        (folder / FEED / f"{slug}.md").write_text(f"+++\n{lines}+++\nEin Treffen.\n", "utf-8")


def write(folder, aushang):
    """Writes the site and its record with `aushang(folder, now, *command)`."""
    (folder / FEED).mkdir(parents=True)
    for name in ("venues.toml", "organizers.toml", "site.toml"):
        shutil.copy(SITES / "corpus" / name, folder)
    (folder / FEED / "feed.toml").write_text('title = "Archiv"\n', "utf-8")
    (folder / "record.jsonl").write_text("", "utf-8")
    for now, changed in (BEFORE, False), (NOW, True):
        write_events(folder, changed)
        aushang(folder, now, "record")
