"""Whether a claim can be worked on, and where its grades put it."""

from __future__ import annotations

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import load_dossiers


def require_standing(claim: ReviewClaim) -> None:
    """Return when the claim can be worked on; raise ``RuleRefused`` when it is dismissed or replaced."""
    if not claim.number:
        raise RuleRefused("claim_replaced")
    if claim.status is ClaimStatus.DISMISSED:
        raise RuleRefused("claim_dismissed", number=claim.number)


def require_current(work: UnitOfWork, claim: ReviewClaim) -> None:
    """Return when a person may change the claim as seen: standing, in the newest version it came to.

    Until the unit of work ends no next version takes its claims from there. Raises ``RuleRefused`` otherwise.
    """
    require_standing(claim)
    work.articles.hold_version(claim.version_id)
    newest = work.claims.get_claim(claim.id).version_id
    if newest != claim.version_id:
        raise RuleRefused("claim_lives_on", version=newest)


def find_status(work: UnitOfWork, *claims: ReviewClaim) -> ClaimStatus:
    """Where claims that nobody works on stand by their grades: graded, stale, or to be graded."""
    dossiers = load_dossiers(work, claims)
    if all(dossier.grade for dossier in dossiers):
        return ClaimStatus.GRADED
    graded = any(d.assessments or any(f.assessments for f in d.former) for d in dossiers)
    return ClaimStatus.STALE if graded else ClaimStatus.EXTRACTED
