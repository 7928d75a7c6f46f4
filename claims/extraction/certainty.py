"""How certain a sentence puts what it says."""

from __future__ import annotations

import re
from functools import cache

from claims.extraction.cues import LONGEST_JUDGED, TABLES
from claims.records.article import Language
from claims.records.claim import Certainty, ClaimType
from claims.text.patterns import join_patterns

# What other types say in the negative is an assertion: of safety (副作用はありません), of a rule, of a name.
_CAN_BE_NEGATED = frozenset((ClaimType.EFFICACY, ClaimType.MECHANISM, ClaimType.COMPARISON))


def find_certainty(text: str, kind: ClaimType, language: Language) -> tuple[Certainty, str]:
    """How a claim of this type is put, and the hedge's words ("" where it has none).

    A negated claim denies an effect, a cause or a difference, or says that it is not shown; words that only
    look like a negation (かもしれません, だけでなく) do not make one.
    """
    text = text[:LONGEST_JUDGED]
    patterns = _load_patterns(language)
    hedge = patterns["hedge"].search(text)
    words = hedge.group() if hedge else ""
    if kind in _CAN_BE_NEGATED and _is_negated(text, patterns):
        return Certainty.NEGATED, words
    return (Certainty.HEDGED, words) if hedge else (Certainty.ASSERTED, "")


def _is_negated(text: str, patterns: dict[str, re.Pattern[str]]) -> bool:
    if not patterns["negation"].search(text):
        return False
    spared = patterns["not_negation"].sub(lambda match: "◌" * len(match.group()), text)
    return patterns["negation"].search(spared) is not None


@cache
def _load_patterns(language: Language) -> dict[str, re.Pattern[str]]:
    table = TABLES / f"certainty_{language.value}.tsv"
    return join_patterns(table, ignore_case=language is Language.EN)
