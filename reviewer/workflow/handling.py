"""Who may take a step on claims by hand, and where one person alone may not.

Editors and those who review the article may. What would take away a verdict that is not the person's own
alone needs a second one, and so does whatever takes a contradicted safety claim out of the editor's way.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.proposal import Proposal
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import UNASSIGNED, Dossier
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.loading import load_whole


def require_hand(work: UnitOfWork, version_id: int, actor: User) -> None:
    """Return when ``actor`` may change the version's claims by hand; raise ``RoleRefused`` otherwise."""
    require_permission(actor, Permission.EDIT_CLAIMS)
    plan = work.plans.load_plans([version_id]).get(version_id, UNASSIGNED)
    if not may_handle(plan, actor):
        raise RoleRefused("not_assigned", name=actor.full_name)


def may_handle(plan: ReviewPlan, person: User) -> bool:
    """Whether the person is an editor, or reviews the article as planned."""
    return may(person, Permission.REOPEN) or (may(person, Permission.GRADE) and plan.lets_grade(person.name))


def may_settle(plan: ReviewPlan, person: User) -> bool:
    """Whether the person settles conflicts of the article as planned."""
    return may(person, Permission.ADJUDICATE) and plan.lets_adjudicate(person.name)


def require_second_person(
    work: UnitOfWork, claims: Sequence[ReviewClaim], actor: User, proposal: Proposal | None
) -> None:
    """Return when the step undoes nobody else's verdict, or when ``actor`` confirms what another proposed.

    Raises ``RuleRefused`` naming the claim otherwise.
    """
    if proposal is not None and proposal.proposed_by != actor.name:
        return
    for dossier in load_whole(work, tuple(claims)):
        if _is_bound(dossier, actor.name):
            raise RuleRefused("second_person_needed", number=dossier.claim.number)


def tell_proposer(proposal: Proposal | None) -> tuple[tuple[str, str], ...]:
    """What the trail says of a step that was proposed by another than who took it."""
    return () if proposal is None else (("proposed_by", proposal.proposed_by),)


def _is_bound(dossier: Dossier, name: str) -> bool:
    """Whether others settled the claim, be it before it was opened again, or it is contradicted safety.

    What is still graded for the first time is blind and binds nobody: to say so would tell who graded.
    """
    status = dossier.claim.status
    if not (status.is_settled or status is ClaimStatus.CONFLICT or dossier.since is not None):
        return False
    said = {
        (grade.graded_by, grade.grade)
        for grade in dossier.assessments
        if grade.text_hash == dossier.claim.text_hash
    }
    if (decided := dossier.adjudication) is not None:
        said.add((decided.adjudicated_by, decided.grade))
    contradicted = any(grade is SupportGrade.CONTRADICTED for _, grade in said)
    if contradicted and dossier.claim.claim.type is ClaimType.SAFETY:
        return True
    return any(person != name for person, _ in said)
