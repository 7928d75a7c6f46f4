"""When a claim is settled: the grades that are needed are there, complete, and alike."""

from __future__ import annotations

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.people import Role, User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import Dossier, find_unjudged
from reviewer.workflow.loading import load_whole
from reviewer.workflow.roles import require_role


def decide_status(dossier: Dossier) -> ClaimStatus:
    """Where a claim stands after what was said of it; ``dossier`` is whole, not as somebody sees it.

    A grade is complete when its grader judged every citation that anybody attached. As many complete grades
    as the plan needs settle the claim when they are the same, and are a conflict when they differ.
    """
    if dossier.adjudication is not None:
        return ClaimStatus.ADJUDICATED
    grades = dossier.grades
    complete = all(
        not find_unjudged(dossier.findings, dossier.judgements, grade.graded_by) for grade in grades
    )
    if len(grades) < dossier.plan.needed or not complete:
        return ClaimStatus.IN_REVIEW
    return ClaimStatus.GRADED if len({grade.grade for grade in grades}) == 1 else ClaimStatus.CONFLICT


def settle_claim(work: UnitOfWork, dossier: Dossier) -> ReviewClaim:
    """The claim at the status that its whole dossier gives it."""
    claim, status = dossier.claim, decide_status(dossier)
    return claim if claim.status is status else work.claims.change_status(claim.id, status, claim.revision)


def hold_dossier(work: UnitOfWork, claim_id: int) -> Dossier:
    """The whole dossier of a claim that nobody else changes before this unit of work ends."""
    return load_whole(work, (work.claims.hold_claim(claim_id),))[0]


def require_grader(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when ``actor`` may grade and judge this claim now; raise what stands against it otherwise.

    A reviewer of the article, who declared their interests, while the claim's grade is open or only theirs.
    """
    require_role(actor, Role.REVIEWER)
    if not dossier.plan.lets_grade(actor.name):
        raise RoleRefused("not_assigned", name=actor.name)
    require_declaration(work, dossier, actor)
    if dossier.claim.status is ClaimStatus.DISMISSED:
        raise RuleRefused("claim_dismissed")
    alone = dossier.claim.status is ClaimStatus.GRADED and dossier.graders == (actor.name,)
    if not alone and (dossier.claim.status.is_settled or dossier.claim.status is ClaimStatus.CONFLICT):
        raise RuleRefused("claim_settled")


def require_declaration(work: UnitOfWork, dossier: Dossier, actor: User) -> None:
    """Return when the person declared their interests in this article; raise ``RuleRefused`` otherwise."""
    article_id = work.articles.get_version(dossier.claim.version_id).article_id
    if actor.name not in work.plans.load_declarations(article_id):
        raise RuleRefused("declaration_missing")
