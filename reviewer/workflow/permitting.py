"""Who may work on a claim now, and at which status the work leaves it.

A claim is graded by a reviewer of its article, declared, while its grade is open or theirs alone.
"""

from __future__ import annotations

from datetime import datetime

from claims.errors import KonkyoError, RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditEntry
from claims.records.decision import VersionState
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import decide_status
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.rules.second_person import is_same_person, needs_second_person
from reviewer.workflow.holding import hold_open_dossier, hold_open_version
from reviewer.workflow.loading import load_whole
from reviewer.workflow.states import load_state, put_state


def begin_step(
    work: UnitOfWork, claim_id: int, actor: User, at: datetime
) -> tuple[Dossier, tuple[AuditEntry, ...]]:
    """The whole dossier of a claim that ``actor`` may grade now, held with its version until the end.

    The first step on a draft puts it in review: the entry that tells so is to be committed with the step.
    Raises ``RoleRefused`` or ``RuleRefused`` with what stands against it.
    """
    if not may(actor, Permission.ADJUDICATE):
        require_permission(actor, Permission.GRADE)
    dossier = hold_open_dossier(work, claim_id)
    require_grader(work, dossier, actor)
    if load_state(work, dossier.claim.version_id) is not VersionState.DRAFT:
        return dossier, ()
    version = work.articles.get_version(dossier.claim.version_id)
    return dossier, (put_state(work, version, VersionState.IN_REVIEW, "", actor, at),)


def require_grader(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when ``actor`` may grade and judge this claim now; raise what stands against it otherwise."""
    if may(actor, Permission.ADJUDICATE) and not may(actor, Permission.GRADE):
        raise _refuse_adjudicator(dossier, actor)
    require_permission(actor, Permission.GRADE)
    if not dossier.plan.lets_grade(actor.name):
        raise RoleRefused("not_assigned", name=actor.full_name)
    if not dossier.lets_grade(actor.name):
        raise RoleRefused("claim_of_others", name=actor.full_name)
    require_declaration(work, dossier, actor)
    require_standing(dossier.claim)
    if is_same_person(dossier.reopened_by, actor.name) and needs_second_person(dossier, actor.name):
        raise RuleRefused("reopener_grades")
    alone = dossier.claim.status is ClaimStatus.GRADED and dossier.graders == (actor.name,)
    if not alone and (dossier.claim.status.is_settled or dossier.claim.status is ClaimStatus.CONFLICT):
        raise RuleRefused("claim_settled")


def _refuse_adjudicator(dossier: Dossier, actor: User) -> KonkyoError:
    """Why somebody who settles conflicts, and does not grade, has nothing to grade or judge at this claim."""
    if not dossier.plan.lets_adjudicate(actor.name):
        return RoleRefused("not_assigned", name=actor.full_name)
    if dossier.claim.status.is_settled:
        return RuleRefused("claim_settled")
    if dossier.claim.status is ClaimStatus.CONFLICT:
        return RoleRefused("conflict_is_decided")
    return RuleRefused("not_in_conflict")


def require_declaration(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when the person declared their interests in this article; raise ``RuleRefused`` otherwise."""
    if actor.name not in work.plans.load_declarations(dossier.claim.version_id):
        raise RuleRefused("declaration_missing")


def require_still(work: UnitOfWork, actor: User, permission: Permission) -> User:
    """Who ``actor`` is by now, for long work: raises ``RoleRefused`` when their account was closed meanwhile
    or has the permission no more. Who has no account, as on the command line, stays who they are.
    """
    now = work.people.find_user(actor.name) if actor.id else None
    if now is None:
        return actor
    if not now.active:
        raise RoleRefused("account_closed", name=actor.full_name)
    require_permission(now, permission)
    return now


def get_still(work: UnitOfWork, name: str, permission: Permission) -> User:
    """The account that asked for work earlier. Raises ``NotFound``, and ``RoleRefused`` as that does."""
    return require_still(work, work.people.get_user(name), permission)


def require_standing(claim: ReviewClaim) -> None:
    """Return when the claim can be worked on; raise ``RuleRefused`` when it is dismissed or replaced."""
    if not claim.number:
        raise RuleRefused("claim_replaced")
    if claim.status is ClaimStatus.DISMISSED:
        raise RuleRefused("claim_dismissed", number=claim.number)


def require_current(work: UnitOfWork, claim: ReviewClaim) -> None:
    """Return when a person may change the claim as seen: standing, in an open version, now held."""
    require_standing(claim)
    hold_open_version(work, claim.version_id)


def find_status(work: UnitOfWork, claim: ReviewClaim) -> ClaimStatus:
    """Where a claim that nobody works on stands by what was said of it."""
    (dossier,) = load_whole(work, (claim,))
    if dossier.grades or dossier.judgements or dossier.document_judgements:
        return decide_status(dossier)
    return ClaimStatus.STALE if was_graded(work, claim) else ClaimStatus.EXTRACTED


def was_graded(work: UnitOfWork, *claims: ReviewClaim) -> bool:
    """Whether somebody graded one of these claims, in this wording or an earlier one."""
    return any(
        dossier.assessments or any(former.assessments for former in dossier.former)
        for dossier in load_whole(work, claims)
    )


def settle_claim(work: UnitOfWork, dossier: Dossier) -> ReviewClaim:
    """The claim at the status that its whole dossier gives it."""
    claim, status = dossier.claim, decide_status(dossier)
    return claim if claim.status is status else work.claims.change_status(claim.id, status, claim.revision)


def load_dossier(work: UnitOfWork, claim_id: int) -> Dossier:
    """The whole dossier of a claim as it is after what this unit of work did."""
    return load_whole(work, (work.claims.get_claim(claim_id),))[0]
