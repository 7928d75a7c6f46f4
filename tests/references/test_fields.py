"""References are read into the fields of a citation, those without a title too."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from claims.references.fields import read_fields
from claims.references.identity import fold

CASES = list(
    csv.DictReader(Path(__file__).with_name("short_cases.tsv").open(encoding="utf-8"), delimiter="\t")
)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['half']}-{case['words'][:40]}" for case in CASES])
def test_a_reference_names_its_paper_by_its_fields(case: dict[str, str]) -> None:
    said = read_fields(case["words"])
    told = {
        "author": fold(said.author).replace("’", "'"),
        "journal": " ".join(fold(said.journal).replace(".", " ").split()),
        "year": said.year,
        "volume": said.volume,
        "page": said.page.lower(),
        "title": said.title,
    }
    assert told == {name: case[name] for name in told}
