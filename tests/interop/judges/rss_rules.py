"""The rules of the W3C feed validator for RSS, which is no package, on every RSS document: feeds, changes, archives.

Only this judge looks at the XML itself: the order of elements, guid and language as they are written, namespaces, what
stands twice, and HTML that readers would cut or resolve in their own way. rss.py looks at what the items say.
"""

import re
from collections import Counter
from xml.etree import ElementTree

from common import BASE, run
from entries import ABSOLUTE, CONTENT, Entries, page_of
from rss import check_date

ATOM, GEORSS = "{http://www.w3.org/2005/Atom}", "{http://www.georss.org/georss}"
NAMESPACES = {
    "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/", "http://purl.org/rss/1.0/modules/event/", "http://www.georss.org/georss",
    "http://purl.org/syndication/history/1.0",
}
# What an item may have more than once.
REPEATED = {"category", f"{ATOM}link"}
ITEM_HAS = ["title", "link", "description", "guid", "pubDate"]
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
CHANNEL_ONCE = ["title", "link", "description", "language", "lastBuildDate", "ttl"]
MODIFIED = "{http://purl.org/dc/terms/}modified"


def check_item(site, where, item):
    """When it was last changed."""
    tags = [child.tag for child in item]
    twice = [tag for tag, count in Counter(tags).items() if count > 1 and tag not in REPEATED]
    site.equal(where, "the list of elements that stand twice", twice, [])
    site.equal(where, "what is missing", [tag for tag in ITEM_HAS if tag not in tags], [])
    if CONTENT in tags and "description" in tags:
        site.equal(where, "description before content:encoded", tags.index("description") < tags.index(CONTENT), True)
    site.equal(where, "isPermaLink", item.find("guid").get("isPermaLink") if "guid" in tags else None, "false")
    site.equal(where, "author, which needs an e-mail address", "author" in tags, False)
    link, title = item.findtext("link", ""), item.findtext("title", "")
    page = site.folder / link.removeprefix(f"{BASE}/") / "index.html"
    site.equal(where, "a link to a page", link.startswith(f"{BASE}/") and page.exists(), True)
    site.check_title(where, title, link)
    published = check_date(site, where, item.findtext("pubDate"), None)
    modified = item.findtext(MODIFIED)
    if modified is not None:
        site.equal(where, "dcterms:modified before pubDate", modified < (published or ""), False)
        site.check_past(where, modified)
    for category in item.iterfind("category"):
        domain = category.get("domain", "")
        site.equal(where, f"a category with an absolute domain, {domain!r}", bool(ABSOLUTE.fullmatch(domain)), True)
        site.equal(where, "an empty category", not category.text, False)
    for enclosure in item.iterfind("enclosure"):
        site.equal(where, "what the enclosure lacks", {"url", "length", "type"} - set(enclosure.keys()), set())
    point = item.findtext(f"{GEORSS}point")
    if point is not None:
        are_two = bool(re.fullmatch(r"-?\d+(\.\d+)? -?\d+(\.\d+)?", point))
        site.equal(where, "georss:point as two numbers", are_two, True)
    site.check_html(where, item.findtext(CONTENT))
    return modified or published


def judge(site):
    for address, path, slugs in site.documents(".rss"):
        data = (site.folder / path).read_bytes()
        try:
            rss = ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            site.problem(path, f"not well-formed: {error}")
            continue
        used = set(re.findall(rb"xmlns(?::\w+)?=\"([^\"]*)\"", data))
        site.equal(path, "the list of other namespaces", sorted({one.decode() for one in used} - NAMESPACES), [])
        site.equal(path, "the version", rss.get("version"), "2.0")
        channel = rss.find("channel")
        tags = Counter(child.tag for child in channel)
        site.equal(path, "what does not stand once in the channel", [tag for tag in CHANNEL_ONCE if tags[tag] != 1], [])
        site.equal(path, "the channel's link", channel.findtext("link"), page_of(address))
        site.equal(path, "the form of the language", bool(LANGUAGE.fullmatch(channel.findtext("language", ""))), True)
        selves = [link.get("href") for link in channel.iterfind(f"{ATOM}link") if link.get("rel") == "self"]
        site.equal(path, "rel=self", selves, [f"{BASE}/{path}"])
        built = check_date(site, path, channel.findtext("lastBuildDate"), None)
        items = channel.findall("item")
        modified = [check_item(site, f"{path}: {item.findtext('link')}", item) for item in items]
        # It may be later, when an event or a date passed.
        newest = max(filter(None, modified), default="")
        site.equal(path, "lastBuildDate before the newest item", (built or "") < newest, False)
        site.check_ids(path, [item.findtext("guid") for item in items])
        site.check_slugs(path, [item.findtext("link") for item in items], slugs)


if __name__ == "__main__":
    run(judge, Entries)
