"""Undoing: the last own step on a claim is taken back by a new row; what it had replaced stands again.

Steps are taken back one by one, the latest first, as long as the claim's grade is open or only one's own.
Nothing is deleted, and to do the step again is a new step.
"""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import TakenBack
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.workflow.permitting import require_grader
from reviewer.workflow.settling import hold_dossier, load_dossier, settle_claim
from reviewer.workflow.states import require_open_version


def undo_last_step(work: UnitOfWork, claim_id: int, actor: User, at: datetime) -> TakenBack:
    """The grade, judgement or level that ``actor`` gave last of this claim, taken back.

    Raises ``RuleRefused`` where there is none, and where the claim is settled between several.
    """
    dossier = hold_dossier(work, claim_id)
    adjudicated = dossier.adjudication is not None and dossier.adjudication.adjudicated_by == actor.name
    require_open_version(work, dossier.claim.version_id)
    if not adjudicated:
        require_grader(work, dossier, actor)
    taken = work.taking_back.take_back_last(claim_id, actor.name, at, dossier.since)
    if taken is None:
        raise RuleRefused("nothing_to_undo")
    settle_claim(work, load_dossier(work, claim_id))
    values = (("step", taken.kind.value), ("of", taken.stepped_at.isoformat(timespec="seconds")))
    work.commit(AuditEntry(at, actor.name, AuditAction.STEP_TAKEN_BACK, f"claim:{claim_id}", values))
    return taken
