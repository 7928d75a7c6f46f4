"""The type of a claim, and how certain its sentence is."""

from __future__ import annotations

import re

from claims.extraction.cues import LONGEST_JUDGED, Cues
from claims.extraction.units import Unit
from claims.records.article import BlockKind
from claims.records.claim import Certainty, ClaimType

# What a sentence says at its end weighs more than what it mentions on the way.
_END_LENGTH, _END_FACTOR = 30, 1.35
# A heading speaks for the sentences under it, more softly than their own words.
_HEADING_FACTOR = 0.3
# Rows of a table with several columns compare, the more so where it says that it does.
_TWO_COLUMNS, _ROW, _ROW_NAMED = 2, 2.0, 9.0
_COMPARES = re.compile(r"比較|違い|\bvs\b|versus|compar", re.IGNORECASE)


def find_type(unit: Unit, cues: Cues) -> ClaimType:
    """The type with the most weight of cues; mechanism where nothing speaks for any."""
    text = unit.text[:LONGEST_JUDGED]
    weights: dict[ClaimType, float] = dict.fromkeys(ClaimType, 0.0)
    for cue in cues.types:
        places = [match.end() for match in cue.pattern.finditer(text)]
        if places:
            at_end = places[-1] >= len(text) - _END_LENGTH
            repeated = 1 + 0.15 * min(len(places) - 1, 3)
            weights[cue.type] += cue.weight * repeated * (_END_FACTOR if at_end else 1.0)
        if cue.type is not ClaimType.TESTIMONIAL and cue.pattern.search(unit.block.heading):
            weights[cue.type] += _HEADING_FACTOR * cue.weight
    if unit.block.kind is BlockKind.TABLE_ROW and len(unit.block.columns) > _TWO_COLUMNS:
        named = _COMPARES.search(" ".join((unit.block.heading, *unit.block.columns)))
        weights[ClaimType.COMPARISON] += _ROW_NAMED if named else _ROW
    best = max(weights, key=lambda kind: weights[kind])
    return best if weights[best] > 0 else ClaimType.MECHANISM


def find_certainty(text: str, cues: Cues) -> tuple[Certainty, str]:
    """How the sentence puts it, and the hedge's words ("" where it has none).

    A negated sentence says that something is not so; words that only look like a negation
    (かもしれません, だけでなく) do not make one, and 副作用はありません asserts safety.
    """
    text = text[:LONGEST_JUDGED]
    hedge = cues.patterns["hedge"].search(text)
    spared = cues.patterns["not_negation"].sub(lambda match: "◌" * len(match.group()), text)
    words = hedge.group() if hedge else ""
    if cues.found("negation", spared):
        return Certainty.NEGATED, words
    return (Certainty.HEDGED, words) if hedge else (Certainty.ASSERTED, "")
