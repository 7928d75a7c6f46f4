"""What becomes of claims when an article is revised, or when people merge and split them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.records.claim import Claim, DroppedUnit


class Relation(StrEnum):
    """How claims of one version came out of those of the version before; permanent.

    An unchanged or moved claim is the same claim: its text is untouched. Every other relation ends former
    claims and begins new ones, and only ``new`` begins one out of nothing.
    """

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    NEW = "new"

    @property
    def keeps_claim(self) -> bool:
        """Whether the claim lives on as it is, with all that was said of it."""
        return self in (Relation.UNCHANGED, Relation.MOVED)


class HandStep(StrEnum):
    """What a person made of a claim; permanent. It outweighs what the extractor makes of the same words."""

    ADDED = "added"
    RESTORED = "restored"
    MERGED = "merged"
    SPLIT = "split"
    RETYPED = "retyped"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class FormerClaim:
    """A claim of the version before. ``worked_on``: a person graded, judged, dismissed or changed it.

    ``reading_by_hand``: its stand-alone wording is a person's.
    """

    id: int
    claim: Claim
    worked_on: bool = False
    reading_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """One relation: the former claims it takes, by number, and the claims that now stand for them.

    Unchanged, moved, reworded: one and one. Split: one and several. Merged: several and one. Removed: one
    and none. New: none and one. ``reread``: the words are untouched, and what completes them is not (another
    heading, another sentence before): what was said of the claim was said of another reading.
    """

    relation: Relation
    former: tuple[int, ...]
    claims: tuple[Claim, ...]
    reread: bool = False


@dataclass(frozen=True, slots=True)
class Anchoring:
    """A revised article's claims, each in exactly one anchor, and the units that became none.

    Every former claim is in exactly one anchor too.
    """

    anchors: tuple[Anchor, ...]
    dropped: tuple[DroppedUnit, ...]


@dataclass(frozen=True, slots=True)
class Descent:
    """A line between a former claim and one that came of it, in the version where that happened.

    ``former_id`` is ``None`` for a new claim, ``claim_id`` for a removed one; both are the same number for
    a claim that is unchanged or moved. ``by_hand`` when a person did it within the version.
    """

    version_id: int
    relation: Relation
    former_id: int | None
    claim_id: int | None
    by_hand: bool = False
