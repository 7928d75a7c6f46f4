"""The table of security requirements names tests that there are, and counts what it says."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
VERDICTS = {"holds", "partly", "fails", "does not apply"}
STATES = {"closed", "in part", "open"}
# Of ASVS 5.0.0, levels 1 and 2.
REQUIREMENTS = 253
_TEST = re.compile(r"`(?P<file>[\w/]+\.py)::(?P<name>\w+)`")


def read_rows(first_cell: str) -> list[list[str]]:
    """The rows of all tables whose first cell looks so."""
    lines = (line for line in DOCUMENT.splitlines() if re.match(rf"\| (?:{first_cell}) \|", line))
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@cache
def list_tests(file: str) -> set[str]:
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_test_that_is_named_is_there() -> None:
    named = {found.groups() for found in _TEST.finditer(DOCUMENT)}
    assert len(named) > 100
    assert [f"{file}::{name}" for file, name in sorted(named) if name not in list_tests(file)] == []
    assert {name for _, name in named if not name.startswith("test_")} == set()


def test_every_requirement_is_there_once_with_a_verdict_and_a_reason() -> None:
    rows = read_rows(r"\d+\.\d+\.\d+")
    numbers = [row[0] for row in rows]
    assert len(set(numbers)) == len(numbers) == REQUIREMENTS
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert {row[3] for row in rows} == VERDICTS
    assert [
        row for row in rows if len(row) != 5 or row[1] not in {"1", "2"} or not row[2] or not row[4]
    ] == []


def test_the_counts_are_those_of_the_rows() -> None:
    counted = Counter(row[3] for row in read_rows(r"\d+\.\d+\.\d+"))
    told = {name: int(count) for name, count in read_rows("|".join(VERDICTS))}
    assert told == counted
    assert read_rows("all") == [["all", str(counted.total())]]


def test_every_finding_has_its_state() -> None:
    rows = read_rows(r"F\d+")
    assert [row[0] for row in rows] == [f"F{number}" for number in range(1, 18)]
    assert {row[2] for row in rows} <= STATES


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_both_readmes_lead_to_it(readme: str) -> None:
    assert "(docs/security.md)" in (ROOT / readme).read_text(encoding="utf-8")
