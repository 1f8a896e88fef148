"""Readers that run in node."""

import json
import os
import subprocess

from common import HERE
from series import slug_of


def compare(series, reader):
    """Compares what `reader` makes of the calendars."""
    calendars = list(series.calendars())
    environment = os.environ | {"NODE_PATH": str(HERE.parents[1] / "target/interop/node/node_modules"), "TZ": "UTC"}
    command = ["node", HERE / "series_node.mjs", reader, *(series.folder / path for path, _, _ in calendars)]
    answer = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout)
    for (path, _, _), readings in zip(calendars, answer, strict=True):
        series.compare(path, [one | {"slug": slug_of(one["url"])} for one in readings])
    series.note()
