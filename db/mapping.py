"""Rows as records and records as rows: by the names of fields, and by hand where these are no columns.

What is stored one at a time becomes a row; what is stored by the dozen becomes its values, since SQLite
takes many values in one statement but asks for each row's number by itself.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from claims.records.article import Article, text_hash
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditEntry
from claims.records.claim import Claim, DroppedUnit
from claims.records.finding import Finding
from claims.records.lineage import HandStep
from claims.records.retrieval import SearchRun
from claims.records.review import ArticleVersion, ReviewClaim
from claims.text.folding import fold_words
from claims.text.wording import digest_wording
from db.base import Base
from db.models import (
    AuditRow,
    ClaimRow,
    PlacementRow,
    RunRow,
    VersionRow,
)

Values: TypeAlias = dict[str, Any]
_Record = TypeVar("_Record")
_Row = TypeVar("_Row", bound=Base)


def take_values(record: object, **more: object) -> Values:
    """The values of a row: a column for each field of ``record``, and those named in ``more``."""
    return {field.name: getattr(record, field.name) for field in fields(cast(Any, record))} | more


def make_row(kind: type[_Row], record: object, **more: object) -> _Row:
    """The row of ``record``: a column for each field, and those named in ``more``."""
    return kind(**take_values(record, **more))


def read_record(kind: type[_Record], row: Base) -> _Record:
    """The record whose fields are columns of ``row``."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(cast(Any, kind))})


def version_record(row: VersionRow) -> ArticleVersion:
    """The version with the article as it then was."""
    return ArticleVersion(
        id=row.id,
        article_id=row.article_id,
        number=row.number,
        article=Article(row.title, row.language, row.text, row.blocks, row.origin),
        ingested_at=row.ingested_at,
    )


def select_claims() -> Select[Any]:
    """What ``claim_record`` reads, of each place of a claim.

    Columns and no rows of the session: those would be kept and compared, and take as long again to read.
    """
    columns: tuple[InstrumentedAttribute[Any], ...] = (
        *(ClaimRow.id, ClaimRow.status, ClaimRow.revision, ClaimRow.reason, ClaimRow.by_hand, ClaimRow.steps),
        *(PlacementRow.version_id, PlacementRow.claim, PlacementRow.read_since, PlacementRow.read_after),
    )
    chosen: Select[Any] = select(*columns).select_from(ClaimRow)
    return chosen.join(PlacementRow, PlacementRow.claim_id == ClaimRow.id)


def claim_record(row: Row[Any], number: int) -> ReviewClaim:
    """The claim as it reads in a version, and where its review stands."""
    return ReviewClaim(
        id=row.id,
        version_id=row.version_id,
        number=number,
        claim=row.claim,
        status=row.status,
        revision=row.revision,
        reason=row.reason,
        by_hand=row.by_hand,
        read_since=row.read_since,
        steps=row.steps,
        read_after=row.read_after,
    )


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
        "wording": digest_wording(claim.text),
        "reading": digest_wording(claim.read_as),
    }


def words_values(version_id: int, claim_id: int, claim: Claim) -> Values:
    """The row of a claim's words in a version."""
    return {
        "version_id": version_id,
        "claim_id": claim_id,
        "text_hash": text_hash(claim.text),
        "words": fold_words(f"{claim.text} {claim.read_as}"),
    }


def dropped_values(unit: DroppedUnit, version_id: int) -> Values:
    """The row of a unit that became no claim."""
    return {"version_id": version_id, "unit": unit, "claim_id": None}


def run_record(row: RunRow) -> SearchRun:
    """The query as it was sent and what it gave; a failure of old has no values."""
    return replace(read_record(SearchRun, row), failure_values=row.failure_values or ())


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
