"""The fixtures: the program under test, and the exports that it makes once for all judges."""

import os
from pathlib import Path

import pytest

from exports import Exports

pytest_plugins = ["no_skips", "pytester"]


@pytest.fixture(scope="session")
def program() -> str:
    return os.environ["AUSHANG"]


@pytest.fixture(scope="session")
def exports(program: str, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(program, tmp_path_factory.mktemp("exports"))


@pytest.fixture
def spoilt_export(tmp_path: Path) -> Path:
    """Where a spoilt copy of an export may be made."""
    return tmp_path / "spoilt"
