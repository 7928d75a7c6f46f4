"""Words that an article had before and has again: the claim that they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from claims.records.claim import Claim
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim


def find_returning(claims: Sequence[Claim], earlier: Sequence[ReviewClaim]) -> list[ReviewClaim | None]:
    """For each claim the earlier one that had its text, each once, or ``None``.

    The one that was read the same comes first, then the latest. One of several readings of a sentence comes
    back for its own reading only.
    """
    known: defaultdict[str, list[ReviewClaim]] = defaultdict(list)
    for candidate in sorted(earlier, key=lambda candidate: candidate.id):
        known[candidate.claim.text].append(candidate)
    found: list[ReviewClaim | None] = []
    for claim in claims:
        same = [
            candidate
            for candidate in known[claim.text]
            if candidate.claim.read_as == claim.read_as or HandStep.SPLIT not in candidate.by_hand
        ]
        best = max(same, key=lambda c: (c.claim.read_as == claim.read_as, c.id), default=None)
        if best is not None:
            known[claim.text].remove(best)
        found.append(best)
    return found


def stand_again(earlier: ReviewClaim, now: Claim) -> Claim:
    """The earlier claim at the place of ``now``: typed and, where a person worded it, read as it was."""
    by_hand = HandStep.REWORDED in earlier.by_hand
    reading = earlier.claim if by_hand else now
    return replace(now, type=earlier.claim.type, read_as=reading.read_as, context=reading.context)
