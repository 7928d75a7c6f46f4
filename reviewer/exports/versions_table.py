"""The versions of an article as rows: what a text is known by, where it came from, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from hashlib import sha256

from claims.records.decision import Decision
from db.unit_of_work import UnitOfWork
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.i18n import mark
from reviewer.moments import write_moment
from reviewer.workflow.publication import StoredVersion, load_versions

VERSION_COLUMNS = (
    "article",
    "version",
    "version_hash",
    "ingested_at",
    "state",
    "original",
    "original_media_type",
    "original_sha256",
    "decision",
    "decided_at",
    "decided_by",
    "decision_hash",
    "signed_by",
    "signed_as",
    "proved_by",
    "comment",
    "schema_version",
)


def build_versions_table(versions: Sequence[StoredVersion], zone: tzinfo) -> list[Row]:
    """By version and then by decision, oldest first; one row for a version of which nothing was decided.

    ``version_hash`` is the SHA-256 of the canonical text, ``decision_hash`` that of the text decided on.
    """
    return [
        _describe(stored, zone) | _describe_decision(decision, zone)
        for stored in versions
        for decision in stored.decisions or (None,)
    ]


def _describe(stored: StoredVersion, zone: tzinfo) -> Row:
    version, original = stored.version, stored.original
    return {
        "article": version.article.title,
        "version": str(version.number),
        "version_hash": version.version_hash,
        "ingested_at": write_moment(version.ingested_at, zone),
        "state": stored.state.value,
        "original": original.name if original else "",
        "original_media_type": original.media_type if original else "",
        "original_sha256": sha256(original.content).hexdigest() if original else "",
        "schema_version": SCHEMA_VERSION,
    }


def _describe_decision(decision: Decision | None, zone: tzinfo) -> Row:
    names = VERSION_COLUMNS[VERSION_COLUMNS.index("decision") : -1]
    if decision is None:
        return dict.fromkeys(names, "")
    signed = decision.signature
    told = (
        decision.state.value,
        write_moment(decision.decided_at, zone),
        decision.decided_by,
        decision.version_hash,
        signed.full_name if signed else "",
        "; ".join(role.value for role in signed.roles) if signed else "",
        signed.proved_by.value if signed else "",
        decision.comment,
    )
    return dict(zip(names, told, strict=True))


def _load_rows(work: UnitOfWork, request: ExportRequest) -> list[Row]:
    return build_versions_table(load_versions(work, request.version_id), request.zone)


VERSIONS = Table(mark("Versions"), "versions", VERSION_COLUMNS, _load_rows)
