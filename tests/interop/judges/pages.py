"""The Nu HTML checker (vnu) on every page and style sheet: no error, no warning; and what a page shows.

Only this judge sees unclosed elements, wrong nesting, bad ARIA and bad CSS, and that no page is missing.
"""

import json
import subprocess

import lxml.html

from common import NODE_MODULES, Documents, run
from series import site_of

VNU = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"


def messages(files):
    command = ["java", "-Xss1m", "-jar", VNU, "--format", "json", "--also-check-css", "--exit-zero-always", *files]
    # vnu writes what it found on the error stream.
    answer = subprocess.run(command, stderr=subprocess.PIPE, check=True).stderr
    found = json.loads(answer)["messages"]
    if any(message["type"] == "non-document-error" for message in found):
        raise RuntimeError(f"vnu could not check: {found}")
    return found


def check_contents(site):
    for slug, expected in site.events.items():
        page = lxml.html.parse(site.folder / f"events/{slug}/index.html", lxml.html.HTMLParser(encoding="utf-8"))
        site.equal(f"events/{slug}", "h1", page.findtext(".//h1"), expected["title"])
        shown = " ".join(page.find(".//main").text_content().split())
        site.equal(f"events/{slug}", "the page shows the place", expected["place"] in shown, True)


def judge(site):
    files = sorted(path for kind in ("html", "css") for path in site.folder.rglob(f"*.{kind}"))
    site.compared += len(files)
    for message in messages(files):
        path = message.get("url", "vnu").removeprefix(f"file:{site.folder.resolve()}/")
        kind = message.get("subType", message["type"])
        site.problem(f"{path}:{message.get('lastLine')}", f"{kind}: {message['message']}")
    # The translated site has more pages than expected.json knows: translated.py looks at them.
    if site.name == "translated":
        return
    folders = {path.parent.relative_to(site.folder).as_posix() for path in files if path.name == "index.html"}
    site.equal("pages", "the list of pages", sorted(folders), sorted(site.pages()))
    if not site.is_series:
        check_contents(site)


def pages_of(folder, name):
    return Documents(folder, name) if name == "translated" else site_of(folder, name)


if __name__ == "__main__":
    run(judge, pages_of)
