"""Writes and exports a feed that is too long for one document, with a year of changes in its record.

`archive_write.py OUT`; AUSHANG names the program.
"""

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from common import BASE, HERE, NOW

PAGE = 50 # items of one document
FEED = "archiv"
FIRST, PAST, COMING = date(2018, 1, 1), 170, 3
BEFORE = "2018-10-01T12:00:00Z"
# slug of what changes after it was recorded: (keys before, keys after)
CHANGES = {
    "coming-0": ('room = "saal"', 'room = "raum-2"'),
    "coming-1": ("", 'status = "cancelled"\nreason = "Das Haus ist geschlossen."'),
    "coming-2": ("end = 2018-12-03T12:00:00", "end = 2018-12-03T13:00:00"),
}
# What must be told of it.
TOLD = {
    "coming-0": "Raum: Großer Saal → Raum 2",
    "coming-1": "ABGESAGT",
    "coming-2": "10:00 bis 12:00 Uhr → Montag, 3. Dezember 2018, 10:00 bis 13:00 Uhr",
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


def write(folder, changed):
    for slug, title, day, published in events():
        keys = f"start = {day}T10:00:00\nend = {day}T12:00:00"
        before, after = CHANGES.get(slug, ("", ""))
        if before not in keys:
            keys += f"\n{before}"
        keys = keys.replace(before, after) if changed and before else f"{keys}\n{after}" if changed else keys
        keys = f'title = "{title}"\nvenue = "rathaus"\npublished = {published}T08:00:00+00:00\n{keys}'
        (folder / FEED / f"{slug}.md").write_text(f"+++\n{keys}\n+++\nEin Treffen.\n", "utf-8")


def aushang(folder, now, *command):
    program = [os.environ["AUSHANG"], "--feeds", folder, "--base-url", BASE, "--now", now, *command]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL)


def main():
    out = Path(sys.argv[1])
    folder = out.with_name(f"{out.name}-feeds")
    (folder / FEED).mkdir(parents=True)
    for name in ("venues.toml", "organizers.toml", "site.toml"):
        shutil.copy(HERE / "feeds" / name, folder)
    (folder / FEED / "feed.toml").write_text('title = "Archiv"\n', "utf-8")
    (folder / "record.jsonl").write_text("", "utf-8")
    write(folder, changed=False)
    aushang(folder, BEFORE, "record")
    write(folder, changed=True)
    aushang(folder, NOW, "record")
    aushang(folder, NOW, "export", out)


if __name__ == "__main__":
    main()
