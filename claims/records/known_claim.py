"""A settled claim as the claims library keeps it: what a search filters by, and what an offer tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim whose grade stands, since ``settled_at``.

    ``level`` is the lowest evidence level among the citations attached to it, ``None`` where none has one.
    """

    claim_id: int
    grade: SupportGrade
    type: ClaimType
    level: int | None
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class KnownFilter:
    """Which settled claims are asked for; the empty filter lets all through.

    ``level``: of this evidence level or a better (lower) one. ``since``: settled at or after this moment.
    ``substance``, ``condition``: naming all that these words name, in either language; "" for any.
    """

    grade: SupportGrade | None = None
    type: ClaimType | None = None
    level: int | None = None
    since: datetime | None = None
    substance: str = ""
    condition: str = ""
