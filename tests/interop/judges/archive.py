"""RFC 5005 as a client follows it: from the feed from one older document to the next, in RSS, Atom and JSON Feed.

Only this judge puts a long feed together again. Nothing may be missing or come twice, no document may be beside the
chain, and all three forms must be cut at the same place. It also looks for what was recorded: before and after.
"""

import json
from pathlib import PurePosixPath
from xml.etree import ElementTree

from write_archive import CHANGES, PAGE
from common import BASE, run, slug_of
from entries import Entries

LINK = "{http://www.w3.org/2005/Atom}link"
ENTRY_ID = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id"
MARK = "{http://purl.org/syndication/history/1.0}archive"


def read(path):
    """(ids, links by relation, whether it says that it is an archive)."""
    data = path.read_bytes()
    if path.suffix == ".json":
        feed = json.loads(data)
        links = {"prev-archive": feed["next_url"]} if "next_url" in feed else {}
        return [item["id"] for item in feed["items"]], links, None
    head = ElementTree.fromstring(data)
    head = head if path.suffix == ".atom" else head.find("channel")
    ids = head.iterfind(ENTRY_ID) if path.suffix == ".atom" else head.iterfind("item/guid")
    links = {link.get("rel"): link.get("href") for link in head.iterfind(LINK)}
    return [one.text for one in ids], links, head.find(MARK) is not None


def follow(site, path):
    """The ids of each document, newest first, along the links to older ones."""
    ids, links, marked = read(site.folder / path)
    site.equal(path, "being marked as an archive", bool(marked), False)
    site.equal(path, "more than a page", len(ids) < PAGE, False)
    documents, seen = [ids], [path]
    while "prev-archive" in links:
        newer, path = path, links["prev-archive"].removeprefix(f"{BASE}/")
        if path in seen or not (site.folder / path).exists():
            site.problem(newer, f"prev-archive leads to {path}")
            break
        ids, links, marked = read(site.folder / path)
        seen.append(path)
        documents.append(ids)
        site.equal(path, "an empty archive", not ids, False)
        if marked is not None:
            site.equal(path, "current", links.get("current"), f"{BASE}/{seen[0]}")
            site.equal(path, "being marked as an archive (fh:archive)", marked, True)
            newer = None if newer == seen[0] else f"{BASE}/{newer}"
            site.equal(path, "next-archive", links.get("next-archive"), newer)
    return documents, seen


def judge(site):
    for feed, slugs in site.feeds.items():
        cuts = []
        for suffix in ".rss", ".atom", ".json":
            path = f"feeds/{feed}{suffix}"
            documents, seen = follow(site, path)
            there = [str(one.relative_to(site.folder)) for one in site.folder.glob(f"feeds/{feed}/archive/*{suffix}")]
            site.equal(path, "the list of archives", sorted(seen[1:]), sorted(there))
            ids = [one for document in documents for one in document]
            site.equal(path, "the list of ids that come twice", sorted({one for one in ids if ids.count(one) > 1}), [])
            site.equal(path, "the number of items", len(set(ids)), len(slugs) + len(CHANGES))
            # A document to which items are still added would be read once and never again.
            site.equal(path, "the size of the archives", {len(document) for document in documents[1:]}, {PAGE})
            cuts.append([PurePosixPath(one).with_suffix("").name for one in seen] + documents)
        for address in f"feeds/{feed}", f"feeds/{feed}/changes":
            items = [(slug_of(item["url"]), item["text"]) for item in site.rss(address) if item["html"] is None]
            texts = {slug: text for slug, (_, _, text) in CHANGES.items()}
            lacks = [part for slug, part in texts.items() if not any(part in said for one, said in items if one == slug)]
            site.equal(f"{address}.rss", "the list of changes that are missing", lacks, [])
        site.equal(f"feeds/{feed}", "cut in all forms at the same place", cuts[1:], cuts[:-1])


if __name__ == "__main__":
    run(judge, Entries)
