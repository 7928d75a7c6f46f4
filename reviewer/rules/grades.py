"""The rules that a grade must satisfy, and where a claim stands after what was said of it."""

from __future__ import annotations

from claims.appraisal.people import tells_of_people
from claims.errors import RuleRefused
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.document import CARRIED_BY_DOCUMENTS
from claims.records.retrieval import SearchStatus
from reviewer.rules.completeness import find_lost, list_unanswered
from reviewer.rules.dossier import Dossier, find_unjudged, find_unjudged_documents

_NEEDED = {
    SupportGrade.SUPPORTED: {CitationJudgement.SUPPORTING},
    SupportGrade.PARTIALLY_SUPPORTED: {CitationJudgement.SUPPORTING, CitationJudgement.PARTLY},
    SupportGrade.CONTRADICTED: {CitationJudgement.REFUTING},
}
_NEEDS_REASON = {SupportGrade.CANNOT_JUDGE, SupportGrade.NOT_CHECKABLE}
_NOT_SEARCHED = {SearchStatus.NOT_SEARCHED, SearchStatus.RUNNING, SearchStatus.NOT_SEARCHABLE}


def check_grade(dossier: Dossier, grade: SupportGrade, comment: str) -> None:
    """Return when the rules of grading allow ``grade``; raise ``RuleRefused`` naming the rule otherwise.

    The judgements are those in ``dossier``: as the grader sees it, the grader's own. A document without a
    PMID is no citation: it carries claims of ``CARRIED_BY_DOCUMENTS`` alone.
    """
    needed = _NEEDED.get(grade)
    bearing = {j.pmid for j in dossier.judgements if needed and j.judgement in needed}
    documents = {j.document_id for j in dossier.document_judgements if needed and j.judgement in needed}
    carried = documents and dossier.claim.claim.type in CARRIED_BY_DOCUMENTS
    if needed and not bearing and not carried:
        raise RuleRefused("document_does_not_carry" if documents else f"{grade.value}_needs_citation")
    if grade is SupportGrade.SUPPORTED and not carried and tells_of_people(dossier.claim.claim):
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
        elsewhere = dossier.search_status is SearchStatus.NOT_SEARCHABLE
        code = "unsupported_not_searchable" if elsewhere else "unsupported_needs_search"
        raise RuleRefused(code, status=dossier.search_status)
    if lost.warnings and not lost.repeated:
        raise RuleRefused("unsupported_needs_records", lost=len(lost.warnings))
    if lost.warnings and not comment.strip():
        raise RuleRefused("unsupported_needs_reason", lost=len(lost.warnings))


def check_reason(grade: SupportGrade, comment: str) -> None:
    """Return when a grade outside the order has its reason; raise ``RuleRefused`` otherwise."""
    if grade in _NEEDS_REASON and not comment.strip():
        raise RuleRefused("grade_needs_reason")


def decide_status(dossier: Dossier) -> ClaimStatus:
    """Where a claim stands after what was said of it; ``dossier`` is whole, not as somebody sees it.

    A grade is complete when its grader judged every citation and document that anybody attached. As many
    complete grades as the plan needs settle the claim when they are the same, and are a conflict when they
    differ.
    """
    if dossier.adjudication is not None:
        return ClaimStatus.ADJUDICATED
    grades = dossier.grades
    complete = not any(
        find_unjudged(dossier.findings, dossier.judgements, grade.graded_by)
        or find_unjudged_documents(dossier.document_judgements, grade.graded_by)
        for grade in grades
    )
    if len(grades) < dossier.plan.needed or not complete:
        return ClaimStatus.IN_REVIEW
    return ClaimStatus.GRADED if len({grade.grade for grade in grades}) == 1 else ClaimStatus.CONFLICT
