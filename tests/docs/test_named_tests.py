"""What documents give as evidence is there: each test that they name, and each file of tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_security import list_tests

ROOT = Path(__file__).resolve().parents[2]
_TEST = re.compile(r"`(?P<file>[\w/]+\.py)::(?P<name>\w+)`")
_FILE = re.compile(r"`((?:[a-z_]+/)+test_\w+\.py)`")


@pytest.mark.parametrize("document", ["audit.md", "reliability.md"])
def test_every_test_that_is_named_is_there(document: str) -> None:
    written = (ROOT / "docs" / document).read_text(encoding="utf-8")
    named = {found.groups() for found in _TEST.finditer(written)}
    assert len(named) >= 5
    assert [f"{file}::{name}" for file, name in sorted(named) if name not in list_tests(file)] == []
    files = {file.removeprefix("tests/") for file in _FILE.findall(written)}
    assert [file for file in sorted(files) if not (ROOT / "tests" / file).exists()] == []
