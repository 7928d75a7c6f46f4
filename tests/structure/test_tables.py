"""A change to a table can be read as a diff: no cell holds more than a person takes in at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from re import _constants, _parser

import pytest

from claims.text.patterns import read_patterns
from claims.text.tables import read_rows
from tests.structure.test_house import ROOT

MOST_SIGNS, MOST_ALTERNATIVES = 200, 16
TABLES = sorted((ROOT / "claims").rglob("tables/*.tsv"))
TOO_LONG = "give each word a row of its own; inside a longer pattern, as a list that it names in braces"


def list_branches(pattern: object) -> Iterator[int]:
    """How many alternatives each choice of a parsed pattern offers."""
    if isinstance(pattern, tuple) and len(pattern) == 2 and pattern[0] is _constants.BRANCH:
        yield len(pattern[1][1])
    if isinstance(pattern, (tuple, list, _parser.SubPattern)):
        for part in pattern:
            yield from list_branches(part)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_cell_is_too_long_to_be_read(table: Path) -> None:
    for row in read_rows(table):
        assert [cell for cell in row.values() if len(cell) > MOST_SIGNS] == [], TOO_LONG


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_pattern_offers_too_many_words_at_one_place(table: Path) -> None:
    for row in read_rows(table):
        branches = list_branches(_parser.parse(row.get("pattern", "")))
        assert max(branches, default=0) <= MOST_ALTERNATIVES, (row, TOO_LONG)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_word_of_a_list_is_found_in_its_example_by_a_pattern_that_names_the_list(table: Path) -> None:
    rows = list(read_rows(table))
    words: dict[str, list[str]] = {}
    for row in rows:
        if row.get("cue", "").startswith("{"):
            words.setdefault(row["cue"], []).append(row["pattern"])
    named = {name: [row["pattern"] for row in rows if name in row["pattern"]] for name in words}
    for row in rows:
        if row.get("cue", "") in words:
            spelled = {name: "|".join(list_) for name, list_ in words.items()} | {row["cue"]: row["pattern"]}
            patterns = [reduce(spell, spelled.items(), pattern) for pattern in named[row["cue"]]]
            assert any(re.search(p, row["example"], re.IGNORECASE) for p in patterns), row


def spell(pattern: str, named: tuple[str, str]) -> str:
    return pattern.replace(named[0], f"(?:{named[1]})")


def test_a_pattern_cannot_name_a_list_that_is_not_there(tmp_path: Path) -> None:
    table = tmp_path / "cues.tsv"
    table.write_text(
        "cue\tpattern\texample\n{eased}\tfades\tPain fades.\nrelief\tpain {eased}\tPain fades.\n"
    )
    assert [row["pattern"] for row in read_patterns(table)] == ["pain (?:fades)"]
    table.write_text("cue\tpattern\texample\nrelief\tpain {eased}\tPain fades.\n")
    with pytest.raises(ValueError, match=r"no row of the list \{eased\}"):
        list(read_patterns(table))
