"""ical.js, the reader of Thunderbird and Nextcloud, through ical_js.mjs.

This judge believes the file's VTIMEZONE and knows no other: it sees a zone that is wrong or missing.
"""

import json
import os
import subprocess

from common import HERE, run, slug_of


def judge(site):
    calendars = list(site.calendars())
    node_path = HERE.parents[1] / "target/interop/node/node_modules"
    command = ["node", HERE / "ical_js.mjs", *(site.folder / path for path, _, _ in calendars)]
    environment = os.environ | {"NODE_PATH": str(node_path)}
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    for (path, _, slugs), answer in zip(calendars, json.loads(output), strict=True):
        if "refused" in answer:
            site.problem(path, f"refused: {answer['refused']}")
            continue
        for event in answer["events"]:
            event["slug"] = slug_of(event["slug"])
        site.compare(path, slugs, answer["events"])


if __name__ == "__main__":
    run(judge)
