"""A site in two languages, its pictures and its attachments: lxml on the pages, icalendar and feedparser on the feeds.

Only this judge sees pages that do not know of one another (hreflang), two identities of one event in calendars or one
identity of two entries in feeds, and enclosures of another length or type than the files.
"""

import json

import feedparser
import icalendar
import lxml.html

from common import BASE, Documents, run

# How files begin that have this type.
BEGINS = {"image/png": b"\x89PNG", "application/pdf": b"%PDF-"}


def page(path):
    return lxml.html.parse(path, lxml.html.HTMLParser(encoding="utf-8"))


def file_of(site, url):
    """The file that an address of the export names."""
    path = site.folder / str(url).removeprefix(f"{BASE}/")
    return path / "index.html" if path.is_dir() else path


def languages(site, url):
    """Returns the addresses by language that a page names for itself."""
    links = page(file_of(site, url)).findall(".//link[@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def check_languages(site):
    pages = 0
    for path in sorted(site.folder.rglob("index.html")):
        tree = page(path)
        where = path.relative_to(site.folder).as_posix()
        canonical = tree.find(".//link[@rel='canonical']")
        if canonical is None or not tree.findall(".//link[@hreflang]"):
            continue
        pages += 1
        own, said = canonical.get("href"), languages(site, canonical.get("href"))
        site.equal(where, "the languages", sorted(said), ["de", "en", "x-default"])
        site.equal(where, "its own language", said.get(tree.getroot().get("lang")), own)
        for language, url in said.items():
            if not file_of(site, url).is_file():
                site.problem(where, f"{language}: {url} is not there")
            else:
                site.equal(where, f"what {url} says", languages(site, url), said)
    site.equal("pages", "the number of pages in two languages", pages >= 12 and pages % 2, 0)


def uids(site, path):
    calendar = icalendar.Calendar.from_ical((site.folder / path).read_bytes())
    return sorted(str(event["UID"]) for event in calendar.walk("VEVENT"))


def check_identities(site):
    for feed in ("alle", "termine"):
        site.equal(feed, "the uids", uids(site, f"en/feeds/{feed}.ics"), uids(site, f"feeds/{feed}.ics"))
        for suffix in ("rss", "atom"):
            ids = [
                [entry.id for entry in feedparser.parse((site.folder / path).read_bytes()).entries]
                for path in (f"feeds/{feed}.{suffix}", f"en/feeds/{feed}.{suffix}")
            ]
            site.equal(f"{feed}.{suffix}", "the number of entries", len(ids[1]), len(ids[0]))
            site.equal(f"{feed}.{suffix}", "the common ids", sorted(set(ids[0]) & set(ids[1])), [])


def check_files(site):
    found = 0
    for path in sorted([*site.folder.rglob("*.rss"), *site.folder.rglob("*.atom")]):
        where = path.relative_to(site.folder).as_posix()
        for entry in feedparser.parse(path.read_bytes()).entries:
            for enclosure in entry.get("enclosures", []):
                if not enclosure.href.startswith(f"{BASE}/events/"):
                    continue
                file = file_of(site, enclosure.href)
                found += 1
                site.equal(where, f"length of {enclosure.href}", int(enclosure.length), file.stat().st_size)
                begins = BEGINS.get(enclosure.type, b"a type that is not expected here")
                site.equal(where, f"type of {enclosure.href}", file.read_bytes()[: len(begins)], begins)
    site.equal("feeds", "whether there are enclosures", found > 0, True)
    for path in sorted(site.folder.rglob("events/*.jsonld")):
        image = json.loads(path.read_text("utf-8")).get("image", "")
        if image.startswith(BASE + "/events/"):
            site.equal(path.name, f"whether {image} is there", file_of(site, image).is_file(), True)


def judge(site):
    check_languages(site)
    check_identities(site)
    check_files(site)


if __name__ == "__main__":
    run(judge, Documents)
