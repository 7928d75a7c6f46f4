"""When a claim is settled: the grades that are needed are there, complete, and alike."""

from __future__ import annotations

from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_unjudged
from reviewer.workflow.loading import load_whole


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


def load_dossier(work: UnitOfWork, claim_id: int) -> Dossier:
    """The whole dossier of a claim as it is after what this unit of work did."""
    return load_whole(work, (work.claims.get_claim(claim_id),))[0]
