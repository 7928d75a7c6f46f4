"""The review report of one version, from the database to bytes."""

from __future__ import annotations

from claims.records.assessment import ClaimStatus
from db.unit_of_work import UnitOfWork
from reviewer.exports.report import REPORT_COLUMNS, build_report
from reviewer.exports.to_csv import to_csv
from reviewer.workflow.dossier import load_dossiers


def export_report(work: UnitOfWork, version_id: int, locale: str = "en") -> bytes:
    """The CSV report of a version: one row for each claim that was not dismissed. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    claims = work.claims.list_claims(version_id)
    standing = tuple(claim for claim in claims if claim.status is not ClaimStatus.DISMISSED)
    return to_csv(build_report(version, load_dossiers(work, standing), locale), REPORT_COLUMNS)
