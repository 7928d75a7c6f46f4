"""Undoing: the last own step on a claim is taken back by a new row; what it had replaced stands again.

Steps are taken back one by one, the latest first, as long as the claim's grade is open or only one's own.
Nothing is deleted, and to do the step again is a new step.
"""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import StepKind, TakenBack
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_unjudged, find_unjudged_documents
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.visibility import has_opened, redact_for
from reviewer.workflow.holding import hold_open_dossier
from reviewer.workflow.known_claims import find_alike
from reviewer.workflow.permitting import load_dossier, require_grader, settle_claim


def undo_last_step(work: UnitOfWork, claim_id: int, actor: User, at: datetime) -> TakenBack:
    """The grade, judgement or level that ``actor`` gave last of this claim, taken back.

    Raises ``RuleRefused`` where there is none, where the claim is settled between several, and for the only
    grade of who was told since which citations another attached. A grade that opened to ``actor`` what was
    sealed before is noted as that: those that they give the claim instead are independent no more (ADR 0064).
    """
    require_permission(actor, Permission.REVIEW)
    dossier = hold_open_dossier(work, claim_id)
    adjudicated = dossier.adjudication is not None and dossier.adjudication.adjudicated_by == actor.name
    if not adjudicated:
        require_grader(work, dossier, actor)
    opened = has_opened(dossier, actor) or bool(find_alike(work, redact_for(dossier, actor), actor))
    taken = work.taking_back.take_back_last(claim_id, actor.name, at, dossier.since, has_opened=opened)
    if taken is None:
        raise RuleRefused("nothing_to_undo")
    after = load_dossier(work, claim_id)
    if after.find_grade(actor.name) is None and taken.kind is StepKind.GRADE:
        _require_untold(after, actor)
    settle_claim(work, after)
    told = (("opened", "True"),) if taken.unsealed else ()
    values = (("step", taken.kind.value), ("of", taken.stepped_at.isoformat(timespec="seconds")), *told)
    work.commit(AuditEntry(at, actor.name, AuditAction.STEP_TAKEN_BACK, f"claim:{claim_id}", values))
    return taken


def _require_untold(after: Dossier, actor: User) -> None:
    """Refuse to be ungraded again with what the own grade opened: another grade is given instead."""
    if find_unjudged(after.findings, after.judgements, actor.name) or find_unjudged_documents(
        after.document_judgements, actor.name
    ):
        raise RuleRefused("citations_told")
