"""The order of citations: rare words before common ones, then what the plan names, then design and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.ranking.scoring import WEIGHTS, bears_on, measure_features, rank_citations
from claims.records.article import Language
from claims.records.citation import Citation, MeshHeading, Term
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan
from tests.factories import make_citation, make_pmid
from tests.ranking.asking import ask

CLAIM = "Minoxidil increases hair density."


def plan(text: str = CLAIM) -> SearchPlan:
    return build_plan(text, "", "", Language.EN, load_lexicon())


def order(*citations: Citation) -> list[str]:
    return [citation.pmid for citation, _ in rank_citations(ask(CLAIM), plan(), citations)]


def test_the_record_that_speaks_of_the_claim_comes_first() -> None:
    beside = make_citation(1, title="hair", abstract="Increases were seen in patients.")
    about = make_citation(2, title="minoxidil", abstract="Minoxidil increased hair density.")
    assert order(beside, about) == [make_pmid(2), make_pmid(1)]


@pytest.mark.parametrize("kind", ["Published Erratum", "Comment", "Retraction of Publication", "News"])
def test_what_carries_no_claim_comes_last_however_well_it_matches(kind: str) -> None:
    beside = make_citation(1, title="hair", abstract="Increases were seen in patients.")
    about = make_citation(2, title="minoxidil", abstract="Minoxidil increased hair density.")
    notice = replace(about, publication_types=(Term(kind), Term("Randomized Controlled Trial")))
    withdrawn = replace(
        about, title=f"WITHDRAWN: {about.title}", publication_types=(Term("Systematic Review"),)
    )
    assert order(beside, notice) == [make_pmid(1), make_pmid(2)]
    assert order(beside, withdrawn) == [make_pmid(1), make_pmid(2)]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = make_citation(1, title="x", abstract="It increases in patients.")
    rare = make_citation(2, title="x", abstract="It was minoxidil in patients.")
    assert order(common, rare)[0] == make_pmid(2)


def test_equal_records_come_newest_number_first_whatever_their_order() -> None:
    twins = [make_citation(number, title="same", abstract="Minoxidil.") for number in (1, 2, 3)]
    numbered = [replace(twin, title="SAMPLE: same") for twin in twins]
    assert order(*numbered) == order(*reversed(numbered)) == [make_pmid(3), make_pmid(2), make_pmid(1)]


def test_mesh_and_year_part_equals_alone() -> None:
    plain = make_citation(3, title="x", abstract="Minoxidil and hair.", year=2000)
    indexed = replace(plain, pmid=make_pmid(1), mesh=(MeshHeading(Term("Minoxidil")),))
    recent = replace(plain, pmid=make_pmid(2), published_year=2025)
    assert order(plain, indexed, recent) == [make_pmid(1), make_pmid(2), make_pmid(3)]


@pytest.mark.parametrize("newest", [1991, 2026, 2031, 2050])
def test_of_equals_the_later_year_comes_first_whatever_the_year(newest: int) -> None:
    later, earlier = (
        make_citation(number, title="x", abstract="Minoxidil and hair.", year=year)
        for number, year in ((1, newest), (2, newest - 1))
    )
    assert order(earlier, later) == [make_pmid(1), make_pmid(2)]


@pytest.mark.parametrize("abstract", ["", "Minoxidil " * 500, "Ω", "Hair density."])
def test_every_feature_lies_between_zero_and_one(abstract: str) -> None:
    features = measure_features(ask(CLAIM), plan(), make_citation(1, abstract=abstract), 2020)
    assert all(0 <= float(getattr(features, name)) <= 1 for name in WEIGHTS)


def test_a_record_found_by_words_alone_must_say_most_of_the_claim() -> None:
    assert bears_on(ask(CLAIM), plan(), make_citation(1, abstract="Minoxidil increased hair density."))
    assert not bears_on(ask(CLAIM), plan(), make_citation(1, title="y", abstract="Nails were increased."))
