"""Grading: the rules that a grade must satisfy, and the one call that records it."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.assessment import (
    Assessment,
    Basis,
    CitationJudgement,
    ClaimStatus,
    JudgedCitation,
    SupportGrade,
)
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Pmid
from claims.records.retrieval import SearchStatus
from db.unit_of_work import UnitOfWork
from reviewer.workflow.dossier import Dossier, load_dossiers
from reviewer.workflow.flagging import CLINICAL_TYPES, PRECLINICAL
from reviewer.workflow.standing import require_standing

_NEEDED = {
    SupportGrade.SUPPORTED: {CitationJudgement.SUPPORTING},
    SupportGrade.PARTIALLY_SUPPORTED: {CitationJudgement.SUPPORTING, CitationJudgement.PARTLY},
    SupportGrade.CONTRADICTED: {CitationJudgement.REFUTING},
}
_NEEDS_REASON = {SupportGrade.CANNOT_JUDGE, SupportGrade.NOT_CHECKABLE}
_SEARCHED = {SearchStatus.FOUND, SearchStatus.NOTHING_FOUND}


def check_grade(dossier: Dossier, grade: SupportGrade, comment: str) -> None:
    """Return when the rules of grading allow ``grade``; raise ``RuleRefused`` naming the rule otherwise."""
    judged = {j.pmid: j.judgement for j in dossier.judgements}
    needed = _NEEDED.get(grade)
    bearing = {pmid for pmid, judgement in judged.items() if needed and judgement in needed}
    if needed and not bearing:
        raise RuleRefused(f"{grade.value}_needs_citation")
    if grade is SupportGrade.SUPPORTED and dossier.claim.claim.type in CLINICAL_TYPES:
        species = {f.study.species for f in dossier.findings if f.pmid in bearing}
        if species and species <= PRECLINICAL:
            raise RuleRefused("supported_on_preclinical_alone")
    if grade is SupportGrade.UNSUPPORTED and dossier.search_status not in _SEARCHED:
        raise RuleRefused("unsupported_needs_search", status=dossier.search_status.value)
    if grade in _NEEDS_REASON and not comment.strip():
        raise RuleRefused("grade_needs_reason")


def record_grade(
    work: UnitOfWork, claim_id: int, grade: SupportGrade, comment: str, actor: str, at: datetime
) -> Assessment:
    """The stored grade of ``actor`` for the claim's present wording; an earlier one stays in the record.

    Raises ``RuleRefused`` when a rule of grading forbids it, and for a claim that is dismissed or whose place
    others took; then nothing changes.
    """
    claim = work.claims.get_claim(claim_id)
    require_standing(claim)
    dossier = load_dossiers(work, (claim,))[0]
    check_grade(dossier, grade, comment)
    assessment = Assessment(claim_id, grade, comment.strip(), actor, at, claim.text_hash)
    work.assessments.add(assessment)
    if claim.status is not ClaimStatus.GRADED:
        work.claims.change_status(claim_id, ClaimStatus.GRADED, claim.revision)
    values = (("grade", grade.value), ("comment", assessment.comment))
    work.commit(AuditEntry(at, actor, AuditAction.CLAIM_GRADED, f"claim:{claim_id}", values))
    return assessment


def judge_citation(
    work: UnitOfWork,
    claim_id: int,
    pmid: Pmid,
    judgement: CitationJudgement,
    basis: Basis,
    actor: str,
    at: datetime,
) -> JudgedCitation:
    """The stored judgement of one of the claim's citations.

    Raises ``RuleRefused`` when the citation was not found for this claim.
    """
    findings = work.searches.load_findings([claim_id]).get(claim_id, ())
    if pmid not in {finding.pmid for finding in findings}:
        raise RuleRefused("citation_not_of_claim", pmid=pmid)
    judged = JudgedCitation(pmid, judgement, basis, actor, at)
    work.assessments.add_judgement(claim_id, judged)
    values = (("pmid", pmid), ("judgement", judgement.value), ("basis", basis.value))
    work.commit(AuditEntry(at, actor, AuditAction.CITATION_JUDGED, f"claim:{claim_id}", values))
    return judged
