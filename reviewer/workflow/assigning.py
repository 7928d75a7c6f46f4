"""Assigning: who reviews an article, who of them a claim, by how many each, and what each declared before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User, find_person
from claims.records.plan import Declaration, ReviewPlan
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import PERMISSIONS, Permission, may, require_permission
from reviewer.workflow.holding import hold_open_version
from reviewer.workflow.loading import load_whole
from reviewer.workflow.notifying import notify_assigned
from reviewer.workflow.permitting import require_standing, settle_claim

MOST_GRADERS = 2


def assign_review(
    work: UnitOfWork, version_id: int, plan: ReviewPlan, actor: User, at: datetime
) -> ReviewPlan:
    """The plan that now holds for this version and those after it, until another takes its place.

    Claims whose grade is open are looked at anew under it; what is settled stays. A claim that is assigned to
    somebody whom it no longer names, or to fewer than it asks for, is everybody's again. Raises
    ``RuleRefused`` for a plan that cannot be carried out, ``NotFound``.
    """
    require_permission(actor, Permission.ASSIGN)
    hold_open_version(work, version_id)
    version = work.articles.get_version(version_id)
    _check_plan(work, plan)
    work.plans.add(version, plan, actor.name, at)
    notify_assigned(work, version, plan, actor.name, at)
    ended = [
        _assign(work, version_id, claim_id, (), actor, at)
        for claim_id, names in work.plans.list_assigned(version.article_id).items()
        if len(names) < plan.needed or not plan.reviewers or not all(map(plan.lets_grade, names))
    ]
    claims = tuple(
        claim for claim in work.claims.list_claims(version_id) if claim.status is ClaimStatus.IN_REVIEW
    )
    for dossier in load_whole(work, claims):
        settle_claim(work, dossier)
    values = (
        ("reviewers", ", ".join(plan.reviewers)),
        ("adjudicator", plan.adjudicator),
        ("needed", str(plan.needed)),
        ("sealed", str(plan.sealed)),
        *((("due_on", plan.due_on.isoformat()),) if plan.due_on else ()),
    )
    entry = AuditEntry(at, actor.name, AuditAction.REVIEW_ASSIGNED, f"version:{version_id}", values)
    work.commit(entry, *ended)
    return plan


def assign_claim(
    work: UnitOfWork, claim_id: int, reviewers: Collection[str], actor: User, at: datetime
) -> tuple[str, ...]:
    """The reviewers of the article by whom alone the claim is graded from now on; all of them where none is
    named.

    Grades that were given go on counting. Raises ``RuleRefused`` for somebody who does not review the
    article, for fewer than its plan asks for, and for a claim that waits for no grade; ``NotFound``.
    """
    require_permission(actor, Permission.ASSIGN)
    version_id = work.claims.get_claim(claim_id).version_id
    hold_open_version(work, version_id)
    claim, plan = work.claims.get_claim(claim_id), load_plan(work, version_id)
    require_standing(claim)
    if claim.status.is_settled or claim.status is ClaimStatus.CONFLICT:
        raise RuleRefused("claim_settled")
    named = tuple(sorted(set(reviewers)))
    for name in named:
        if name not in plan.reviewers:
            raise RuleRefused("reviewer_not_of_article", name=work.people.get_user(name).full_name)
    if named and len(named) < plan.needed:
        raise RuleRefused("reviewers_too_few", needed=plan.needed, named=len(named))
    work.commit(_assign(work, version_id, claim_id, named, actor, at))
    return named


def _assign(
    work: UnitOfWork, version_id: int, claim_id: int, names: tuple[str, ...], actor: User, at: datetime
) -> AuditEntry:
    work.plans.assign_claim(version_id, claim_id, names)
    values = (("reviewers", ", ".join(names)),)
    return AuditEntry(at, actor.name, AuditAction.CLAIM_ASSIGNED, f"claim:{claim_id}", values)


@dataclass(frozen=True, slots=True)
class Given:
    """What a version's claims have of grades: what another plan leaves as it is, and what it does not.

    ``settled`` stand; ``begun`` have a grade and wait for another; ``settled_by_fewer`` are those settled by
    fewer graders than its plan now asks for, by number, the first so many of them. ``assigned`` are for some
    of the reviewers alone.
    """

    settled: int
    begun: int
    ungraded: int
    settled_by_fewer: tuple[ReviewClaim, ...] = ()
    assigned: int = 0


# So many claims that fewer have graded are told one by one.
MOST_TOLD = 200


def load_given(work: UnitOfWork, version_id: int) -> Given:
    """What was graded of the version by now, counted; nothing is told of a grade. Raises ``NotFound``."""
    work.articles.get_version(version_id)
    plan = load_plan(work, version_id)
    standing = [row for row in work.overview.list_graders(version_id) if row[1] is not ClaimStatus.DISMISSED]
    settled = sum(status.is_settled for _, status, _ in standing)
    begun = sum(bool(graders) and not status.is_settled for _, status, graders in standing)
    fewer = [
        claim_id
        for claim_id, status, graders in standing
        if status is ClaimStatus.GRADED and len(graders) < plan.needed
    ]
    assigned = work.plans.load_assigned([row[0] for row in standing if not row[1].is_settled])
    told = work.claims.load_claims(fewer[:MOST_TOLD])
    return Given(settled, begun, len(standing) - settled - begun, told, len(assigned))


def load_plan(work: UnitOfWork, version_id: int) -> ReviewPlan:
    """The plan that holds for a version; where nobody was assigned, the default one."""
    return work.plans.load_plans([version_id]).get(version_id, ReviewPlan())


def declare_interests(
    work: UnitOfWork, version_id: int, statement: str, qualification: str, actor: User, at: datetime
) -> Declaration:
    """What ``actor`` declares for the article of this version, for the report; the latest counts.

    Needed before the first grade, view or judgement. Raises ``RuleRefused`` when either text is missing.
    """
    require_permission(actor, Permission.REVIEW)
    if not qualification.strip():
        raise RuleRefused("qualification_missing")
    if not statement.strip():
        raise RuleRefused("statement_missing")
    hold_open_version(work, version_id)
    article_id = work.articles.get_version(version_id).article_id
    declaration = Declaration(article_id, actor.name, qualification.strip(), statement.strip(), at)
    work.plans.declare(declaration)
    values = (("qualification", declaration.qualification), ("statement", declaration.statement))
    work.commit(AuditEntry(at, actor.name, AuditAction.INTERESTS_DECLARED, f"version:{version_id}", values))
    return declaration


def find_bringers(work: UnitOfWork, version_id: int) -> frozenset[str]:
    """Who brought in this version of the article or one before it, as the trail tells.

    Whoever did so on the command line counts as the account of the same name.
    """
    subjects = [f"version:{id}" for id in work.articles.list_until(version_id)]
    brought = work.audit.list_about(subjects, AuditAction.VERSION_INGESTED)
    return frozenset(find_person(entry.actor) for entry in brought)


def list_own_judges(work: UnitOfWork, version_id: int, plan: ReviewPlan) -> tuple[User, ...]:
    """Whom the plan lets grade or settle what they brought in themselves: allowed, and to be told."""
    bringers = find_bringers(work, version_id)
    return tuple(
        user
        for user in work.people.list_users()
        if user.name in bringers
        and (
            (may(user, Permission.GRADE) and plan.lets_grade(user.name))
            or (may(user, Permission.ADJUDICATE) and plan.lets_adjudicate(user.name))
        )
    )


def _check_plan(work: UnitOfWork, plan: ReviewPlan) -> None:
    if plan.needed not in range(1, MOST_GRADERS + 1):
        raise RuleRefused("graders_one_or_two", needed=plan.needed)
    named = tuple(dict.fromkeys(plan.reviewers))
    if named and len(named) < plan.needed:
        raise RuleRefused("reviewers_too_few", needed=plan.needed, named=len(named))
    if plan.adjudicator in named:
        raise RuleRefused("adjudicator_reviews", name=work.people.get_user(plan.adjudicator).full_name)
    people = [(name, Permission.GRADE) for name in named]
    people += [(plan.adjudicator, Permission.ADJUDICATE)] if plan.adjudicator else []
    for name, permission in people:
        person = work.people.get_user(name)
        if not may(person, permission):
            raise RuleRefused("person_without_role", name=person.full_name, role=PERMISSIONS[permission])
