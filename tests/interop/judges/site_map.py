"""sitemap.xml against the rules of sitemaps.org, and robots.txt, which must name it.

Only this judge goes from the addresses that search engines are given to the pages: each is there, and none with an
event of the site is missing.
"""

import re
import urllib.robotparser
from datetime import datetime
from xml.etree import ElementTree

from common import BASE, NOW, Documents, run, utc

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LASTMOD = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?")
MOST, LARGEST = 50_000, 50 * 1024 * 1024
# Pages of which a search engine need not know.
BESIDE = re.compile(r"(en/)?feeds/[^/]+/changes")
DATE = re.compile(r"(?:en/)?events/[^/]+/(\d{4}-\d\d-\d\d)")


def pages(site):
    """Pages that are to be listed: of series, dates to come only."""
    found = {path.parent.relative_to(site.folder).as_posix() for path in site.folder.rglob("index.html")}
    found = {"" if path == "." else path for path in found if not BESIDE.fullmatch(path)}
    return {path for path in found if not (date := DATE.fullmatch(path)) or date[1] > NOW[:10]}, found


def judge(site):
    data = (site.folder / "sitemap.xml").read_bytes()
    site.equal("sitemap.xml", "its size", len(data) <= LARGEST, True)
    try:
        urls = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        site.problem("sitemap.xml", f"not well-formed: {error}")
        return
    site.equal("sitemap.xml", "the element", urls.tag, f"{SPACE}urlset")
    site.equal("sitemap.xml", "the number of addresses", 1 <= len(urls) <= MOST, True)
    listed = []
    for url in urls:
        where = f"sitemap.xml: {url.findtext(f'{SPACE}loc')}"
        unknown = {child.tag for child in url} - {f"{SPACE}loc", f"{SPACE}lastmod"}
        site.equal(where, "what is unknown", unknown, set())
        location, modified = url.findtext(f"{SPACE}loc", ""), url.findtext(f"{SPACE}lastmod", "")
        site.equal(where, "an address below the site's", location.startswith(f"{BASE}/") and len(location) < 2048, True)
        site.equal(where, "the form of lastmod", bool(LASTMOD.fullmatch(modified)), True)
        if LASTMOD.fullmatch(modified):
            site.equal(where, "lastmod in the future", utc(datetime.fromisoformat(modified)) > NOW, False)
        listed.append(location.removeprefix(f"{BASE}/").removesuffix("/"))
    wanted, known = pages(site)
    twice = sorted({one for one in listed if listed.count(one) > 1})
    site.equal("sitemap.xml", "the list of addresses that stand twice", twice, [])
    site.equal("sitemap.xml", "the list of addresses without a page", sorted(set(listed) - known), [])
    site.equal("sitemap.xml", "the list of missing pages", sorted(wanted - set(listed)), [])
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((site.folder / "robots.txt").read_text("ascii").splitlines())
    site.equal("robots.txt", "the list of sitemaps", robots.site_maps(), [f"{BASE}/sitemap.xml"])
    for path in ("/", "/feeds/alle.ics", "/sitemap.xml"):
        site.equal("robots.txt", f"leave to fetch {path}", robots.can_fetch("*", f"{BASE}{path}"), True)


if __name__ == "__main__":
    run(judge, Documents)
