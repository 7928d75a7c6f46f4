"""When a claim is settled: the grades that are needed are there, complete, and alike."""

from __future__ import annotations

from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import decide_status
from reviewer.workflow.loading import load_whole


def settle_claim(work: UnitOfWork, dossier: Dossier) -> ReviewClaim:
    """The claim at the status that its whole dossier gives it."""
    claim, status = dossier.claim, decide_status(dossier)
    return claim if claim.status is status else work.claims.change_status(claim.id, status, claim.revision)


def load_dossier(work: UnitOfWork, claim_id: int) -> Dossier:
    """The whole dossier of a claim as it is after what this unit of work did."""
    return load_whole(work, (work.claims.get_claim(claim_id),))[0]
