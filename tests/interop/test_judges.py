"""Each judge agrees with what is right, refuses what is spoilt, and does neither without its tool."""

import re

import pytest

from judge import JUDGES, MISMATCH
from spoilt import DOCUMENTS

BY_NAME = {judge.name: judge for judge in JUDGES}
NO_TOOL = re.compile(r"ModuleNotFoundError|FileNotFoundError|is missing")


def cases(pairs):
    """Parameters named JUDGE-SITE; the ones that last long are marked."""
    return [
        pytest.param(judge, site, id=f"{judge.name}-{site}", marks=[pytest.mark.slow] if site in judge.slow else [])
        for judge, site in pairs
    ]


def decide(judge, folder, site, wanted):
    """Fails where the judge's exit code is another one: a judge that breaks has refused nothing."""
    verdict = judge.run(folder, site)
    if verdict.code != wanted:
        what = f"{judge.name} exits with {verdict.code} on {site}, expected {wanted}"
        pytest.fail(f"{what}:\n{verdict.output[:6000]}", pytrace=False)


# These last longest and mostly wait: they come first, so that two workers are done at the same time.

@pytest.mark.parametrize("judge, case", cases((one, case) for one in JUDGES if one.is_service for case in one.sites))
def test_service_is_right(judge, case, program, tmp_path):
    decide(judge, tmp_path / case, case, 0)


@pytest.mark.parametrize("judge, case", cases((one, case) for one in JUDGES for case in one.wrong))
def test_service_refuses(judge, case, program, tmp_path):
    decide(judge, tmp_path / case, case, MISMATCH)


@pytest.mark.parametrize(
    "judge, site", cases((one, site) for one in JUDGES if not one.is_service for site in one.sites)
)
def test_agrees(judge, site, exports):
    decide(judge, exports[site], site, 0)


@pytest.mark.parametrize("judge, spoilt", [
    pytest.param(BY_NAME[name], one, id=f"{name}-{one.site}-{one.what}") for name, one in DOCUMENTS
])
def test_refuses(judge, spoilt, exports, spoilt_export):
    spoilt.make(exports[spoilt.site], spoilt_export)
    decide(judge, spoilt_export, spoilt.site, MISMATCH)


@pytest.mark.parametrize("judge", [pytest.param(one, id=one.name) for one in JUDGES if one.tool])
def test_breaks_without_its_tool(judge, exports, tmp_path):
    folder = tmp_path / "work" if judge.is_service else exports[judge.sites[-1]]
    verdict = judge.run(folder, judge.sites[-1], with_tool=False)
    assert verdict.code not in (0, MISMATCH)
    assert NO_TOOL.search(verdict.output), verdict.output
