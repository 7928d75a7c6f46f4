"""Whether a claim can be worked on, and where its grades put it."""

from __future__ import annotations

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.grades import decide_status
from reviewer.workflow.holding import hold_open_version
from reviewer.workflow.loading import load_whole


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
    if dossier.grades or dossier.judgements:
        return decide_status(dossier)
    return ClaimStatus.STALE if was_graded(work, claim) else ClaimStatus.EXTRACTED


def was_graded(work: UnitOfWork, *claims: ReviewClaim) -> bool:
    """Whether somebody graded one of these claims, in this wording or an earlier one."""
    return any(
        dossier.assessments or any(former.assessments for former in dossier.former)
        for dossier in load_whole(work, claims)
    )
