"""What a person adds to the evidence: another level for a citation, a guideline's grade for a claim."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import GuidelineGrade, LevelOverride
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Pmid
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.grading import require_finding
from reviewer.workflow.handling import require_reviewer
from reviewer.workflow.holding import hold_open_claim
from reviewer.workflow.permitting import begin_step

LEVELS = range(1, 6)


def override_level(
    work: UnitOfWork, claim_id: int, pmid: Pmid, level: int | None, reason: str, actor: User, at: datetime
) -> LevelOverride:
    """The evidence level of a citation as ``actor`` sees it, 1–5 or ``None`` for none; with its reason."""
    dossier, opened = begin_step(work, claim_id, actor, at)
    require_finding(dossier, pmid)
    if level is not None and level not in LEVELS:
        raise RuleRefused("level_unknown", level=level)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    override = LevelOverride(pmid, level, reason.strip(), actor.name, at)
    work.assessments.add_level(claim_id, override)
    values = (("pmid", pmid), ("level", "-" if level is None else str(level)), ("reason", override.reason))
    entry = AuditEntry(at, actor.name, AuditAction.LEVEL_OVERRIDDEN, f"claim:{claim_id}", values)
    work.commit(entry, *opened)
    return override


def enter_guideline(
    work: UnitOfWork, claim_id: int, grade: str, source: str, actor: User, at: datetime
) -> GuidelineGrade:
    """A guideline's grade for the claim's question with its source: a fact, open to everybody."""
    require_permission(actor, Permission.OVERRIDE_LEVELS)
    claim = hold_open_claim(work, claim_id)
    require_reviewer(work, claim.version_id, actor)
    if not grade.strip() or not source.strip():
        raise RuleRefused("guideline_incomplete")
    guideline = GuidelineGrade(claim_id, grade.strip(), source.strip(), actor.name, at, claim.text_hash)
    work.assessments.add_guideline(guideline)
    values = (("grade", guideline.grade), ("source", guideline.source))
    work.commit(AuditEntry(at, actor.name, AuditAction.GUIDELINE_ENTERED, f"claim:{claim_id}", values))
    return guideline
