"""The audit trail: who did what to which record, in words that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditAction(StrEnum):
    """``subject:object:past_participle``; permanent."""

    VERSION_INGESTED = "article:version:ingested"
    CLAIM_RESTORED = "article:claim:restored"
    CLAIM_DISMISSED = "article:claim:dismissed"
    SEARCH_BEGUN = "article:search:begun"
    SEARCH_ABANDONED = "article:search:abandoned"
    CLAIM_SEARCHED = "claim:evidence:searched"
    SEARCH_FAILED = "claim:evidence:failed"
    CITATION_ATTACHED = "claim:citation:attached"
    CITATION_JUDGED = "claim:citation:judged"
    CLAIM_GRADED = "claim:grade:recorded"
    REPORT_EXPORTED = "article:report:exported"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail. ``actor`` is a name as it stood then; ``values`` are told in words."""

    at: datetime
    actor: str
    action: AuditAction
    subject: str
    values: tuple[tuple[str, str], ...] = ()
