"""The figures of SciFact: sentences by micro F1, stance by macro F1 over three labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.records.rationale import Rationale, Stance
from training.scifact import Pair


@dataclass(frozen=True, slots=True)
class Decided:
    """What was told of a pair."""

    pair: Pair
    stance: Stance
    rationales: tuple[Rationale, ...]


@dataclass(frozen=True, slots=True)
class StanceScore:
    """Macro F1, and precision and recall of each stance; 0 where a stance was never told."""

    macro_f1: float
    precision: dict[Stance, float]
    recall: dict[Stance, float]

    def __str__(self) -> str:
        shares = (f"{s.value} P {self.precision[s]:.3f} R {self.recall[s]:.3f}" for s in Stance)
        return f"macro F1 {self.macro_f1:.3f}  {'  '.join(shares)}"


def score_stance(told: Sequence[tuple[Stance, Stance]]) -> StanceScore:
    """The score of (gold, told) stances."""
    gold = Counter(one for one, _ in told)
    given = Counter(other for _, other in told)
    right = Counter(one for one, other in told if one is other)
    precision = {stance: _divide(right[stance], given[stance]) for stance in Stance}
    recall = {stance: _divide(right[stance], gold[stance]) for stance in Stance}
    f1 = [_divide(2 * right[stance], gold[stance] + given[stance]) for stance in Stance]
    return StanceScore(sum(f1) / len(f1), precision, recall)


def score_sentences(decided: Sequence[Decided]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the evidence sentences, over the pairs that have any."""
    found = told = gold = 0
    for one in decided:
        if one.pair.gold:
            marked = {n for r in one.rationales for n in match_sentences(one.pair, r.start, r.end)}
            found, told, gold = (
                found + len(marked & one.pair.gold),
                told + len(marked),
                gold + len(one.pair.gold),
            )
    return _divide(found, told), _divide(found, gold), _divide(2 * found, told + gold)


def match_sentences(pair: Pair, start: int, end: int) -> set[int]:
    """The numbers of SciFact's sentences that a span covers by half, or that cover half of it."""
    return {
        number
        for number, (first, last) in enumerate(pair.spans)
        if (shared := min(end, last) - max(start, first)) > 0 and 2 * shared >= min(last - first, end - start)
    }


def _divide(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
