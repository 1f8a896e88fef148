"""The suite about itself: nothing is skipped, no judge is forgotten."""

import re

import pytest

from judge import HERE, JUDGES
from spoilt import DOCUMENTS

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
