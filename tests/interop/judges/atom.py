"""feedparser and atoma on every Atom document, with the rules of the W3C feed validator, which is no package.

Only this judge reads Atom: atoma refuses what RFC 4287 requires and is not there, feedparser shows what a forgiving
reader makes of it. Both must find the items of the RSS document of the same feed.
"""

from xml.etree import ElementTree

import atoma
import feedparser

from common import BASE, run, utc
from entries import ABSOLUTE, Entries, page_of

ATOM, LANG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
ONCE = ["id", "title", "updated"]


def html_of(content):
    return content.value if content and content.text_type == atoma.atom.AtomTextType.html else None


def read_feedparser(site, path, data):
    document = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if document.bozo:
        site.problem(path, f"bozo: {document.bozo_exception}")
    site.equal(path, "what feedparser takes it for", document.version, "atom10")
    return [
        {
            "id": entry.get("id"), "title": entry.get("title"), "url": entry.get("link"),
            "published": (entry.get("published") or "").replace("+00:00", "Z"),
            "html": next((one.value for one in entry.get("content", []) if one.type == "text/html"), None),
            "tags": [tag.term for tag in entry.get("tags", [])],
        }
        for entry in document.entries
    ]


def read_atoma(site, path, data):
    try:
        feed = atoma.parse_atom_bytes(data)
    except Exception as error: # it has many, and lets those of its XML reader through
        site.problem(path, f"atoma refuses it: {error!r}")
        return None
    return [
        {
            "id": entry.id_, "title": entry.title.value, "url": entry.links[0].href if entry.links else None,
            "published": utc(entry.published), "html": html_of(entry.content),
            "tags": [tag.term for tag in entry.categories],
        }
        for entry in feed.entries
    ]


def check_date(site, where, written):
    site.equal(where, f"a zone in {written!r}", (written or "")[-6:] == "+00:00" or (written or "").endswith("Z"), True)
    site.check_past(where, (written or "").replace("+00:00", "Z"))


def check_links(site, where, element):
    for link in element.iterfind(f"{ATOM}link"):
        site.equal(where, f"an absolute link {link.get('href')}", bool(ABSOLUTE.fullmatch(link.get("href", ""))), True)
    selves = [link.get("href") for link in element.iterfind(f"{ATOM}link") if link.get("rel") == "alternate"]
    site.equal(where, "the number of rel=alternate", len(selves), 1)
    return selves[0] if selves else None


def check_entry(site, where, entry, has_author):
    for tag in (*ONCE, "published", "content"):
        site.equal(where, f"the number of {tag}", len(entry.findall(f"{ATOM}{tag}")), 1)
    site.equal(where, "an author", has_author or entry.find(f"{ATOM}author/{ATOM}name") is not None, True)
    url = check_links(site, where, entry)
    updated, published = (entry.findtext(f"{ATOM}{tag}") for tag in ("updated", "published"))
    for written in (updated, published):
        check_date(site, where, written)
    site.equal(where, "updated before published", (updated or "") < (published or ""), False)
    title, content = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}content")
    if title is not None:
        site.equal(where, "the type of the title", title.get("type", "text"), "text")
        site.check_title(where, title.text or "", url)
    if content is not None:
        site.equal(where, "a summary of HTML", entry.find(f"{ATOM}summary") is not None, content.get("type") == "html")
        if content.get("type") == "html":
            site.check_html(where, content.text)


def check_feed(site, address, path, feed):
    for tag in ONCE:
        site.equal(path, f"the number of {tag}", len(feed.findall(f"{ATOM}{tag}")), 1)
    site.equal(path, "the language", feed.get(LANG), "en" if path.startswith("en/") else "de")
    selves = [link.get("href") for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "self"]
    site.equal(path, "rel=self", selves, [f"{BASE}/{path}"])
    site.equal(path, "rel=alternate", check_links(site, path, feed), page_of(address))
    check_date(site, path, feed.findtext(f"{ATOM}updated"))
    entries = feed.findall(f"{ATOM}entry")
    newest = max((entry.findtext(f"{ATOM}updated", "") for entry in entries), default=feed.findtext(f"{ATOM}updated"))
    # It may be later, when an event or a date passed.
    site.equal(path, "updated before the newest entry", feed.findtext(f"{ATOM}updated", "") < (newest or ""), False)
    has_author = feed.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        check_entry(site, f"{path}: {entry.findtext(f'{ATOM}id')}", entry, has_author)
    site.check_ids(path, [element.findtext(f"{ATOM}id") for element in (feed, *entries)])


def judge(site):
    for address, path, slugs in site.documents(".atom"):
        data = (site.folder / path).read_bytes()
        for items in read_feedparser(site, path, data), read_atoma(site, path, data):
            if items is not None:
                site.same_items(path, address, items)
                site.check_slugs(path, [item["url"] for item in items], slugs)
        try:
            check_feed(site, address, path, ElementTree.fromstring(data))
        except ElementTree.ParseError as error:
            site.problem(path, f"not well-formed: {error}")


if __name__ == "__main__":
    run(judge, Entries)
