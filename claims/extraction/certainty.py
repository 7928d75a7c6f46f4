"""How certain a sentence puts what it says."""

from __future__ import annotations

from claims.extraction.cues import LONGEST_JUDGED, TABLES
from claims.records.article import Language
from claims.records.claim import Certainty
from claims.text.patterns import load_patterns


def find_certainty(text: str, language: Language) -> tuple[Certainty, str]:
    """How the sentence puts it, and the hedge's words ("" where it has none).

    A negated sentence says that something is not so; words that only look like a negation
    (かもしれません, だけでなく) do not make one, and 副作用はありません asserts safety.
    """
    text = text[:LONGEST_JUDGED]
    patterns = load_patterns(TABLES / f"certainty_{language.value}.tsv")
    hedge = patterns["hedge"].search(text)
    spared = patterns["not_negation"].sub(lambda match: "◌" * len(match.group()), text)
    words = hedge.group() if hedge else ""
    if patterns["negation"].search(spared):
        return Certainty.NEGATED, words
    return (Certainty.HEDGED, words) if hedge else (Certainty.ASSERTED, "")
