"""The tables of one version, from the database to bytes."""

from __future__ import annotations

from db.unit_of_work import UnitOfWork
from reviewer.exports.report import REPORT_COLUMNS, build_report
from reviewer.exports.search_log import SEARCH_LOG_COLUMNS, build_search_log
from reviewer.exports.to_csv import to_csv
from reviewer.workflow.loading import load_version


def export_report(work: UnitOfWork, version_id: int, locale: str = "en") -> bytes:
    """The CSV report of a version: one row for each claim that was not dismissed. Raises ``NotFound``.

    It holds what is open to everybody, whoever asks for it: no grade that is still blind.
    """
    version, dossiers = load_version(work, version_id, None)
    return to_csv(build_report(version, dossiers, locale), REPORT_COLUMNS)


def export_search_log(work: UnitOfWork, version_id: int) -> bytes:
    """The CSV log of every search of a version's claims, dismissed ones too. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    claims = work.claims.list_claims(version_id)
    runs = work.searches.load_runs([claim.id for claim in claims])
    return to_csv(build_search_log(version, claims, runs), SEARCH_LOG_COLUMNS)
