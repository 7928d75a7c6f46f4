"""The ranking on our own cases, pinned with the digest of their file; ADR 0016 has the figures on others'."""

from __future__ import annotations

import pytest

from claims.ranking import scoring
from claims.ranking.scoring import WEIGHTS
from claims.records.article import Language
from claims.records.citation import is_sample
from tests.evaluation.ranking_cases import digest_cases, load_cases, measure_ndcg

PINNED_DIGEST = "1897fea7b726e20dbeb2713ac53ca242ee1c6cf885ed29eb5681fb93218ad789"
KINDS = ("slots", "design", "mesh", "recency", "title")


def test_the_cases_are_the_ones_that_the_order_was_pinned_on() -> None:
    assert digest_cases() == PINNED_DIGEST


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", KINDS)
def test_every_record_stands_where_a_reader_wants_it(kind: str, language: Language) -> None:
    cases = [case for case in load_cases() if (case.orders_by, case.language) == (kind, language)]
    assert measure_ndcg(cases) == 1


@pytest.mark.parametrize("weight", list(WEIGHTS))
def test_a_weight_of_nothing_is_noticed(weight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WEIGHTS, weight, 0.0)
    assert measure_ndcg(load_cases()) < 1


def test_a_title_that_counts_no_more_than_the_abstract_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_TITLE_AGAIN", 0.0)
    assert measure_ndcg([case for case in load_cases() if case.orders_by == "title"]) < 1


def test_every_record_is_visibly_a_sample() -> None:
    citations = [citation for case in load_cases() for citation in case.citations]
    assert all(is_sample(citation.pmid) and citation.title.startswith("SAMPLE") for citation in citations)
