"""The table of judges: which sites each of them reads, and how it is run."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SYSTEM_PYTHON = "/usr/bin/python3" # Debian's, to which libical is bound
sys.path.append(str(HERE / "judges"))

from common import MISMATCH # noqa: E402
from write_rules import KINDS # noqa: E402

__all__ = ["JUDGES", "MISMATCH", "ROOT", "Judge", "Verdict"]

CALENDARS = ("shipped", "corpus", "series")
EVERY = ("shipped", "corpus", "series", "translated", "archive")
MODULE, PROGRAM = "a Python package", "another program"


@dataclass(frozen=True)
class Verdict:
    code: int
    output: str


@dataclass(frozen=True)
class Judge:
    """A program below judges/.

    It reads exports of `sites`, or makes a service run through each case of `sites` and must refuse those of `wrong`.
    """

    name: str
    sites: tuple[str, ...]
    tool: str | None = None
    python: str = sys.executable
    is_service: bool = False
    wrong: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()

    def run(self, folder: Path, site: str, with_tool: bool = True) -> Verdict:
        """Runs the judge; without its tool, it finds neither packages nor programs."""
        command = [self.python, HERE / "judges" / f"{self.name}.py", folder, site]
        environment = dict(os.environ)
        if not with_tool:
            environment["PATH"] = "/nonexistent"
            if self.tool is MODULE:
                command = [SYSTEM_PYTHON, "-S", *command[1:]]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return Verdict(done.returncode, done.stdout.decode("utf-8", "replace"))


JUDGES = [
    Judge("ical_python", CALENDARS, MODULE),
    Judge("ical_strict", CALENDARS, MODULE),
    Judge("ical_js", CALENDARS, PROGRAM),
    Judge("node_ical", ("series",), PROGRAM),
    Judge("libical", CALENDARS, MODULE, SYSTEM_PYTHON),
    Judge("lines", CALENDARS),
    Judge("rss", ("shipped", "corpus"), MODULE),
    Judge("rss_rules", EVERY, MODULE),
    Judge("atom", EVERY, MODULE),
    Judge("json_feed", EVERY, MODULE),
    Judge("feedsmith", EVERY, PROGRAM),
    Judge("newsboat", ("shipped", "corpus"), PROGRAM),
    Judge("archive", ("archive",)),
    Judge("json_ld", CALENDARS, MODULE),
    Judge("vocabulary", EVERY, MODULE),
    Judge("catalog", EVERY, MODULE),
    Judge("tables", ("shipped", "corpus", "series", "archive")),
    Judge("pages", (*CALENDARS, "translated"), PROGRAM),
    Judge("site_map", EVERY),
    Judge("translated", ("translated",), MODULE),
    Judge("rules", tuple(f"rules-{kind}" for kind in KINDS), MODULE),
    Judge(
        "year", ("plain", "short"), MODULE, is_service=True, wrong=("double", "stuck", "restless", "ghost"),
        slow=("plain",),
    ),
    Judge(
        "kill", ("kill", "few-kills", "full", "readonly"), MODULE, is_service=True, wrong=("torn", "lasting"),
        slow=("kill",),
    ),
    Judge("replicas", ("same",), MODULE, is_service=True, wrong=("apart",)),
]
