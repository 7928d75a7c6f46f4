"""Rows as records and records as rows.

What is stored one at a time becomes a row; what is stored by the dozen becomes its values, since SQLite
takes many values in one statement but asks for each row's number by itself.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeAlias

from claims.records.article import Article
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditEntry
from claims.records.claim import Claim, DroppedUnit
from claims.records.finding import Finding
from claims.records.lineage import Descent, HandStep
from claims.records.people import User
from claims.records.retrieval import SearchRun
from claims.records.review import ArticleVersion, ReviewClaim, ReviewDropped
from db.models import (
    AccountRow,
    AuditRow,
    ClaimRow,
    DescentRow,
    DroppedRow,
    PlacementRow,
    RunRow,
    VersionRow,
)

Values: TypeAlias = dict[str, Any]


def version_record(row: VersionRow) -> ArticleVersion:
    """The version with the article as it then was."""
    return ArticleVersion(
        id=row.id,
        article_id=row.article_id,
        number=row.number,
        article=Article(row.title, row.language, row.text, row.blocks, row.origin),
        ingested_at=row.ingested_at,
    )


def claim_record(row: ClaimRow, placement: PlacementRow, number: int) -> ReviewClaim:
    """The claim as it reads in a version, and where its review stands."""
    return ReviewClaim(
        id=row.id,
        version_id=placement.version_id,
        number=number,
        claim=placement.claim,
        status=row.status,
        revision=row.revision,
        reason=row.reason,
        by_hand=row.by_hand,
        read_since=placement.read_since,
        steps=row.steps,
        read_after=placement.read_after,
    )


def descent_record(row: DescentRow) -> Descent:
    """A line between a former claim and one that came of it."""
    return Descent(row.version_id, row.relation, row.former_id, row.claim_id, row.by_hand)


def dropped_record(row: DroppedRow) -> ReviewDropped:
    """The dropped unit and what became of it."""
    return ReviewDropped(row.id, row.version_id, row.unit, row.claim_id)


def claim_values(version_id: int, number: int, status: ClaimStatus, by_hand: tuple[HandStep, ...]) -> Values:
    """The row of a claim that begins in this version."""
    return {
        "version_id": version_id,
        "number": number,
        "status": status,
        "reason": "",
        "by_hand": by_hand,
        "revision": 1,
    }


def placement_values(
    claim: Claim,
    version_id: int,
    claim_id: int,
    read_since: datetime | None = None,
    read_after: int = 0,
) -> Values:
    """The row of a claim's place in a version."""
    return {
        "version_id": version_id,
        "claim_id": claim_id,
        "start_char": claim.start,
        "end_char": claim.end,
        "claim": claim,
        "standing": True,
        "read_since": read_since,
        "read_after": read_after,
    }


def descent_values(descent: Descent) -> Values:
    """The row of a line between claims: a column for each field."""
    return {field.name: getattr(descent, field.name) for field in fields(descent)}


def dropped_values(unit: DroppedUnit, version_id: int) -> Values:
    """The row of a unit that became no claim."""
    return {"version_id": version_id, "unit": unit, "claim_id": None}


def run_values(run: SearchRun, search_id: int) -> Values:
    """The row of one query of a search: a column for each field."""
    return {field.name: getattr(run, field.name) for field in fields(run)} | {"search_id": search_id}


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
        failure_values=row.failure_values or (),
        beside=row.beside,
        search_id=row.search_id,
    )


def finding_values(finding: Finding, claim_id: int) -> Values:
    """The row of a citation under a claim."""
    return {"claim_id": claim_id, "pmid": finding.pmid, "rank": finding.rank, "finding": finding}


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


def user_record(row: AccountRow) -> User:
    """The person, without what a sign-in is checked against."""
    return User(row.id, row.name, row.full_name, row.roles, row.qualification, row.email, row.active)
