"""A claim's wording is split into words once a search, however many records and rules ask for them."""

from __future__ import annotations

from collections import Counter

import pytest

from claims.extraction.statement import read_statement
from claims.lexicon import japanese
from claims.lexicon.lexicon import load_lexicon
from claims.pipeline import find_evidence
from claims.pubmed.source import PubMed
from claims.ranking import scoring
from claims.records.article import Language
from claims.search.caching import CachedSource
from claims.text.english import stem_words
from claims.text.japanese import SplitMode, Token, tokenize
from tests.entrez_server import EntrezServer, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_moment

CLAIM = "ミノキシジルは女性の毛髪密度を高める。"


@pytest.fixture
def split(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each text was split: into Japanese words by length, or into English stems by the ranking."""
    counted: Counter[tuple[str, str]] = Counter()

    def tokenize_counted(text: str, mode: SplitMode = SplitMode.C) -> list[Token]:
        counted[mode.value, text] += 1
        return tokenize(text, mode)

    def stem_counted(text: str) -> list[str]:
        counted["stems", text] += 1
        return stem_words(text)

    monkeypatch.setattr(japanese, "tokenize", tokenize_counted)
    monkeypatch.setattr(scoring, "stem_words", stem_counted)
    return counted


def test_a_search_splits_its_wording_once_for_each_length_of_words(split: Counter[tuple[str, str]]) -> None:
    records = [sample_article(str(9_000_000_001 + n), f"Minoxidil and hair density {n}") for n in range(20)]
    with EntrezServer(articles=records) as server:
        pubmed = PubMed(
            server.base_url,
            tool="konkyo",
            email="n@example.org",
            budget=UncountedBudget(),
            clock=StillClock(),
        )
        claim = read_statement(CLAIM, Language.JA)
        lexicon = load_lexicon().with_rows((), "read by nobody")
        (evidence,) = find_evidence([claim], Language.JA, CachedSource(pubmed, make_moment), lexicon)
    assert len(evidence.findings) == 20
    wording = {key: count for key, count in split.items() if key[0] in ("A", "C") and key[1]}
    assert wording == {("A", CLAIM): 1, ("C", CLAIM): 1}
    phrases = {english for concept in evidence.plan.concepts for english in concept.english}
    assert {split["stems", phrase] for phrase in phrases} <= {0, 1}
