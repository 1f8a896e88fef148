"""What no judge can see in one export."""

import os
import shutil

from common import SITES


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_internal_is_published(exports):
    assert (SITES / "corpus/termine/2018-12-13-intern.md").read_bytes().count(b"vertraulich-4711")
    published = files(exports["corpus"])
    assert published
    assert [path for path, data in published.items() if b"vertraulich-4711" in data] == []


def test_two_exports_of_two_copies_are_identical(exports, tmp_path):
    for copy in "one", "two":
        shutil.copytree(SITES / "corpus", tmp_path / copy)
    for path in [tmp_path / "two", *(tmp_path / "two").rglob("*")]:
        os.utime(path, (981_158_400, 981_158_400))
    one, two = (files(exports.export(tmp_path / copy, tmp_path / f"export-{copy}", copy)) for copy in ("one", "two"))
    assert one and sorted(one) == sorted(two)
    assert [path for path in one if one[path] != two[path]] == []


def test_a_series_in_the_hour_of_the_clock_changes_is_warned_of(exports):
    assert exports["series"] and "clocks are put forward past" in exports.warnings["series"]
