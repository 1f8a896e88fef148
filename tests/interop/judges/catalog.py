"""PyLD, the JSON-LD processor, on catalog.jsonld, with the terms of DCAT 2 and what DCAT-AP.de requires of each class.

Only this judge reads the catalogue as a harvester of open data does, by IRI: every feed is a dataset, and each of its
forms a distribution whose file is there.
"""

import json

from pyld import jsonld

from common import BASE, run
from entries import ABSOLUTE, Entries

DCAT, DCT, FOAF = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"


def terms(space, names):
    return {space + name for name in names.split()}


COMMON = terms(DCT, "title description publisher license language issued modified identifier spatial rights")
KNOWN = {
    f"{DCAT}Catalog": COMMON | terms(DCAT, "dataset themeTaxonomy") | terms(FOAF, "homepage"),
    f"{DCAT}Dataset": COMMON | terms(DCT, "accrualPeriodicity temporal")
    | terms(DCAT, "distribution theme keyword landingPage contactPoint"),
    f"{DCAT}Distribution": COMMON | terms(DCT, "format") | terms(DCAT, "accessURL downloadURL mediaType byteSize"),
    f"{FOAF}Agent": terms(FOAF, "name homepage mbox"),
}
REQUIRED = {
    f"{DCAT}Catalog": [f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset"],
    f"{DCAT}Dataset": [f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}distribution", f"{DCAT}theme"],
    f"{DCAT}Distribution": [f"{DCAT}accessURL", f"{DCT}format"],
    f"{FOAF}Agent": [f"{FOAF}name"],
}
# suffix: (IANA media type, file type of the EU's table)
FORMS = {
    "ics": ("text/calendar", "ICS"), "rss": ("application/rss+xml", "RSS"), "atom": ("application/atom+xml", "ATOM"),
    "json": ("application/feed+json", "JSON"), "jsonld": ("application/ld+json", "JSON_LD"), "csv": ("text/csv", "CSV"),
}
MEDIA = "https://www.iana.org/assignments/media-types/"
FILE = "http://publications.europa.eu/resource/authority/file-type/"


def refuse(url, _):
    raise RuntimeError(f"{url} would be fetched")


def check_node(site, node):
    """A node and all in it that have a class: what is said of each, and that what it points to is an address."""
    name = node.get("@id", "a node without a name")
    kinds = node.get("@type", [])
    site.equal(name, "the number of known classes", len([kind for kind in kinds if kind in KNOWN]), 1)
    for kind in filter(KNOWN.get, kinds):
        said = {key for key in node if not key.startswith("@")}
        site.equal(name, "the list of unknown terms", sorted(said - KNOWN[kind]), [])
        site.equal(name, "what is missing", [term for term in REQUIRED[kind] if term not in node], [])
    for key, values in node.items():
        for value in values if isinstance(values, list) and not key.startswith("@") else []:
            if "@type" in value and "@value" not in value:
                check_node(site, value)
            elif "@id" in value:
                site.equal(name, f"{key} as an address", bool(ABSOLUTE.fullmatch(value["@id"])), True)
            else:
                site.equal(name, f"{key} as an empty text", not value.get("@value"), False)


def ids(node, term):
    return [value.get("@id") for value in node.get(term, [])]


def check_dataset(site, feed, dataset):
    forms = {}
    for one in dataset.get(f"{DCAT}distribution", []):
        url = (ids(one, f"{DCAT}downloadURL") or [""])[0]
        forms[url.rpartition(".")[2]] = one
        site.equal(url, "a file of that name", (site.folder / url.removeprefix(f"{BASE}/")).is_file(), True)
    site.equal(feed, "the list of forms", sorted(forms), sorted(FORMS))
    for suffix in set(forms) & set(FORMS):
        media, file = FORMS[suffix]
        site.equal(f"{feed}.{suffix}", "the media type", ids(forms[suffix], f"{DCAT}mediaType"), [MEDIA + media])
        site.equal(f"{feed}.{suffix}", "the format", ids(forms[suffix], f"{DCT}format"), [FILE + file])


def judge(site):
    text = (site.folder / "catalog.jsonld").read_text("utf-8")
    try:
        nodes = jsonld.expand(json.loads(text), {"documentLoader": refuse})
    except (ValueError, jsonld.JsonLdError) as error:
        site.equal("catalog.jsonld", "what is wrong with it as JSON-LD", str(error).partition("\n")[0], None)
        return
    site.equal("catalog.jsonld", "the classes", [node.get("@type") for node in nodes], [[f"{DCAT}Catalog"]])
    for node in nodes:
        check_node(site, node)
        datasets = {(ids(one, f"{DCAT}landingPage") or [None])[0]: one for one in node.get(f"{DCAT}dataset", [])}
        pages = sorted(f"{BASE}/feeds/{feed}" for feed in site.feeds)
        site.equal("catalog.jsonld", "the list of feeds", sorted(map(str, datasets)), pages)
        for feed, dataset in datasets.items():
            check_dataset(site, feed, dataset)


if __name__ == "__main__":
    run(judge, Entries)
