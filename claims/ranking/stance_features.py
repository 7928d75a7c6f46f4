"""What speaks for a record bearing on a claim at all, and for which way it points: named features."""

from __future__ import annotations

from collections.abc import Sequence

from claims.ranking.abstract import Abstract
from claims.ranking.agreement import compare_changes
from claims.ranking.changes import tell_changes, tell_claim
from claims.ranking.coverage import cover_terms, share_covered
from claims.ranking.question import Question, find_numbers
from claims.ranking.sentence_features import Features

# The sentences that are compared, and those whose bearing is summed.
COMPARED, SUMMED = 3, 4


def measure_bearing(question: Question, abstract: Abstract, bearing: Sequence[float]) -> Features:
    """Whether the record speaks of the claim at all: cover, sentences that bear on it, numbers.

    ``bearing`` is each sentence's probability to bear on the claim.
    """
    best = [abstract.sentences[at] for at in _find_best(bearing)[:COMPARED]]
    told = find_numbers(" ".join(sentence.text for sentence in best))
    everywhere = find_numbers(" ".join([abstract.title, *(s.text for s in abstract.sentences)]))
    asked, numbers = question.asked, question.numbers
    return {
        "cover": share_covered(asked, cover_terms(asked, abstract.stems)),
        "title_cover": share_covered(asked, cover_terms(asked, abstract.title_stems)),
        "sentences": sum(sorted(bearing)[-SUMMED:]),
        "numbers_told": len(numbers & told) / len(numbers) if numbers else 0.0,
        "number_lacking": float(bool(numbers - everywhere)),
    }


def measure_agreement(question: Question, abstract: Abstract, bearing: Sequence[float]) -> Features:
    """Which way the record points: the best sentence against the claim (``best_``), and the mean of the best
    three, each by its bearing (``mean_``). Empty where there is no sentence."""
    claim = tell_claim(question)
    best = _find_best(bearing)[:COMPARED]
    compared = [
        compare_changes(question, claim, tell_changes(abstract.sentences[at].text, question.asked))
        for at in best
    ]
    if not compared:
        return {}
    total = sum(bearing[at] for at in best) or 1.0
    features = {f"best_{name}": value for name, value in compared[0].items()}
    for name in compared[0]:
        weighed = [bearing[at] * other[name] for at, other in zip(best, compared, strict=True)]
        features[f"mean_{name}"] = sum(weighed) / total
    return features


def _find_best(bearing: Sequence[float]) -> list[int]:
    return sorted(range(len(bearing)), key=lambda at: (-bearing[at], at))
