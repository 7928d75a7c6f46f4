"""Adjudicating with hidden votes: an own view first, then the grades, then the decision that keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from claims.errors import RoleRefused, RuleRefused, VersionConflict
from claims.records.adjudication import Adjudication, OwnView
from claims.records.assessment import BodyCertainty, ClaimStatus, Reopening, SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import check_grade, check_reason
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import hold_open_claim, hold_open_dossier
from reviewer.workflow.offering_new import offer_changing
from reviewer.workflow.permitting import require_declaration


def write_view(
    work: UnitOfWork, claim_id: int, grade: SupportGrade, comment: str, actor: User, at: datetime
) -> OwnView:
    """The adjudicator's view of a conflict, written once; from then on the grades are open to them."""
    require_permission(actor, Permission.ADJUDICATE)
    dossier = hold_open_dossier(work, claim_id)
    _require_adjudicator(work, dossier, actor)
    if dossier.find_view(actor.name) is not None:
        raise RuleRefused("view_stands")
    check_reason(grade, comment)
    view = OwnView(claim_id, grade, comment.strip(), actor.name, at, dossier.claim.text_hash)
    work.adjudications.add_view(view)
    values = (("grade", grade.value), ("comment", view.comment))
    work.commit(AuditEntry(at, actor.name, AuditAction.VIEW_WRITTEN, f"claim:{claim_id}", values))
    return view


def adjudicate(
    work: UnitOfWork,
    claim_id: int,
    revision: int,
    grade: SupportGrade,
    comment: str,
    actor: User,
    at: datetime,
    body_certainty: BodyCertainty | None = None,
) -> Adjudication:
    """The decision on a conflict; the grades that differed stay beside it.

    ``revision`` is the claim's as the adjudicator read it: when somebody else decided since,
    ``VersionConflict`` tells it and nothing is overwritten. The decision needs a reason of its own. The rules
    of grading hold, on the judgements of both graders.
    """
    require_permission(actor, Permission.ADJUDICATE)
    dossier = hold_open_dossier(work, claim_id)
    if dossier.claim.revision != revision:
        raise VersionConflict("claim_changed", id=claim_id, expected=revision, found=dossier.claim.revision)
    _require_adjudicator(work, dossier, actor)
    if dossier.find_view(actor.name) is None:
        raise RuleRefused("view_missing")
    if not comment.strip():
        raise RuleRefused("decision_needs_reason")
    check_grade(dossier, grade, comment)
    decision = Adjudication(
        claim_id=claim_id,
        grade=grade,
        comment=comment.strip(),
        adjudicated_by=actor.name,
        adjudicated_at=at,
        text_hash=dossier.claim.text_hash,
        graders=dossier.graders,
        body_certainty=body_certainty,
    )
    work.adjudications.add(decision)
    work.claims.change_status(claim_id, ClaimStatus.ADJUDICATED, revision)
    values = (("grade", grade.value), ("comment", decision.comment), ("graders", ", ".join(dossier.graders)))
    work.commit(AuditEntry(at, actor.name, AuditAction.CLAIM_ADJUDICATED, f"claim:{claim_id}", values))
    return decision


def reopen_claim(
    work: UnitOfWork, claim_id: int, revision: int, reason: str, actor: User, at: datetime
) -> ReviewClaim:
    """The claim, in review again: what was said of it before stays in the record and counts no longer.

    For an editor, where a settled grade can no longer stand: a citation was retracted, a mistake was found.
    """
    require_permission(actor, Permission.REOPEN)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    claim = hold_open_claim(work, claim_id)
    if not claim.status.is_settled:
        raise RuleRefused("claim_not_settled")
    reopened, entry = reopen_held(work, replace(claim, revision=revision), reason.strip(), actor, at)
    work.commit(entry)
    return reopened


def reopen_held(
    work: UnitOfWork, claim: ReviewClaim, reason: str, actor: User, at: datetime
) -> tuple[ReviewClaim, AuditEntry]:
    """A settled claim that is held, in review again from here on; the caller commits the entry.

    Papers that somebody said change it stand under it as suggestions.
    """
    reopened = work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, claim.revision)
    work.adjudications.add_reopening(Reopening(claim.id, reason, actor.name, at))
    offer_changing(work, {claim.id: (claim.id,)})
    values = (("reason", reason),)
    return reopened, AuditEntry(at, actor.name, AuditAction.CLAIM_REOPENED, f"claim:{claim.id}", values)


def reopen_claims(
    work: UnitOfWork, claims: Sequence[ReviewClaim], reason: str, actor: User, at: datetime
) -> tuple[ReviewClaim, ...]:
    """These claims, each in review again, as by ``reopen_claim`` and with one reason for all."""
    return tuple(reopen_claim(work, claim.id, claim.revision, reason, actor, at) for claim in claims)


def _require_adjudicator(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when ``actor`` may settle this claim now: in conflict, and graded by others."""
    if not dossier.plan.lets_adjudicate(actor.name):
        raise RoleRefused("not_assigned", name=actor.full_name)
    if actor.name in {assessment.graded_by for assessment in dossier.assessments}:
        raise RoleRefused("grader_adjudicates")
    if dossier.claim.status is not ClaimStatus.CONFLICT:
        raise RuleRefused("not_in_conflict")
    require_declaration(work, dossier, actor)
