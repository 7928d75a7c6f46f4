"""Denials and hedges: each row of the tables is found in its example."""

from __future__ import annotations

import re

import pytest

from claims.records.article import Language
from claims.text.denials import TABLES
from claims.text.patterns import read_patterns


@pytest.mark.parametrize("language", list(Language))
def test_every_pattern_matches_its_example(language: Language) -> None:
    rows = list(read_patterns(TABLES / f"denials_{language.value}.tsv"))
    assert [row for row in rows if not re.search(row["pattern"], row["example"], re.IGNORECASE)] == []
