"""What somebody is still writing: nobody's word yet, and shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """The comment of one person at one claim, as its field was left last; ``None``: nothing since the last
    comment was given. ``given_before`` counts the comments that the person gave here before this one.
    """

    claim_id: int
    name: str
    text: str | None = None
    given_before: int = 0
