"""The words by which a record is appraised: each row of the tables is found in its own example."""

from __future__ import annotations

import re

import pytest

from claims.appraisal.cues import TABLES, load_terms
from claims.appraisal.kind_cues import build_title
from claims.appraisal.record_kind import read_kind
from claims.records.citation import Citation, Pmid, RecordKind
from claims.text.tables import read_rows

TITLES = list(read_rows(TABLES / "titles.tsv"))


@pytest.mark.parametrize("name", ["design_words", "species_words", "level_words", "sample_words"])
def test_each_word_is_found_in_its_example(name: str) -> None:
    for row in read_rows(TABLES / f"{name}.tsv"):
        assert re.search(rf"\b(?:{row['pattern']})\b", row["example"], re.IGNORECASE), row


def test_each_word_for_people_and_for_the_laboratory_is_found_in_its_example() -> None:
    rows = read_rows(TABLES / "people_words.tsv")
    assert [row for row in rows if not re.search(row["pattern"], row["example"], re.IGNORECASE)] == []


def test_each_row_of_titles_tells_the_kind_of_its_example() -> None:
    assert [row["example"] for row in TITLES if not _tells_its_kind(row)] == []


def _tells_its_kind(row: dict[str, str]) -> bool:
    named = re.search(build_title(row["place"], [row["pattern"]]), row["example"], re.IGNORECASE)
    kind = read_kind(Citation(Pmid("900000001"), row["example"]))
    return named is not None and kind is RecordKind(row["kind"])


def test_terms_of_nlm_are_lower_case_and_each_says_one_thing_of_a_field() -> None:
    rows = list(read_rows(TABLES / "nlm_terms.tsv"))
    assert [row for row in rows if row["term"] != row["term"].lower()] == []
    assert len({(row["field"], row["term"]) for row in rows}) == len(rows)
    assert load_terms("species_descriptor")["people"] >= {"adult", "child"}
