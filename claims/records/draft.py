"""What somebody is still writing: nobody's word yet, and shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records.flag import AnswerKind


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person writes in one field of a claim, as it was left last; ``None``: nothing since the last
    was given. ``given_before`` counts what the person gave there before this one.

    ``field`` is the answer or reply that it becomes, ``None`` for the comment of a grade.
    """

    claim_id: int
    name: str
    text: str | None = None
    given_before: int = 0
    field: AnswerKind | None = None
