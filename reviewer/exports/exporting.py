"""The tables of one version, from the database to bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.exports.audit_table import AUDIT_COLUMNS, build_audit_table
from reviewer.exports.citation_table import CITATION_COLUMNS, build_citation_table
from reviewer.exports.report import REPORT_COLUMNS, Reviewed, build_report
from reviewer.exports.search_log import SEARCH_LOG_COLUMNS, build_search_log
from reviewer.exports.to_csv import to_csv
from reviewer.workflow.assigning import find_bringers, load_declarations
from reviewer.workflow.audit_trail import load_version_trail
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_version


def export_report(work: UnitOfWork, version_id: int, zone: tzinfo, locale: str = "en") -> bytes:
    """The CSV report of a version: one row for each claim that was not dismissed. Raises ``NotFound``.

    It holds what is open to everybody, whoever asks for it: no grade that is still blind.
    """
    return to_csv(build_report(load_reviewed(work, version_id, zone), locale), REPORT_COLUMNS)


def export_citations(work: UnitOfWork, version_id: int, zone: tzinfo) -> bytes:
    """The CSV table of claims and their citations, one row a pair; as open as the report."""
    return to_csv(build_citation_table(load_reviewed(work, version_id, zone)), CITATION_COLUMNS)


def export_trail(work: UnitOfWork, version_id: int, viewer: User, zone: tzinfo) -> bytes:
    """The CSV table of everything that was done to a version and its claims, as ``viewer`` may see it."""
    return to_csv(build_audit_table(load_version_trail(work, version_id, viewer), zone), AUDIT_COLUMNS)


def load_reviewed(work: UnitOfWork, version_id: int, zone: tzinfo) -> Reviewed:
    """A version with its claims, their flags, and what their graders declared. Raises ``NotFound``.

    Of a grader who brought this version or an earlier one in, the declaration says that as well.
    """
    version, dossiers = load_version(work, version_id, None)
    declared = load_declarations(work, version_id)
    for name in find_bringers(work, version_id) & declared.keys():
        own = declared[name]
        declared[name] = replace(own, statement=f"{own.statement}; brought the article in")
    return Reviewed(version, dossiers, load_flags(work, dossiers, None), declared, zone)


def export_search_log(work: UnitOfWork, version_id: int, zone: tzinfo) -> bytes:
    """The CSV log of every search of a version's claims, dismissed ones too. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    claims = work.claims.list_claims(version_id)
    runs = work.searches.load_runs([claim.id for claim in claims])
    return to_csv(build_search_log(version, claims, runs, zone), SEARCH_LOG_COLUMNS)


def record_export(work: UnitOfWork, version_id: int, table: str, actor: User, at: datetime) -> None:
    """Write into the trail that a table of the version left the house, and in whose hands."""
    values = (("table", table),)
    work.commit(AuditEntry(at, actor.name, AuditAction.REPORT_EXPORTED, f"version:{version_id}", values))
