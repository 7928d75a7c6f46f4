"""What is on a claim's topic: it names what the claim cannot do without, in words or in MeSH."""

from __future__ import annotations

from dataclasses import replace

from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.records.citation import MeshHeading, Term
from claims.records.retrieval import SearchPlan
from claims.search.query import build_plan
from claims.stance.abstract import read_abstract
from claims.stance.relevance import ON_TOPIC_FROM, find_relevance, measure_relevance
from claims.stance.sentence_features import Features
from tests.ranking.asking import ask, record_of

CLAIM = "Minoxidil increases hair density in alopecia."
ABOUT = "Minoxidil increased hair density in alopecia."


def plan_for(claim: str) -> SearchPlan:
    return build_plan(claim, "", "", Language.EN, load_lexicon())


def measure(claim: str, text: str, *descriptors: str) -> Features:
    record = replace(record_of(text), mesh=tuple(MeshHeading(Term(name)) for name in descriptors))
    return measure_relevance(ask(claim), plan_for(claim), read_abstract(record), record)


def weigh(claim: str, text: str) -> float:
    record = record_of(text)
    return find_relevance(ask(claim), plan_for(claim), read_abstract(record), record) or 0.0


def test_a_record_on_the_claim_is_on_topic_and_one_on_half_of_it_is_less_so() -> None:
    half, beside = "Minoxidil lowered blood pressure in rats.", "Nails were counted in patients."
    assert weigh(CLAIM, ABOUT) > weigh(CLAIM, half) > weigh(CLAIM, beside)
    assert weigh(CLAIM, ABOUT) >= ON_TOPIC_FROM > weigh(CLAIM, half)


def test_a_descriptor_names_a_concept_as_its_words_do() -> None:
    words = measure(CLAIM, ABOUT)["required"]
    assert words == 1
    assert measure(CLAIM, "Hair density increased.", "Minoxidil", "Alopecia")["required"] == words
    assert measure(CLAIM, "Hair density increased.")["required"] < words


def test_of_alternatives_one_will_do() -> None:
    claim = "Minoxidil helps in asthma or eczema."
    one = measure(claim, "Minoxidil in asthma.")["required"]
    assert one == measure(claim, "Minoxidil in asthma and in eczema.")["required"] == 1


def test_what_only_widens_a_query_need_not_be_named() -> None:
    record, plan = record_of("Minoxidil was given."), plan_for(CLAIM)
    widening = tuple(replace(one, required=one.source == "Minoxidil") for one in plan.concepts)
    features = measure_relevance(ask(CLAIM), replace(plan, concepts=widening), read_abstract(record), record)
    assert features["required"] == 1
    assert measure(CLAIM, "Minoxidil was given.")["required"] < 1


def test_where_nothing_is_required_the_cover_stands_for_it() -> None:
    record = record_of(ABOUT)
    nothing = SearchPlan((), (), (), "")
    features = measure_relevance(ask(CLAIM), nothing, read_abstract(record), record)
    assert features["required"] == features["cover"] > 0


def test_the_rarest_terms_are_told_apart_from_the_rest() -> None:
    claim = "Sildenafil improves."
    rare, common = measure(claim, "Sildenafil was given."), measure(claim, "It improved.")
    assert (rare["rarest"], rare["second"]) == (1, 0)
    assert (common["rarest"], common["second"]) == (0, 1)
    assert 0 < common["cover"] < rare["cover"] < 1


def test_one_sentence_with_all_of_it_says_more_than_many_with_a_part_each() -> None:
    apart = (
        "Minoxidil was given. Density was measured. Hair was counted. Alopecia was common. Doses increased."
    )
    assert measure(CLAIM, ABOUT)["sentence"] > measure(CLAIM, apart)["sentence"]


def test_by_a_claim_of_which_nothing_is_read_nothing_is_measured() -> None:
    record = record_of(ABOUT)
    assert find_relevance(ask("It is."), plan_for(CLAIM), read_abstract(record), record) is None


def test_a_claim_without_a_term_asks_for_nothing() -> None:
    features = measure_relevance(ask("It is."), plan_for(CLAIM), read_abstract(record_of("")), record_of(""))
    assert set(features.values()) == {0.0}
