"""What the judges read: the exports of some sites, and what `aushang show` says of recurrence rules."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from common import BASE, NOW, SITES
from judge import ROOT
from rules import NOW as RULES_NOW
from write_archive import write as write_archive
from write_rules import write_kind

# A series without end is shown until 550 days later, beyond the ten years in which the judges compare dates.
SERIES_NOW = "2027-07-10T00:00:00Z"


class Exports:
    """The exports by the name of their site, each made when it is first asked for."""

    def __init__(self, program: str, folder: Path):
        self.program, self.folder = program, folder
        self.warnings: dict[str, str] = {}
        self._made: set[str] = set()

    def __getitem__(self, site: str) -> Path:
        target = self.folder / site
        if site not in self._made:
            if site.startswith("rules-"):
                self._show_rules(target, site.removeprefix("rules-"))
            else:
                self.export(self._feeds(site), target, site)
            self._made.add(site)
        return target

    def aushang(self, feeds: Path, now: str, *command: str | Path, check=True, **settings: int):
        """Runs the program with settings of its environment."""
        environment = os.environ | {f"AUSHANG_{key.upper()}": str(value) for key, value in settings.items()}
        words = [self.program, "--feeds", feeds, "--base-url", BASE, "--now", now, *command]
        done = subprocess.run(words, env=environment, capture_output=True, text=True)
        if check and done.returncode:
            raise RuntimeError(f"aushang {command[0]} exits with {done.returncode}:\n{done.stderr}")
        return done

    def export(self, feeds: Path, target: Path, site: str) -> Path:
        # Fewer dates have pages than usual: series.WINDOW.
        settings = {"series_past_days": 30, "series_ahead_days": 60} if site == "series" else {}
        self.warnings[site] = self.aushang(feeds, NOW, "export", target, **settings).stderr
        if site == "series":
            (target / "shown").write_text(self._show(feeds, SERIES_NOW, "reihen").stdout, "utf-8")
        return target

    def _feeds(self, site: str) -> Path:
        """The folder of a site's definitions."""
        feeds = self.folder / f"{site}-feeds"
        if site == "archive":
            write_archive(feeds, self.aushang)
        elif site == "shipped":
            # As if nothing had been published: in this checkout, somebody may have run the service.
            shutil.copytree(ROOT / "feeds", feeds, ignore=shutil.ignore_patterns(".*"))
            (feeds / "record.jsonl").write_text("", "utf-8")
        else:
            feeds = SITES / site
        return feeds

    def _show(self, feeds: Path, now: str, feed: str, check=True):
        """The dates of all series, by the program's own expansion."""
        slugs = sorted(path.stem for path in (feeds / feed).glob("*.md"))
        return self.aushang(feeds, now, "show", *slugs, check=check)

    def _show_rules(self, target: Path, kind: str) -> None:
        """Writes what is shown of rules, and why others are refused, which are then removed."""
        write_kind(target, kind)
        feeds = target / "feeds"
        errors = self.aushang(feeds, RULES_NOW, "check", check=False).stderr
        for path in re.findall(r"^error: .*\n *--> (.*\.md):", errors, re.MULTILINE):
            Path(path).unlink(missing_ok=True)
        shown = self._show(feeds, RULES_NOW, "regeln", check=False)
        errors += shown.stderr
        (target / "shown").write_text(shown.stdout, "utf-8")
        (target / "errors").write_text(errors, "utf-8")
