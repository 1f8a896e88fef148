"""The suite about itself: nothing is skipped, no judge is forgotten."""

import re
from dataclasses import dataclass

import pytest

from judge import HERE, JUDGES, MISMATCH, Verdict
from spoilt import DOCUMENTS, Spoilt
from test_judges import decide

SKIPPED = {
    "a call": "import pytest\ndef test_it(): pytest.skip('no network')",
    "a mark": "import pytest\n@pytest.mark.skip(reason='no network')\ndef test_it(): pass",
    "a fixture": "import pytest\n@pytest.fixture\ndef it(): pytest.skip('no network')\ndef test_it(it): pass",
    "an expected failure": "import pytest\n@pytest.mark.xfail(reason='no network')\ndef test_it(): assert False",
    "a whole file": "import pytest\npytest.skip('no network', allow_module_level=True)",
    "a missing package": "import pytest\npytest.importorskip('no_such_package', reason='no network')",
}


@pytest.mark.parametrize("how", SKIPPED)
@pytest.mark.parametrize("plugin", ["no_skips", None])
def test_a_skipped_test_fails(pytester, how, plugin):
    pytester.syspathinsert(HERE)
    pytester.makepyfile(SKIPPED[how])
    answer = pytester.runpytest_inprocess(*(("-p", plugin) if plugin else ()))
    outcomes = answer.parseoutcomes()
    assert bool(outcomes.get("failed", 0) + outcomes.get("errors", 0)) == bool(plugin), outcomes
    # Without the plugin, the run passes, or pytest says that there was no test.
    assert answer.ret in ((1, 2) if plugin else (0, 5))
    if plugin:
        answer.stdout.fnmatch_lines(["*nothing may be skipped*no network*"])


@dataclass
class Ends:
    """A judge that ends with this code."""

    code: int
    name: str = "ends"

    def run(self, *_):
        return Verdict(self.code, "")


@pytest.mark.parametrize("code, wanted", [(1, MISMATCH), (0, MISMATCH), (MISMATCH, 0), (1, 0), (-9, MISMATCH)])
def test_a_judge_that_breaks_has_neither_agreed_nor_refused(code, wanted):
    decide(Ends(wanted), "folder", "site", wanted)
    with pytest.raises(pytest.fail.Exception, match=f"exits with {code} on site, expected {wanted}"):
        decide(Ends(code), "folder", "site", wanted)


def test_a_change_that_finds_nothing_is_an_error(tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export/feed.rss").write_bytes(b"<rss>")
    Spoilt("a", "site", "*.rss", b"rss", b"atom").make(tmp_path / "export", tmp_path / "one")
    assert (tmp_path / "one/feed.rss").read_bytes() == b"<atom>"
    assert (tmp_path / "export/feed.rss").read_bytes() == b"<rss>"
    with pytest.raises(AssertionError, match="not there to be spoilt"):
        Spoilt("a", "site", "*.rss", b"atom", b"rss").make(tmp_path / "export", tmp_path / "two")


def test_every_judge_is_in_the_table():
    is_judge = re.compile(r"^    (common\.)?run\(judge, ", re.MULTILINE)
    programs = [path.stem for path in (HERE / "judges").glob("*.py") if is_judge.search(path.read_text("utf-8"))]
    assert sorted(programs) == sorted(judge.name for judge in JUDGES)


def test_every_judge_is_shown_something_spoilt():
    shown = {name for name, _ in DOCUMENTS} | {judge.name for judge in JUDGES if judge.wrong}
    assert shown == {judge.name for judge in JUDGES}


def test_every_spoilt_document_is_of_a_site_that_its_judge_reads():
    sites = {judge.name: judge.sites for judge in JUDGES}
    assert [(name, one) for name, one in DOCUMENTS if one.site not in sites[name]] == []


def test_the_readme_lists_the_judges():
    rows = re.findall(r"^\| `(\w+)` \|(?:[^|]*\|){4}$", (HERE / "README.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [judge.name for judge in JUDGES]
