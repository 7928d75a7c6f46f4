"""Grading: the rules that a grade must satisfy, and the steps of one reviewer on one claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import (
    Assessment,
    Basis,
    BodyCertainty,
    CitationJudgement,
    JudgedCitation,
    SupportGrade,
)
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Pmid
from claims.records.people import User
from claims.records.retrieval import SearchStatus
from db.unit_of_work import UnitOfWork
from reviewer.rules.completeness import find_lost, list_unanswered
from reviewer.rules.dossier import Dossier
from reviewer.workflow.permitting import begin_step
from reviewer.workflow.settling import settle_claim

_NEEDED = {
    SupportGrade.SUPPORTED: {CitationJudgement.SUPPORTING},
    SupportGrade.PARTIALLY_SUPPORTED: {CitationJudgement.SUPPORTING, CitationJudgement.PARTLY},
    SupportGrade.CONTRADICTED: {CitationJudgement.REFUTING},
}
_NEEDS_REASON = {SupportGrade.CANNOT_JUDGE, SupportGrade.NOT_CHECKABLE}
_NOT_SEARCHED = {SearchStatus.NOT_SEARCHED, SearchStatus.RUNNING}


def check_grade(dossier: Dossier, grade: SupportGrade, comment: str) -> None:
    """Return when the rules of grading allow ``grade``; raise ``RuleRefused`` naming the rule otherwise.

    The judgements are those in ``dossier``: as the grader sees it, the grader's own.
    """
    needed = _NEEDED.get(grade)
    bearing = {j.pmid for j in dossier.judgements if needed and j.judgement in needed}
    if needed and not bearing:
        raise RuleRefused(f"{grade.value}_needs_citation")
    if grade is SupportGrade.SUPPORTED and dossier.claim.claim.type.is_clinical:
        studies = [f.study for f in dossier.findings if f.pmid in bearing]
        if studies and all(study.is_preclinical for study in studies):
            raise RuleRefused("supported_on_preclinical_alone")
    if grade is SupportGrade.UNSUPPORTED:
        _check_searched(dossier, comment)
    check_reason(grade, comment)


def _check_searched(dossier: Dossier, comment: str) -> None:
    """Return when the claim was searched in full, or the grader says why to do without what never comes."""
    lost = find_lost(dossier.runs, dossier.findings)
    failed = dossier.search_status is SearchStatus.FAILED and not lost.warnings
    if failed or list_unanswered(dossier.runs) or dossier.search_status in _NOT_SEARCHED:
        raise RuleRefused("unsupported_needs_search", status=dossier.search_status.value)
    if lost.warnings and not lost.repeated:
        raise RuleRefused("unsupported_needs_records", lost=len(lost.warnings))
    if lost.warnings and not comment.strip():
        raise RuleRefused("unsupported_needs_reason", lost=len(lost.warnings))


def check_reason(grade: SupportGrade, comment: str) -> None:
    """Return when a grade outside the order has its reason; raise ``RuleRefused`` otherwise."""
    if grade in _NEEDS_REASON and not comment.strip():
        raise RuleRefused("grade_needs_reason")


def record_grade(
    work: UnitOfWork,
    claim_id: int,
    grade: SupportGrade,
    comment: str,
    actor: User,
    at: datetime,
    body_certainty: BodyCertainty | None = None,
) -> Assessment:
    """The stored grade of ``actor`` for the claim's present wording; an earlier one stays in the record.

    Raises ``RoleRefused`` or ``RuleRefused`` when a rule forbids it; then nothing changes.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    check_grade(_own(dossier, actor), grade, comment)
    given = Assessment(
        claim_id, grade, comment.strip(), actor.name, at, dossier.claim.text_hash, body_certainty
    )
    assessment = work.assessments.add(given)
    others = tuple(a for a in dossier.assessments if a.graded_by != actor.name)
    settle_claim(work, replace(dossier, assessments=(*others, assessment)))
    told = (("body_certainty", body_certainty.value),) if body_certainty else ()
    values = (("grade", grade.value), ("comment", assessment.comment), *told)
    work.commit(AuditEntry(at, actor.name, AuditAction.CLAIM_GRADED, f"claim:{claim_id}", values), *opened)
    return assessment


def judge_citation(
    work: UnitOfWork,
    claim_id: int,
    pmid: Pmid,
    judgement: CitationJudgement,
    basis: Basis,
    actor: User,
    at: datetime,
) -> JudgedCitation:
    """The stored judgement of one of the claim's citations.

    Raises ``RuleRefused`` when the citation was not found for this claim, or the own grade would no longer
    stand on what it needs.
    """
    dossier, opened = begin_step(work, claim_id, actor, at)
    require_finding(dossier, pmid)
    judged = JudgedCitation(pmid, judgement, basis, actor.name, at)
    others = (j for j in dossier.judgements if (j.pmid, j.judged_by) != (pmid, actor.name))
    after = replace(dossier, judgements=(*others, judged))
    _check_own_grade(after, actor)
    work.assessments.add_judgement(claim_id, judged)
    settle_claim(work, after)
    values = (("pmid", pmid), ("judgement", judgement.value), ("basis", basis.value))
    work.commit(AuditEntry(at, actor.name, AuditAction.CITATION_JUDGED, f"claim:{claim_id}", values), *opened)
    return judged


def require_finding(dossier: Dossier, pmid: Pmid) -> None:
    """Return when the citation was found for the claim; raise ``RuleRefused`` otherwise."""
    if pmid not in {finding.pmid for finding in dossier.findings}:
        raise RuleRefused("citation_not_of_claim", pmid=pmid)


def _own(dossier: Dossier, actor: User) -> Dossier:
    return replace(dossier, judgements=tuple(j for j in dossier.judgements if j.judged_by == actor.name))


def _check_own_grade(after: Dossier, actor: User) -> None:
    own = after.find_grade(actor.name)
    if own is None:
        return
    try:
        check_grade(_own(after, actor), own.grade, own.comment)
    except RuleRefused as refusal:
        raise RuleRefused("judgement_carries_grade") from refusal
