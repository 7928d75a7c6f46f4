"""How much work a claim took: measured where the house's settings have it measured, open to whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Effort:
    """One visit of one person to one claim: seconds on its page, and keys or buttons pressed there."""

    claim_id: int
    name: str
    seconds: float
    actions: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class EffortSum:
    """All visits of one person to one claim together."""

    claim_id: int
    name: str
    seconds: float
    actions: int
    visits: int
