"""Rows as records and records as rows.

What is stored one at a time becomes a row; what is stored by the dozen becomes its values, since SQLite
takes many values in one statement but asks for each row's number by itself.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeAlias

from claims.records.article import Article
from claims.records.assessment import Assessment, ClaimStatus, JudgedCitation
from claims.records.audit import AuditEntry
from claims.records.claim import Claim, DroppedUnit
from claims.records.finding import Finding
from claims.records.retrieval import SearchRun
from claims.records.review import ArticleVersion, ReviewClaim, ReviewDropped
from db.models import (
    ArticleRow,
    AssessmentRow,
    AuditRow,
    ClaimRow,
    DroppedRow,
    JudgementRow,
    RunRow,
    VersionRow,
)

Values: TypeAlias = dict[str, Any]


def version_record(row: VersionRow, article: ArticleRow) -> ArticleVersion:
    """The version with its article's title."""
    return ArticleVersion(
        id=row.id,
        article_id=row.article_id,
        number=row.number,
        article=Article(article.title, row.language, row.text, row.blocks, row.origin),
        ingested_at=row.ingested_at,
    )


def claim_record(row: ClaimRow) -> ReviewClaim:
    """The claim and where it stands."""
    return ReviewClaim(
        id=row.id,
        version_id=row.version_id,
        number=row.number,
        claim=row.claim,
        status=row.status,
        revision=row.revision,
        reason=row.reason,
    )


def dropped_record(row: DroppedRow) -> ReviewDropped:
    """The dropped unit and what became of it."""
    return ReviewDropped(row.id, row.version_id, row.unit, row.claim_id)


def claim_values(claim: Claim, version_id: int, number: int) -> Values:
    """The row of a claim that nobody has looked at yet."""
    return {
        "version_id": version_id,
        "number": number,
        "claim": claim,
        "status": ClaimStatus.EXTRACTED,
        "reason": "",
        "revision": 1,
    }


def dropped_values(unit: DroppedUnit, version_id: int) -> Values:
    """The row of a unit that became no claim."""
    return {"version_id": version_id, "unit": unit, "claim_id": None}


def run_values(run: SearchRun, search_id: int) -> Values:
    """The row of one query of a search: a column for each field."""
    return {"search_id": search_id} | {field.name: getattr(run, field.name) for field in fields(run)}


def run_record(row: RunRow) -> SearchRun:
    """The query as it was sent and what it gave."""
    return SearchRun(
        rung=row.rung,
        query=row.query,
        source=row.source,
        status=row.status,
        searched_at=row.searched_at,
        count=row.count,
        translation=row.translation,
        warnings=row.warnings,
        failure=row.failure,
        lexicon_version=row.lexicon_version,
        ranker_version=row.ranker_version,
        asked_by=row.asked_by,
    )


def finding_values(finding: Finding, claim_id: int) -> Values:
    """The row of a citation under a claim."""
    return {"claim_id": claim_id, "pmid": finding.pmid, "rank": finding.rank, "finding": finding}


def assessment_row(assessment: Assessment) -> AssessmentRow:
    """The row of one grade."""
    return AssessmentRow(
        claim_id=assessment.claim_id,
        grade=assessment.grade,
        comment=assessment.comment,
        graded_by=assessment.graded_by,
        graded_at=assessment.graded_at,
        text_hash=assessment.text_hash,
    )


def assessment_record(row: AssessmentRow) -> Assessment:
    """One reviewer's grade of one claim."""
    return Assessment(row.claim_id, row.grade, row.comment, row.graded_by, row.graded_at, row.text_hash)


def judgement_row(judged: JudgedCitation, claim_id: int) -> JudgementRow:
    """The row of one judgement under a claim."""
    return JudgementRow(
        claim_id=claim_id,
        pmid=judged.pmid,
        judgement=judged.judgement,
        basis=judged.basis,
        judged_by=judged.judged_by,
        judged_at=judged.judged_at,
    )


def judgement_record(row: JudgementRow) -> JudgedCitation:
    """One reviewer's judgement of one citation."""
    return JudgedCitation(row.pmid, row.judgement, row.basis, row.judged_by, row.judged_at)


def audit_row(entry: AuditEntry) -> AuditRow:
    """The row of one line of the trail."""
    return AuditRow(
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        details=entry.values,
    )


def audit_record(row: AuditRow) -> AuditEntry:
    """One line of the trail."""
    return AuditEntry(row.at, row.actor, row.action, row.subject, row.details)
