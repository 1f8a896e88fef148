"""The Nu HTML checker (vnu) on every page and style sheet: no error, no warning; and what a page shows.

Only this judge sees unclosed elements, wrong nesting, bad ARIA and bad CSS.
"""

import json
import subprocess

import lxml.html

from common import HERE, run

VNU = HERE.parents[1] / "target/interop/node/node_modules/vnu-jar/build/dist/vnu.jar"


def messages(files):
    command = ["java", "-Xss1m", "-jar", VNU, "--format", "json", "--also-check-css", "--exit-zero-always", *files]
    # vnu tells on the error stream what it found.
    answer = subprocess.run(command, stderr=subprocess.PIPE, check=True).stderr
    found = json.loads(answer)["messages"]
    if any(message["type"] == "non-document-error" for message in found):
        raise RuntimeError(f"vnu could not check: {found}")
    return found


def judge(site):
    files = sorted(path for kind in ("html", "css") for path in site.folder.rglob(f"*.{kind}"))
    folders = {path.parent.relative_to(site.folder).as_posix() for path in files if path.name == "index.html"}
    feeds = [f"feeds/{feed}{page}" for feed in site.feeds for page in ("", "/changes")]
    wanted = {".", *(f"events/{slug}" for slug in site.events), *feeds}
    site.equal("pages", "the list of pages", sorted(folders), sorted(wanted))
    for message in messages(files):
        path = message.get("url", "vnu").removeprefix(f"file:{site.folder.resolve()}/")
        kind = message.get("subType", message["type"])
        site.problem(f"{path}:{message.get('lastLine')}", f"{kind}: {message['message']}")
    for slug, expected in site.events.items():
        page = lxml.html.parse(site.folder / f"events/{slug}/index.html", lxml.html.HTMLParser(encoding="utf-8"))
        heading = page.findtext(".//h1") if page.find(".//h1") is not None else None
        site.equal(f"events/{slug}", "h1", heading, expected["title"])
        shown = " ".join(page.find(".//main").text_content().split())
        site.equal(f"events/{slug}", "the page shows the place", expected["place"] in shown, True)


if __name__ == "__main__":
    run(judge)
