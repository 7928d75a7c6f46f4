"""An untouched claim in its new place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.anchoring.cutting import CutArticle
from claims.extraction.wording import find_wording_risks
from claims.records.claim import Claim
from claims.records.lineage import FormerClaim


@dataclass(frozen=True, slots=True)
class Kept:
    """The claim as it now stands. ``reread``: the article completes its words otherwise than before."""

    claim: Claim
    reread: bool


def keep_claim(
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
    block = after.units[first].unit.block
    read_as, context, reread = _read_again(former, before, after, covered, first)
    standing = replace(
        former.claim,
        start=span[0],
        end=span[1],
        section=block.section,
        theme=block.theme,
        heading=block.heading,
        read_as=read_as,
        context=context,
        wording_risks=find_wording_risks(after.article.text, *span),
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
    """The stand-alone wording, its context, and whether the article's own reading changed.

    Both versions are read by the same extractor: an extractor that learned something rereads nothing.
    """
    claim = former.claim
    was = before.read_claims(covered[0], covered[-1])
    now = after.read_claims(first, first + len(covered) - 1)
    readings = [reading.read_as for reading in was]
    reread = readings != [reading.read_as for reading in now]
    if not reread or former.reading_by_hand:
        return claim.read_as, claim.context, reread
    number = readings.index(claim.read_as) if claim.read_as in readings else 0
    renewed = now[min(number, len(now) - 1)]
    return renewed.read_as, renewed.context, reread
