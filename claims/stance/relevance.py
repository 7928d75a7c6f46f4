"""How likely a record is on a claim's topic: what it names of the claim, weighed by a fitted table."""

from __future__ import annotations

from claims.ranking.coverage import cover_terms, list_descriptors, names_concept, share_covered
from claims.ranking.question import Question
from claims.records.citation import Citation
from claims.records.retrieval import SearchPlan
from claims.search.requiring import group_alternatives
from claims.stance.abstract import Abstract
from claims.stance.sentence_features import Features
from claims.stance.weights import load_weights

# A record below this is related at most: it names some of the claim and is not about it. ADR 0036 has what
# each threshold gives on claims that were not fitted on.
ON_TOPIC_FROM = 0.2


def find_relevance(
    question: Question, plan: SearchPlan, abstract: Abstract, citation: Citation
) -> float | None:
    """0 to 1: how likely the record is on the claim's topic; ``abstract`` is the record's, read.

    ``None`` where nothing of the claim can be read: then there is nothing to measure by.
    """
    if not any(term.spellings for term in question.asked):
        return None
    features = measure_relevance(question, plan, abstract, citation)
    return load_weights("relevance").find_probability(features)


def measure_relevance(
    question: Question, plan: SearchPlan, abstract: Abstract, citation: Citation
) -> Features:
    """What the record names of the claim, each 0 to 1.

    ``cover``: of all its terms, rare ones counting more; ``rarest`` and ``second``: of its rarest two;
    ``sentence``: what one sentence names at best; ``required``: the share of the concepts without which a
    record cannot bear on the claim, alternatives being one.
    """
    asked = question.asked
    covers = cover_terms(asked, abstract.stems)
    by_weight = sorted(range(len(asked)), key=lambda at: -asked[at].weight)
    rarest, second = (covers[by_weight[min(place, len(asked) - 1)]] if asked else 0.0 for place in (0, 1))
    cover = share_covered(asked, covers)
    sentences = (share_covered(asked, cover_terms(asked, one.known)) for one in abstract.sentences)
    return {
        "cover": cover,
        "rarest": rarest,
        "second": second,
        "sentence": max(sentences, default=0.0),
        "required": _share_required(plan, abstract, citation, otherwise=cover),
    }


def _share_required(plan: SearchPlan, abstract: Abstract, citation: Citation, otherwise: float) -> float:
    """The share of the required groups that the record names; ``otherwise`` where the plan requires none."""
    stems, descriptors = abstract.stems, list_descriptors(citation)
    groups = [group for group in group_alternatives(plan.concepts) if any(one.required for one in group)]
    named = sum(any(names_concept(one, stems, descriptors) for one in group) for group in groups)
    return named / len(groups) if groups else otherwise
