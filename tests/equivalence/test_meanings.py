"""A text is not searched for patterns of which no beginning is in it, and nothing is lost by that."""

from __future__ import annotations

import re

import pytest

from claims.equivalence.meanings import COLUMNS, TABLES, Wordings
from claims.records.article import Language
from claims.text.tables import read_rows
from tests.evaluation.claim_pairs import PAIRS, read_pairs


@pytest.mark.parametrize("language", Language)
def test_every_pattern_finds_what_it_finds_alone(language: Language) -> None:
    texts = [pair.claims[0].lower() for pair in read_pairs(PAIRS) if pair.language is language][::8]
    edge = r"\b" if language is Language.EN else ""
    found = 0
    for row in read_rows(TABLES / f"meanings_{language.value}.tsv", COLUMNS):
        alone, wordings = (
            re.compile(f"{edge}(?:{row['pattern']}){edge}"),
            Wordings([row["pattern"]], language),
        )
        for text in texts:
            spans = [match.span() for match in alone.finditer(text)]
            assert [match.span() for match in wordings.find_all(text)] == spans, (row["pattern"], text)
            found += len(spans)
    assert found > len(texts)
