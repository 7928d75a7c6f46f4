"""How a citation's sentences bear on a claim: rules that abstain rather than guess."""

from __future__ import annotations

from collections.abc import Sequence

from claims.ranking.question import Question
from claims.records.rationale import Rationale, Stance, SuggestedStance
from claims.text.english import split_words, stem_words

STANCE_VERSION = "stance-rules-1"
# Less of the question than this in the sentences: they speak of something else.
ENOUGH_COVERED = 0.5

_UP = frozenset(
    [
        "increas",
        "enhanc",
        "improv",
        "promot",
        "elev",
        "higher",
        "greater",
        "rais",
        "induc",
        "stimul",
        "activ",
        "more",
        "upregul",
    ]
)
_DOWN = frozenset(
    [
        "decreas",
        "reduc",
        "lower",
        "inhibit",
        "suppress",
        "attenu",
        "declin",
        "diminish",
        "prevent",
        "less",
        "fewer",
        "impair",
    ]
)
_DENIALS = (
    "no significant", "not significant", "no difference", "not differ", "no effect", "did not", "does not",
    "was not", "were not", "not associated", "no association", "no evidence", "failed to", "no benefit",
    "is not", "are not", "lack of",
)  # fmt: skip


def suggest_stance(question: Question, rationales: Sequence[Rationale]) -> SuggestedStance:
    """What the sentences suggest about the question, with a confidence between 0 and 1."""
    text = " ".join(rationale.text for rationale in rationales)
    stems = set(stem_words(text))
    total = sum(question.weights.values())
    covered = (
        sum(weight for stem, weight in question.weights.items() if stem in stems) / total if total else 0.0
    )
    if covered < ENOUGH_COVERED:
        return SuggestedStance(Stance.NOT_ENOUGH_INFO, round(1 - covered, 2), STANCE_VERSION)
    against = _denies(text) != question.negated or _points_away(question, stems)
    stance = Stance.REFUTES if against else Stance.SUPPORTS
    return SuggestedStance(stance, round(min(0.9, covered * 0.8), 2), STANCE_VERSION)


def _denies(text: str) -> bool:
    words = " ".join(split_words(text))
    return any(f" {denial} " in f" {words} " for denial in _DENIALS)


def _points_away(question: Question, stems: set[str]) -> bool:
    asked = set(question.weights)
    for one, other in ((_UP, _DOWN), (_DOWN, _UP)):
        if asked & one and not asked & other and stems & other and not stems & one:
            return True
    return False
