"""What speaks for a record saying enough about a claim, and for which way it points: named features."""

from __future__ import annotations

from collections.abc import Sequence

from claims.ranking.coverage import cover_terms, share_covered
from claims.ranking.question import Question
from claims.stance.abstract import Abstract
from claims.stance.changes import find_changes, find_claimed_changes
from claims.stance.direction_features import compare_changes
from claims.stance.sentence_features import Features
from claims.text.numbers import find_written_numbers

# The sentences that are compared, and those whose relevance is summed.
COMPARED, SUMMED = 3, 4


def measure_sufficiency(question: Question, abstract: Abstract, relevance: Sequence[float]) -> Features:
    """Whether the record says enough to take a stance: cover, sentences that bear on the claim, numbers.

    ``relevance`` is each sentence's probability to bear on the claim.
    """
    best = [abstract.sentences[at] for at in _find_best(relevance)[:COMPARED]]
    told = find_written_numbers(" ".join(sentence.text for sentence in best))
    everywhere = find_written_numbers(" ".join([abstract.title, *(s.text for s in abstract.sentences)]))
    asked, numbers = question.asked, question.numbers
    return {
        "cover": share_covered(asked, cover_terms(asked, abstract.stems)),
        "title_cover": share_covered(asked, cover_terms(asked, abstract.title_stems)),
        "sentences": sum(sorted(relevance)[-SUMMED:]),
        "numbers_told": len(numbers & told) / len(numbers) if numbers else 0.0,
        "number_lacking": float(bool(numbers - everywhere)),
    }


def measure_direction(question: Question, abstract: Abstract, relevance: Sequence[float]) -> Features:
    """Which way the record points: the best sentence against the claim (``best_``), and the mean of the best
    three, each by its relevance (``mean_``). Empty where there is no sentence."""
    claim = find_claimed_changes(question)
    best = _find_best(relevance)[:COMPARED]
    compared = [
        compare_changes(question, claim, find_changes(abstract.sentences[at].text, question.asked))
        for at in best
    ]
    if not compared:
        return {}
    total = sum(relevance[at] for at in best) or 1.0
    features = {f"best_{name}": value for name, value in compared[0].items()}
    for name in compared[0]:
        weighed = [relevance[at] * other[name] for at, other in zip(best, compared, strict=True)]
        features[f"mean_{name}"] = sum(weighed) / total
    return features


def _find_best(relevance: Sequence[float]) -> list[int]:
    return sorted(range(len(relevance)), key=lambda at: (-relevance[at], at))
