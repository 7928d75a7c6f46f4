from __future__ import annotations

import pytest

from claims.errors import QueryError
from claims.evidence.query import build_plan
from claims.evidence.syntax import And, Node, list_terms, parse_query
from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language
from claims.records.retrieval import Rung, SearchPlan, Slot

LEXICON = load_lexicon()


def plan(text: str, theme: str = "", heading: str = "", read_as: str = "") -> SearchPlan:
    language = Language.EN if text.isascii() else Language.JA
    return build_plan(text, theme, heading, language, LEXICON, read_as)


def queries(search: SearchPlan) -> dict[Rung, str]:
    return {query.rung: query.text for query in search.ladder}


def english_in(search: SearchPlan, slot: Slot) -> list[str]:
    return [concept.english[0] for concept in search.concepts if concept.slot is slot]


def phrases(tree: Node) -> set[str]:
    return {term.text for term in list_terms(tree)}


def test_concepts_stand_in_their_slots_and_slots_are_anded() -> None:
    search = plan("ミノキシジルは男性型脱毛症の毛髪密度を改善する")
    assert english_in(search, Slot.INTERVENTION) == ["minoxidil"]
    assert english_in(search, Slot.CONDITION) == ["androgenetic alopecia"]
    strict = parse_query(queries(search)[Rung.STRICT])
    assert isinstance(strict, And)
    assert {"Minoxidil", "Alopecia", "hair densit"} <= phrases(strict)


def test_coordinated_terms_are_ored_inside_their_slot() -> None:
    strict = queries(plan("PRPやエクソソームは薄毛に有効である"))[Rung.STRICT]
    assert '"Platelet-Rich Plasma"[Mesh] OR' in strict
    assert 'OR "Exosomes"[Mesh]' in strict


def test_the_condition_is_inherited_from_the_nearest_text_above() -> None:
    search = plan("ミノキシジルは成長期を維持する", theme="薄毛の治療", heading="円形脱毛症の場合")
    inherited = [concept for concept in search.concepts if concept.inherited]
    assert [concept.english[0] for concept in inherited] == ["alopecia areata"]


def test_a_condition_of_its_own_is_not_replaced() -> None:
    search = plan("ミノキシジルは円形脱毛症に効く", theme="薄毛")
    assert english_in(search, Slot.CONDITION) == ["alopecia areata"]


def test_what_only_the_stand_alone_wording_names_counts_as_inherited() -> None:
    search = plan("炎症を抑える", read_as="エクソソームは炎症を抑える")
    by_name = {concept.english[0]: concept.inherited for concept in search.concepts}
    assert by_name == {"inflammation": False, "exosomes": True}


def test_what_something_is_compared_with_goes_to_its_own_slot() -> None:
    search = plan("デュタステリドはフィナステリドより薄毛に有効である")
    assert english_in(search, Slot.INTERVENTION) == ["dutasteride"]
    assert english_in(search, Slot.COMPARATOR) == ["finasteride"]


def test_the_topic_of_a_sentence_without_an_intervention_is_its_exposure() -> None:
    search = plan("歯周病は2型糖尿病を悪化させる")
    assert english_in(search, Slot.INTERVENTION) == ["periodontitis"]
    assert english_in(search, Slot.CONDITION) == ["type 2 diabetes"]


def test_what_was_inherited_is_dropped_before_what_the_sentence_names() -> None:
    relaxed = queries(plan("乳酸はヒストン修飾を変える", theme="薄毛"))[Rung.RELAXED]
    assert "histone modification" in relaxed
    assert "hair loss" not in relaxed


def test_the_ladder_ends_with_a_search_against_the_claim() -> None:
    search = plan("ミノキシジルは薄毛に有効である")
    assert search.ladder[-1].rung is Rung.COUNTER
    assert '"no significant difference"[tiab]' in search.ladder[-1].text
    assert "minoxidil" in search.ladder[-1].text


@pytest.mark.parametrize("text", ["お気軽にご相談ください", "Is it so?", "土壌が荒れる", ""])
def test_a_claim_without_a_concept_is_refused_instead_of_searched(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text, theme="薄毛")
    assert refusal.value.code == "no_concept"


def test_words_that_nothing_maps_are_told() -> None:
    assert "竜骨牡蠣湯" in plan("竜骨牡蠣湯は炎症を抑える").unmapped


@pytest.mark.parametrize(
    "text",
    [
        "HIF-1α stabilization increases hair growth",
        "Exosomes do not change M1 macrophages",
        "0-dimensional biomaterials lack inductive properties.",
        "HIF-1αの安定化は解糖系を促進する",
        "毛包が5α還元酵素を発現する",
    ],
)
def test_every_rung_is_valid_syntax(text: str) -> None:
    search = plan(text)
    assert search.ladder
    for query in search.ladder:
        assert list_terms(parse_query(query.text))


def test_the_plan_records_the_version_of_the_tables() -> None:
    assert plan("薄毛").lexicon_version == LEXICON.version
