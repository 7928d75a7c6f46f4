"""What buttons hand out beside tables, made when pressed: article, references, evidence packet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import make_later
from reviewer.dashboard.session import get_application
from reviewer.exports.article.exporting import export_article
from reviewer.exports.bibliography.exporting import export_references
from reviewer.exports.manuscript.exporting import export_manuscript
from reviewer.exports.packet import export_packet
from reviewer.exports.table import ExportRequest


def article_later(version_id: int, form: str) -> Callable[[], bytes]:
    """What makes the article in one of ``ARTICLE_FORMATS``. Raises what it and ``make_later`` raise."""
    settings = get_application().settings

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        request = ExportRequest(version_id, viewer, settings.time_zone)
        return export_article(work, form, request, now, settings.review_months)[0].content

    return make_later(export)


def references_later(version_id: int, form: str) -> Callable[[], bytes]:
    """What makes the references in one of ``BIBLIOGRAPHIES``. Raises what it and ``make_later`` raise."""
    zone = get_application().settings.time_zone

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        return export_references(work, form, ExportRequest(version_id, viewer, zone), now)[0]

    return make_later(export)


def packet_later(version_id: int) -> Callable[[], bytes]:
    """What makes the evidence packet. Raises what it and ``make_later`` raise."""
    settings = get_application().settings

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        request = ExportRequest(version_id, viewer, settings.time_zone)
        return export_packet(work, request, now, settings.review_months)

    return make_later(export)


def manuscript_later(version_id: int) -> Callable[[], bytes]:
    """What makes the manuscript for the author. Raises what it and ``make_later`` raise."""
    zone = get_application().settings.time_zone

    def export(work: UnitOfWork, viewer: User, now: datetime) -> bytes:
        return export_manuscript(work, ExportRequest(version_id, viewer, zone), now).content

    return make_later(export)
