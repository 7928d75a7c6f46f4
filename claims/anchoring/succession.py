"""What becomes of each claim of a revised article: it stays, it is back, or it begins, and out of which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.anchoring.returning import find_returning, stand_again
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import Anchor, Anchoring, Descent, HandStep, Relation
from claims.records.review import ReviewClaim


@dataclass(frozen=True, slots=True)
class Successor:
    """A known claim as it reads in the new version.

    ``reread``: what was said of it was said of another reading.
    """

    known: ReviewClaim
    claim: Claim
    reread: bool
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Beginning:
    """A claim that begins in the new version, out of those of its anchor; ``by_hand`` is what it kept."""

    claim: Claim
    status: ClaimStatus
    anchor: Anchor
    by_hand: tuple[HandStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Succession:
    """The claims of the new version: untouched ones, earlier ones whose words are back, and new ones."""

    kept: tuple[Successor, ...]
    back: tuple[Successor, ...]
    begun: tuple[Beginning, ...]


def decide_succession(
    anchoring: Anchoring,
    former: Mapping[int, ReviewClaim],
    stale: Collection[int],
    earlier: Sequence[ReviewClaim],
) -> Succession:
    """Who is who in the new version: ``former`` are the claims before it, by number.

    Untouched claims are the same claims, and so are those of ``earlier`` whose words are back. The others
    begin here, stale where a former one is among ``stale``: somebody graded it. A reworded claim keeps the
    type that a person gave it.
    """
    kept = tuple(
        Successor(former[anchor.former[0]], anchor.claims[0], anchor.reread, anchor)
        for anchor in anchoring.anchors
        if anchor.relation.keeps_claim
    )
    changed = [
        (anchor, claim)
        for anchor in anchoring.anchors
        if not anchor.relation.keeps_claim
        for claim in anchor.claims
    ]
    returning = find_returning([claim for _, claim in changed], earlier)
    paired = list(zip(changed, returning, strict=True))
    return Succession(
        kept,
        tuple(_bring_back(known, claim, anchor) for (anchor, claim), known in paired if known is not None),
        tuple(_begin(claim, anchor, former, stale) for (anchor, claim), known in paired if known is None),
    )


def draw_lines(
    version_id: int, anchoring: Anchoring, came: Sequence[tuple[int, Anchor]]
) -> Iterator[Descent]:
    """Kept claims to themselves, removed ones to nothing, and those that ``came`` from all they came of."""
    for anchor in anchoring.anchors:
        if anchor.relation.keeps_claim:
            yield Descent(version_id, anchor.relation, anchor.former[0], anchor.former[0])
        elif anchor.relation is Relation.REMOVED:
            yield Descent(version_id, anchor.relation, anchor.former[0], None)
    for id, anchor in came:
        for former in anchor.former or (None,):
            yield Descent(version_id, anchor.relation, former, id)


def _bring_back(known: ReviewClaim, now: Claim, anchor: Anchor) -> Successor:
    claim = stand_again(known, now)
    same = claim.read_as == known.claim.read_as and claim.section == known.claim.section
    return Successor(known, claim, not same, anchor)


def _begin(
    claim: Claim, anchor: Anchor, former: Mapping[int, ReviewClaim], stale: Collection[int]
) -> Beginning:
    status = ClaimStatus.STALE if any(id in stale for id in anchor.former) else ClaimStatus.EXTRACTED
    if anchor.relation is Relation.REWORDED:
        (before,) = (former[id] for id in anchor.former)
        if HandStep.RETYPED in before.by_hand:
            typed = replace(claim, type=before.claim.type)
            return Beginning(typed, status, anchor, (HandStep.RETYPED,))
    return Beginning(claim, status, anchor)
