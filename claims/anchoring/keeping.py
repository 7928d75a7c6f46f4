"""An untouched claim in its new place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.anchoring.cutting import CutArticle
from claims.anchoring.likeness import ALIKE_IN_PLACE, measure_likeness, read_grams
from claims.records.claim import Claim
from claims.records.lineage import FormerClaim


@dataclass(frozen=True, slots=True)
class Kept:
    """The claim as it now stands. ``reread``: what completes its words is not what it was."""

    claim: Claim
    reread: bool


def carry_claim(
    former: FormerClaim, before: CutArticle, after: CutArticle, covered: range, first: int
) -> Kept | None:
    """The claim at ``after``'s units from ``first`` on, which read like those ``covered`` in ``before``.

    Text, type and certainty are what they were. The stand-alone wording follows the article where that now
    completes the words otherwise, unless a person worded it. ``None`` where the claim is a part of a unit
    whose marks or line breaks changed, so that its place in it cannot be told.
    """
    span = _shift_span(former.claim, before, after, covered, first)
    if span is None:
        return None
    place = after.units[first].place
    read_as, context, reread = _read_again(former, before, after, covered, first)
    standing = replace(
        former.claim,
        start=span[0],
        end=span[1],
        section=place.section,
        theme=place.theme,
        heading=place.heading,
        read_as=read_as,
        context=context,
        wording_risks=after.wordings.find(*span),
    )
    return Kept(standing, reread)


def _shift_span(
    claim: Claim, before: CutArticle, after: CutArticle, covered: range, first: int
) -> tuple[int, int] | None:
    old_first, old_last = before.units[covered[0]].unit, before.units[covered[-1]].unit
    new_first, new_last = after.units[first].unit, after.units[first + len(covered) - 1].unit
    if (claim.start, claim.end) == (old_first.start, old_last.end):
        return new_first.start, new_last.end
    old_words = before.article.text[old_first.start : old_last.end]
    if old_words != after.article.text[new_first.start : new_last.end]:
        return None
    shift = new_first.start - old_first.start
    return claim.start + shift, claim.end + shift


def _read_again(
    former: FormerClaim, before: CutArticle, after: CutArticle, covered: range, first: int
) -> tuple[str, str, bool]:
    """The stand-alone wording, its context, and whether what completes the words changed.

    Both versions are read by the same extractor: an extractor that learned something rereads nothing.
    """
    claim = former.claim
    was = before.read_claims(covered[0], covered[-1])
    now = after.read_claims(first, first + len(covered) - 1)
    readings = [reading.read_as for reading in was]
    renewed = [reading.read_as for reading in now]
    if readings == renewed:
        sections = before.units[covered[0]].place.section, after.units[first].place.section
        return claim.read_as, claim.context, _lost_section(claim.text, *sections)
    if former.reading_by_hand:
        return claim.read_as, claim.context, True
    number = readings.index(claim.read_as) if claim.read_as in readings else 0
    chosen = now[min(number, len(now) - 1)]
    return chosen.read_as, chosen.context, True


def _lost_section(text: str, was: str, now: str) -> bool:
    """Whether words that name nothing of their section now stand under quite another one.

    >>> _lost_section("副作用はありません。", "ミノキシジル", "フィナステリド")
    True
    >>> _lost_section("ミノキシジルは安全です。", "ミノキシジル", "フィナステリド")
    False
    """
    if was == now:
        return False
    grams = read_grams(was)
    named = grams & read_grams(text)
    return bool(grams) and not named and measure_likeness(grams, read_grams(now)) < ALIKE_IN_PLACE
