"""feedsmith, the feed reader of the JavaScript world, on every RSS, Atom and JSON Feed document, through feedsmith.mjs.

Only this judge reads all three forms by one program: its items must be the same in each.
"""

from common import run, run_node
from entries import Entries


def judge(site):
    documents = [one for suffix in (".rss", ".atom", ".json") for one in site.documents(suffix)]
    answers = run_node("feedsmith.mjs", *(site.folder / path for _, path, _ in documents))
    for (address, path, slugs), answer in zip(documents, answers, strict=True):
        if "refused" in answer:
            site.problem(path, f"refused: {answer['refused']}")
            continue
        site.equal(path, "what it takes it for", f".{answer['format']}", path[len(address):])
        site.same_items(path, address, answer["items"])
        site.check_slugs(path, [item["url"] for item in answer["items"]], slugs)


if __name__ == "__main__":
    run(judge, Entries)
