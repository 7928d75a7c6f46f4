"""Precision, recall and strict F1 of extracted claims, by overlap of offsets.

The definitions are those of the project's shared scorer, of which this is the part for rows that all have
offsets: a gold claim is found when half of it is covered; strict counts one-to-one matches whose shorter
side is at least 60 % of the longer. What is marked neither claim nor optional is no claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.records.claim import Certainty, Claim
from training.labelled_articles import Gold

_COVER, _FULL = 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over articles; the shares are read from them."""

    predicted: int
    right: int
    tight: int
    claims: int
    found: int
    full: int
    typed: int
    typed_lenient: int
    negated_right: int
    missed: tuple[Gold, ...]
    false: tuple[Claim, ...]
    mistyped: tuple[tuple[Claim, Gold], ...]

    @property
    def strict_f1(self) -> float:
        """The harmonic mean over one-to-one matches."""
        return _f1(_share(self.tight, self.predicted), _share(self.full, self.claims))

    @property
    def precision(self) -> float:
        """The share of the predicted claims that are right."""
        return _share(self.right, self.predicted)

    @property
    def recall(self) -> float:
        """The share of the gold claims that were found."""
        return _share(self.found, self.claims)

    @property
    def type_accuracy(self) -> float:
        """The share of the found claims that have the gold type."""
        return _share(self.typed, self.found)

    @property
    def lenient_type_accuracy(self) -> float:
        """The share of the found claims that have the gold or an accepted type."""
        return _share(self.typed_lenient, self.found)

    @property
    def polarity_accuracy(self) -> float:
        """The share of the found claims whose polarity is right."""
        return _share(self.negated_right, self.found)


def score_claims(gold: tuple[Gold, ...], claims: tuple[Claim, ...]) -> Score:
    """The score of one article's claims against its gold rows."""
    right = [claim for claim in claims if any(_matches(claim, row) for row in gold)]
    tight = [claim for claim in claims if any(_is_full(claim, row) for row in gold)]
    wanted = [row for row in gold if not row.optional]
    found = {row: claim for row in wanted if (claim := _find_best(row, claims)) is not None}
    typed = [row for row, claim in found.items() if claim.type is row.types[0]]
    lenient = [row for row, claim in found.items() if claim.type in row.types]
    polar = [row for row, claim in found.items() if (claim.certainty is Certainty.NEGATED) is row.negated]
    return Score(
        predicted=len(claims),
        right=len(right),
        tight=len(tight),
        claims=len(wanted),
        found=len(found),
        full=sum(1 for row, claim in found.items() if _is_full(claim, row)),
        typed=len(typed),
        typed_lenient=len(lenient),
        negated_right=len(polar),
        missed=tuple(row for row in wanted if row not in found),
        false=tuple(claim for claim in claims if claim not in right),
        mistyped=tuple((claim, row) for row, claim in found.items() if claim.type not in row.types),
    )


def add_scores(scores: Iterable[Score]) -> Score:
    """The micro score: counts added."""
    rows = list(scores)
    return Score(
        predicted=sum(row.predicted for row in rows),
        right=sum(row.right for row in rows),
        tight=sum(row.tight for row in rows),
        claims=sum(row.claims for row in rows),
        found=sum(row.found for row in rows),
        full=sum(row.full for row in rows),
        typed=sum(row.typed for row in rows),
        typed_lenient=sum(row.typed_lenient for row in rows),
        negated_right=sum(row.negated_right for row in rows),
        missed=tuple(gold for row in rows for gold in row.missed),
        false=tuple(claim for row in rows for claim in row.false),
        mistyped=tuple(pair for row in rows for pair in row.mistyped),
    )


def _find_best(row: Gold, claims: tuple[Claim, ...]) -> Claim | None:
    """The claim most like the row, if all claims together cover half of it."""
    if sum(_overlap(claim, row) for claim in claims) < _COVER * (row.end - row.start):
        return None
    return max(
        (claim for claim in claims if _matches(claim, row)), key=lambda c: _similarity(c, row), default=None
    )


def _overlap(claim: Claim, row: Gold) -> int:
    return max(0, min(claim.end, row.end) - max(claim.start, row.start))


def _similarity(claim: Claim, row: Gold) -> float:
    return _overlap(claim, row) / max(claim.end - claim.start, row.end - row.start)


def _matches(claim: Claim, row: Gold) -> bool:
    shared = _overlap(claim, row)
    return shared >= _COVER * (row.end - row.start) or shared >= _COVER * (claim.end - claim.start)


def _is_full(claim: Claim, row: Gold) -> bool:
    lengths = claim.end - claim.start, row.end - row.start
    covers = _overlap(claim, row) >= _COVER * lengths[1]
    return covers and min(lengths) >= _FULL * max(lengths)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
