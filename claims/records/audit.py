"""The audit trail: who did what to which record, in words that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditAction(StrEnum):
    """``subject:object:past_participle``; permanent."""

    VERSION_INGESTED = "article:version:ingested"
    ORIGINAL_KEPT = "article:original:kept"
    CLAIM_ANCHORED = "article:claim:anchored"
    CLAIM_ADDED = "article:claim:added"
    CLAIM_MERGED = "article:claim:merged"
    CLAIM_SPLIT = "article:claim:split"
    CLAIM_RETYPED = "article:claim:retyped"
    CLAIM_REWORDED = "article:claim:reworded"
    CLAIM_RESTORED = "article:claim:restored"
    CLAIM_DISMISSED = "article:claim:dismissed"
    STEP_PROPOSED = "article:step:proposed"
    PROPOSAL_REJECTED = "article:step:rejected"
    REFERENCES_READ = "article:references:read"
    REFERENCES_IMPORTED = "article:references:imported"
    REFERENCES_CHECKED = "article:references:checked"
    SEARCH_BEGUN = "article:search:begun"
    SEARCH_ABANDONED = "article:search:abandoned"
    CLAIM_SEARCHED = "claim:evidence:searched"
    SEARCH_FAILED = "claim:evidence:failed"
    CITATION_ATTACHED = "claim:citation:attached"
    STANDING_CHANGED = "claim:citation:rechecked"
    STANDINGS_RECHECKED = "article:citations:rechecked"
    WORDING_APPROVED = "claim:wording:approved"
    WORDING_WITHDRAWN = "claim:wording:withdrawn"
    WORDING_USED = "claim:wording:used"
    REVIEW_NEEDED = "claim:review:needed"
    REVIEW_NOT_NEEDED = "claim:review:cleared"
    REVIEW_DAY_SET = "article:review_day:set"
    NEW_RECORDS_FOUND = "claim:new_record:found"
    NEW_RECORD_ANSWERED = "claim:new_record:answered"
    LIVING_BEGUN = "site:living:begun"
    LIVING_ENDED = "site:living:ended"
    RECHECK_BEGUN = "site:recheck:begun"
    RECHECK_ENDED = "site:recheck:ended"
    RETRACTIONS_IMPORTED = "site:retractions:imported"
    DOCUMENT_ENTERED = "claim:document:entered"
    DOCUMENT_JUDGED = "claim:document:judged"
    CITATION_JUDGED = "claim:citation:judged"
    LEVEL_OVERRIDDEN = "claim:level:overridden"
    GUIDELINE_ENTERED = "claim:guideline:entered"
    CLAIM_GRADED = "claim:grade:recorded"
    STEP_TAKEN_BACK = "claim:step:taken_back"
    VIEW_WRITTEN = "claim:view:written"
    CLAIM_ADJUDICATED = "claim:conflict:adjudicated"
    CLAIM_REOPENED = "claim:review:reopened"
    REVIEW_ASSIGNED = "article:review:assigned"
    CLAIM_ASSIGNED = "claim:review:assigned"
    FLAG_RAISED = "claim:flag:raised"
    FLAG_ANSWERED = "claim:flag:answered"
    FLAG_RESOLVED = "claim:flag:resolved"
    REPLY_WRITTEN = "claim:reply:written"
    CLAIM_KEPT = "claim:grade:kept"
    VERSION_OPENED = "article:version:opened"
    CHANGES_REQUESTED = "article:version:returned"
    VERSION_APPROVED = "article:version:approved"
    VERSION_PUBLISHED = "article:version:published"
    VERSION_WITHDRAWN = "article:version:withdrawn"
    EFFORT_RECORDED = "claim:effort:recorded"
    INTERESTS_DECLARED = "article:interests:declared"
    ACCOUNT_CREATED = "site:account:created"
    ACCOUNT_CHANGED = "site:account:changed"
    PASSWORD_CHANGED = "site:password:changed"
    NAMING_ALLOWED = "site:naming:allowed"
    NAMING_REFUSED = "site:naming:refused"
    PRACTICE_ENDED = "site:practice:ended"
    KEY_KEPT = "site:key:kept"
    KEY_REMOVED = "site:key:removed"
    MAILING_CHANGED = "site:mailing:changed"
    SIGN_IN_OPENED = "site:sign_in:opened"
    SIGN_IN_REFUSED = "site:sign_in:refused"
    SIGN_IN_ENDED = "site:sign_in:ended"
    ACCESS_REFUSED = "site:access:refused"
    REPORT_EXPORTED = "article:report:exported"
    BACKUP_MADE = "site:backup:made"
    BACKUP_RESTORED = "site:backup:restored"
    SECRET_ADOPTED = "site:secret:adopted"
    TRAIL_SEALED = "site:trail:sealed"
    WORDING_RULES_CHANGED = "site:wording_rules:changed"
    REVIEW_RULES_CHANGED = "site:review_rules:changed"
    TERM_ADDED = "lexicon:term:added"
    TERM_REMOVED = "lexicon:term:removed"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail. ``actor`` is a name as it stood then; ``values`` are told in words."""

    at: datetime
    actor: str
    action: AuditAction
    subject: str
    values: tuple[tuple[str, str], ...] = ()
