"""What somebody is still writing: nobody's word yet, and shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """The comment of one person at one claim, as its field was left last."""

    claim_id: int
    name: str
    text: str
    kept_at: datetime
