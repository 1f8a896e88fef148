"""The Nu HTML checker (vnu) on the pages of series and of their dates; no date lacks one, and none has one too many."""

from common import run
from pages import messages
from series import Series


def judge(series):
    files = sorted(series.folder.rglob("*.html"))
    dates = {f"events/{slug}/{one['date']}" for slug in series.expected for one in series.near(slug)}
    feeds = [f"feeds/{feed}{page}" for feed in ("alle", "reihen") for page in ("", "/changes")]
    wanted = {".", *feeds, *(f"events/{slug}" for slug in series.expected), *dates}
    folders = {path.parent.relative_to(series.folder).as_posix() for path in files if path.name == "index.html"}
    series.equal("pages", "the list of pages", sorted(folders), sorted(wanted))
    for message in messages(files):
        path = message.get("url", "vnu").removeprefix(f"file:{series.folder.resolve()}/")
        kind = message.get("subType", message["type"])
        series.problem(f"{path}:{message.get('lastLine')}", f"{kind}: {message['message']}")
    series.notes.append(f"{len(files)} pages")


if __name__ == "__main__":
    run(judge, Series)
