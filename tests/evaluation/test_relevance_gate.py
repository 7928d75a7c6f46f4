"""On our own pairs, which the weights never saw: evidence is on topic, another claim's record is not."""

from __future__ import annotations

from functools import cache

from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.ranking.question import ask_claim
from claims.records.citation import Citation
from claims.records.rationale import Stance
from claims.search.query import build_plan
from claims.stance.abstract import read_abstract
from claims.stance.relevance import ON_TOPIC_FROM, find_relevance
from tests.evaluation.stance_pairs import Pair, load_pairs


def weigh(pair: Pair, citation: Citation) -> float:
    lexicon = load_lexicon()
    claim = read_statement(pair.claim, pair.language)
    plan = build_plan(claim.text, "", "", pair.language, lexicon, claim.read_as)
    question = ask_claim(claim, pair.language, lexicon)
    return find_relevance(question, plan, read_abstract(citation), citation) or 0.0


@cache
def list_strangers() -> tuple[tuple[Pair, Citation], ...]:
    """Each claim beside every abstract that none of the claims on its own abstract shares."""
    pairs = load_pairs()
    records = {pair.citation.pmid: pair.citation for pair in pairs}
    return tuple(
        (pair, record) for pair in pairs for pmid, record in records.items() if pmid != pair.citation.pmid
    )


def test_every_record_that_supports_or_refutes_is_on_topic() -> None:
    evidence = [pair for pair in load_pairs() if pair.stance is not Stance.NOT_ENOUGH_INFO]
    assert len(evidence) > 30
    assert min(weigh(pair, pair.citation) for pair in evidence) >= 3 * ON_TOPIC_FROM


def test_hardly_any_record_of_another_claim_is_on_topic() -> None:
    strangers = list_strangers()
    found = [pair.claim for pair, record in strangers if weigh(pair, record) >= ON_TOPIC_FROM]
    assert len(found) <= 0.01 * len(strangers), found
