"""A step that one person proposes and a second one confirms, since it would undo what another settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProposedStep(StrEnum):
    """What can be proposed; permanent."""

    DISMISS = "dismiss"
    RETYPE = "retype"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step on claims of a version as they were at these revisions; it is kept with a number.

    ``words`` are the reason of a dismissal, the new type, or the readings of a split; a merger has none.
    """

    version_id: int
    claim_ids: tuple[int, ...]
    revisions: tuple[int, ...]
    step: ProposedStep
    words: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    id: int = 0
