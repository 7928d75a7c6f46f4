"""What people make of a claim by hand: dismissed with a reason, brought back, typed or read otherwise.

Each step names the claim as it was seen: one that changed in the meantime is not overwritten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from claims.anchoring import cut_article
from claims.appraisal.clinical_question import find_evidence_question
from claims.appraisal.level import judge_level
from claims.errors import RuleRefused
from claims.extraction import extract_claims
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import ClaimType
from claims.records.lengths import require_length
from claims.records.lineage import HandStep
from claims.records.people import User
from claims.records.proposal import Proposal
from claims.records.review import ReviewClaim, ReviewDropped
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.handling import require_hand, require_second_person, tell_proposer
from reviewer.workflow.holding import hold_open_version
from reviewer.workflow.permitting import find_status, require_current


def dismiss_claim(
    work: UnitOfWork,
    claim: ReviewClaim,
    reason: str,
    actor: User,
    at: datetime,
    proposal: Proposal | None = None,
) -> ReviewClaim:
    """The claim, out of the review for this reason; all that was said of it is kept.

    Raises ``RuleRefused`` without a reason and where it needs a second person, who confirms the
    ``proposal``; ``VersionConflict`` when the claim changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    require_current(work, claim)
    require_hand(work, claim.version_id, actor)
    if not reason.strip():
        raise RuleRefused("dismissal_needs_reason")
    require_second_person(work, [claim], actor, proposal)
    dismissed = work.claims.change_status(claim.id, ClaimStatus.DISMISSED, claim.revision, reason.strip())
    values = (("reason", dismissed.reason), *tell_proposer(proposal))
    work.commit(_entry(claim, AuditAction.CLAIM_DISMISSED, actor, at, *values))
    return dismissed


def restore_claim(work: UnitOfWork, claim: ReviewClaim, actor: User, at: datetime) -> ReviewClaim:
    """A dismissed claim, back where its grades put it: graded, stale, or to be graded.

    Raises ``RuleRefused`` when it is not dismissed, ``VersionConflict`` when it changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    hold_open_version(work, claim.version_id)
    require_hand(work, claim.version_id, actor)
    if claim.status is not ClaimStatus.DISMISSED:
        raise RuleRefused("claim_not_dismissed", number=claim.number)
    status = find_status(work, claim)
    restored = work.claims.change_status(claim.id, status, claim.revision, reason="")
    work.commit(_entry(claim, AuditAction.CLAIM_RESTORED, actor, at, ("reason", claim.reason)))
    return restored


def restore_unit(work: UnitOfWork, dropped: ReviewDropped, actor: User, at: datetime) -> ReviewClaim:
    """The claim that a dropped unit becomes, read as the extractor would have read it.

    Raises ``VersionConflict`` when it was restored before.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    hold_open_version(work, dropped.version_id)
    require_hand(work, dropped.version_id, actor)
    article = work.articles.get_version(dropped.version_id).article
    cut = cut_article(article, extract_claims(article, work.house_rules), work.house_rules)
    places = cut.find_units(dropped.unit.start, dropped.unit.end)
    restored = work.claims.restore(dropped.id, cut.make_claim(places[0], places[-1]))
    values = ("reason", dropped.unit.reason.value)
    work.commit(_entry(restored, AuditAction.CLAIM_RESTORED, actor, at, values))
    return restored


def retype_claim(
    work: UnitOfWork,
    claim: ReviewClaim,
    kind: ClaimType,
    actor: User,
    at: datetime,
    proposal: Proposal | None = None,
) -> ReviewClaim:
    """The claim as one of another type; the evidence levels of what was found follow the type.

    Its grade stays. Raises ``RuleRefused`` where it needs a second person, who confirms the ``proposal``;
    ``VersionConflict`` when it changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    require_current(work, claim)
    require_hand(work, claim.version_id, actor)
    require_second_person(work, [claim], actor, proposal)
    changed = work.claims.change_claim(claim, replace(claim.claim, type=kind), HandStep.RETYPED, at)
    findings = work.searches.load_findings([claim.id])[claim.id]
    citations = work.citations.load(finding.pmid for finding in findings)
    question = find_evidence_question(changed.claim)
    work.searches.revise_findings(
        claim.id, [replace(f, level=judge_level(f.study, citations[f.pmid], question)) for f in findings]
    )
    values = (("from", claim.claim.type.value), ("to", kind.value), *tell_proposer(proposal))
    work.commit(_entry(claim, AuditAction.CLAIM_RETYPED, actor, at, *values))
    return changed


def reword_reading(
    work: UnitOfWork, claim: ReviewClaim, read_as: str, actor: User, at: datetime
) -> ReviewClaim:
    """The claim with a stand-alone wording of a person's own; the article's wording is not touched.

    A grade stays, flagged until it is given to this reading. Raises ``RuleRefused`` for an empty wording,
    ``VersionConflict`` when the claim changed since it was read.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    require_current(work, claim)
    require_hand(work, claim.version_id, actor)
    wording = " ".join(read_as.split())
    if not wording:
        raise RuleRefused("reading_empty")
    require_length("claim.read_as", wording)
    reworded = replace(claim.claim, read_as=wording, context="")
    changed = work.claims.change_claim(claim, reworded, HandStep.REWORDED, at)
    values = (("from", claim.claim.read_as), ("to", wording))
    work.commit(_entry(claim, AuditAction.CLAIM_REWORDED, actor, at, *values))
    return changed


def _entry(
    claim: ReviewClaim, action: AuditAction, actor: User, at: datetime, *values: tuple[str, str]
) -> AuditEntry:
    return AuditEntry(at, actor.name, action, f"claim:{claim.id}", values)
