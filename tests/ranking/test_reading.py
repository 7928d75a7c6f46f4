"""What is read from an abstract for a claim: sentences, stance, and when it abstains."""

from __future__ import annotations

from math import isfinite

import pytest

from claims.ranking.idf import weigh_idf
from claims.records.rationale import Stance
from claims.records.retrieval import SearchPlan
from claims.stance.rationale import MOST_SENTENCES, weigh_sentences
from claims.stance.relevance import measure_relevance
from claims.stance.sentence_features import measure_sentences
from claims.stance.stance import ENGLISH_THRESHOLDS, JAPANESE_THRESHOLDS, STANCE_VERSION
from claims.stance.stance_features import measure_direction, measure_sufficiency
from claims.stance.weights import load_weights
from tests.ranking.asking import abstract_of, ask, read, record_of

ABSTRACT = (
    "Biotin is sold for hair. We randomised 110 adults to biotin or placebo. Hair growth rate increased by "
    "12% with minoxidil. Biotin supplementation did not promote hair growth (p = 0.6). Nails were counted."
)
CLAIM = "Biotin supplementation promotes hair growth."


def test_the_sentences_that_bear_on_the_claim_come_in_the_abstracts_order_and_verbatim() -> None:
    rationales = read(CLAIM, ABSTRACT).rationales
    assert "Biotin supplementation did not promote hair growth (p = 0.6)." in [r.text for r in rationales]
    assert 1 <= len(rationales) <= MOST_SENTENCES
    assert [r.start for r in rationales] == sorted(r.start for r in rationales)


def test_what_was_found_weighs_more_than_what_was_asked() -> None:
    abstract = abstract_of(
        "We aimed to test whether biotin promotes hair growth. Biotin promoted hair growth."
    )
    aim, found = weigh_sentences(ask(CLAIM), abstract)
    assert found > aim


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        (CLAIM, Stance.REFUTES),
        ("Minoxidil increases hair growth rate.", Stance.SUPPORTS),
        ("Green tea prevents stroke.", Stance.NOT_ENOUGH_INFO),
        ("緑茶は脳卒中を予防する。", Stance.NOT_ENOUGH_INFO),
        ("ビオチンは発毛を促進する。", Stance.REFUTES),
    ],
)
def test_a_stance_is_told_with_its_probability_and_version(claim: str, stance: Stance) -> None:
    suggested = read(claim, ABSTRACT).stance
    assert suggested.stance is stance
    assert 0 <= suggested.confidence <= 1
    assert suggested.made_by == STANCE_VERSION


@pytest.mark.parametrize("claim", [CLAIM, "土壌に種をまく。", "zzqx"])
def test_nothing_to_read_is_not_enough_and_gives_no_sentence(claim: str) -> None:
    for abstract in ("", " ", "Ωmega."):
        reading = read(claim, abstract)
        assert reading.stance.stance is Stance.NOT_ENOUGH_INFO
        assert reading.rationales == ()


def test_a_claim_read_through_the_lexicon_must_be_surer() -> None:
    assert JAPANESE_THRESHOLDS.supports > ENGLISH_THRESHOLDS.supports
    assert JAPANESE_THRESHOLDS.refutes > ENGLISH_THRESHOLDS.refutes


def test_each_table_weighs_exactly_the_features_that_are_measured() -> None:
    question, abstract = ask(CLAIM), abstract_of(ABSTRACT)
    relevance = weigh_sentences(question, abstract)
    measured = {
        "rationale": measure_sentences(question, abstract)[0],
        "sufficiency": measure_sufficiency(question, abstract, relevance),
        "direction": measure_direction(question, abstract, relevance),
        "relevance": measure_relevance(question, SearchPlan((), (), (), ""), abstract, record_of(ABSTRACT)),
    }
    for table, features in measured.items():
        weights = load_weights(table)
        assert set(weights.by_feature) == set(features)
        assert all(map(isfinite, (weights.intercept, *weights.by_feature.values())))


def test_the_density_of_a_sentence_is_how_much_of_it_is_the_claims() -> None:
    abstract = abstract_of(
        "Biotin promotes hair growth. Nails were counted. Biotin promotes hair growth in nails."
    )
    whole, none, part = (row["density"] for row in measure_sentences(ask(CLAIM), abstract))
    assert (whole, none) == (1, 0)
    assert 0.5 < part < 1


def test_a_word_that_is_everywhere_says_less_than_one_that_is_listed_nowhere() -> None:
    assert weigh_idf("the") < weigh_idf("patient") < weigh_idf("minoxidil")
