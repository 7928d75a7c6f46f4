"""Who may take a step on claims by hand, and where one person alone may not.

Editors and those who review the article may. What would take away a verdict that is not the person's own
alone needs a second one, and so does whatever takes a contradicted safety claim out of the editor's way.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.errors import RoleRefused, RuleRefused
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.proposal import Proposal
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import UNASSIGNED
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.rules.second_person import is_same_person, needs_second_person
from reviewer.workflow.loading import load_whole


def require_hand(work: UnitOfWork, version_id: int, actor: User) -> None:
    """Return when ``actor`` may change the version's claims by hand; raise ``RoleRefused`` otherwise."""
    require_permission(actor, Permission.EDIT_CLAIMS)
    plan = work.plans.load_plans([version_id]).get(version_id, UNASSIGNED)
    if not may_handle(plan, actor):
        raise RoleRefused("not_assigned", name=actor.full_name)


def require_reviewer(work: UnitOfWork, version_id: int, actor: User) -> None:
    """Return when ``actor`` is an editor, or grades or settles the article as planned.

    Raises ``RoleRefused`` otherwise.
    """
    plan = work.plans.load_plans([version_id]).get(version_id, UNASSIGNED)
    if not (may_handle(plan, actor) or may_settle(plan, actor)):
        raise RoleRefused("not_assigned", name=actor.full_name)


def may_handle(plan: ReviewPlan, person: User) -> bool:
    """Whether the person is an editor, or reviews the article as planned."""
    return may(person, Permission.REOPEN) or may_grade(plan, person)


def may_grade(plan: ReviewPlan, person: User) -> bool:
    """Whether the person grades claims of the article as planned."""
    return may(person, Permission.GRADE) and plan.lets_grade(person.name)


def may_settle(plan: ReviewPlan, person: User) -> bool:
    """Whether the person settles conflicts of the article as planned."""
    return may(person, Permission.ADJUDICATE) and plan.lets_adjudicate(person.name)


def require_second_person(
    work: UnitOfWork, claims: Sequence[ReviewClaim], actor: User, proposal: Proposal | None
) -> None:
    """Return when the step undoes nobody else's verdict, or when ``actor`` confirms what another proposed.

    Raises ``RuleRefused`` naming the claim otherwise.
    """
    if proposal is not None and not is_same_person(proposal.proposed_by, actor.name):
        return
    taken_back = work.assessments.load_taken_back([claim.id for claim in claims])
    for dossier in load_whole(work, tuple(claims)):
        if needs_second_person(dossier, actor.name, taken_back[dossier.claim.id]):
            raise RuleRefused("second_person_needed", number=dossier.claim.number)


def tell_proposer(proposal: Proposal | None) -> tuple[tuple[str, str], ...]:
    """What the trail says of a step that was proposed by another than who took it."""
    return () if proposal is None else (("proposed_by", proposal.proposed_by),)
