"""How certain a sentence puts what it says."""

from __future__ import annotations

from claims.extraction.cues import LONGEST_JUDGED
from claims.records.article import Language
from claims.records.claim import Certainty, ClaimType
from claims.text.denials import find_hedge, is_negated

# What other types say in the negative is an assertion: of safety (副作用はありません), of a rule, of a name.
_CAN_BE_NEGATED = frozenset((ClaimType.EFFICACY, ClaimType.MECHANISM, ClaimType.COMPARISON))


def find_certainty(text: str, kind: ClaimType, language: Language) -> tuple[Certainty, str]:
    """How a claim of this type is put, and the hedge's words ("" where it has none).

    A negated claim denies an effect, a cause or a difference, or says that it is not shown.
    """
    text = text[:LONGEST_JUDGED]
    hedge = find_hedge(text, language)
    if kind in _CAN_BE_NEGATED and is_negated(text, language):
        return Certainty.NEGATED, hedge
    return (Certainty.HEDGED if hedge else Certainty.ASSERTED), hedge
