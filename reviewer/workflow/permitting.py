"""Who may grade a claim now: a reviewer of the article, declared, while the grade is open or only theirs."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditEntry
from claims.records.decision import VersionState
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import hold_open_dossier
from reviewer.workflow.standing import require_standing
from reviewer.workflow.states import load_state, put_state


def begin_step(
    work: UnitOfWork, claim_id: int, actor: User, at: datetime
) -> tuple[Dossier, tuple[AuditEntry, ...]]:
    """The whole dossier of a claim that ``actor`` may grade now, held with its version until the end.

    The first step on a draft puts it in review: the entry that tells so is to be committed with the step.
    Raises ``RoleRefused`` or ``RuleRefused`` with what stands against it.
    """
    require_permission(actor, Permission.GRADE)
    dossier = hold_open_dossier(work, claim_id)
    require_grader(work, dossier, actor)
    if load_state(work, dossier.claim.version_id) is not VersionState.DRAFT:
        return dossier, ()
    version = work.articles.get_version(dossier.claim.version_id)
    return dossier, (put_state(work, version, VersionState.IN_REVIEW, "", actor, at),)


def require_grader(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when ``actor`` may grade and judge this claim now; raise what stands against it otherwise."""
    require_permission(actor, Permission.GRADE)
    if not dossier.plan.lets_grade(actor.name):
        raise RoleRefused("not_assigned", name=actor.name)
    require_declaration(work, dossier, actor)
    require_standing(dossier.claim)
    alone = dossier.claim.status is ClaimStatus.GRADED and dossier.graders == (actor.name,)
    if not alone and (dossier.claim.status.is_settled or dossier.claim.status is ClaimStatus.CONFLICT):
        raise RuleRefused("claim_settled")


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
        raise RoleRefused("account_closed", name=actor.name)
    require_permission(now, permission)
    return now
