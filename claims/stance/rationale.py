"""The sentences of an abstract that bear on a claim."""

from __future__ import annotations

from collections.abc import Sequence

from claims.ranking.question import Question
from claims.records.citation import Pmid
from claims.records.rationale import Rationale
from claims.stance.abstract import Abstract
from claims.stance.sentence_features import measure_sentences
from claims.stance.weights import load_weights

MOST_SENTENCES = 3
ENOUGH, ENOUGH_OF_BEST = 0.12, 0.4


def weigh_sentences(question: Question, abstract: Abstract) -> list[float]:
    """For each sentence the probability that it bears on the claim; 0 where it shares no word with it."""
    weights = load_weights("rationale")
    return [
        weights.find_probability(features) if features["cover"] else 0.0
        for features in measure_sentences(question, abstract)
    ]


def find_rationales(pmid: Pmid, abstract: Abstract, relevance: Sequence[float]) -> tuple[Rationale, ...]:
    """The one to three sentences that bear most on the claim, in the abstract's order.

    Empty where no sentence shares a word with the claim. The best sentence is given however weak it is.
    """
    order = sorted(range(len(relevance)), key=lambda at: (-relevance[at], at))[:MOST_SENTENCES]
    if not order or not relevance[order[0]]:
        return ()
    enough = max(ENOUGH, ENOUGH_OF_BEST * relevance[order[0]])
    taken = sorted({order[0], *(at for at in order if relevance[at] >= enough)})
    found = [abstract.sentences[at] for at in taken]
    return tuple(Rationale(pmid, sentence.text, sentence.start, sentence.end) for sentence in found)
