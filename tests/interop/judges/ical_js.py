"""ical.js, the reader of Thunderbird and Nextcloud, through calendars.mjs.

It expands series by itself. This judge believes the file's VTIMEZONE and knows no other: it sees a zone that is wrong
or missing, on a series in every summer and winter of ten years.
"""

from common import run, run_node
from series import site_of


def compare(site, reader):
    """Compares what a reader in node makes of the calendars."""
    calendars = list(site.calendars())
    answers = run_node("calendars.mjs", reader, *(site.folder / path for path, _, _ in calendars))
    for (path, _, slugs), answer in zip(calendars, answers, strict=True):
        if "refused" in answer:
            site.problem(path, f"refused: {answer['refused']}")
            continue
        for event in answer["events"]:
            event["slug"] = site.slug_of(event.pop("url"))
        site.compare(path, slugs, answer["events"])


def judge(site):
    compare(site, "ical.js")


if __name__ == "__main__":
    run(judge, site_of)
