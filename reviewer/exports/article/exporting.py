"""The article of a version as a file for its readers."""

from __future__ import annotations

from datetime import datetime

from db.unit_of_work import UnitOfWork
from reviewer.exports.article.citing import CitedArticle, cite_article
from reviewer.exports.article.evidence import Occasion
from reviewer.exports.article.registry import ARTICLE_FORMATS, WrittenArticle
from reviewer.exports.exporting import hand_out
from reviewer.exports.table import ExportRequest
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.publication import load_publication


def export_article(
    work: UnitOfWork, form: str, request: ExportRequest, at: datetime, again_months: int
) -> tuple[WrittenArticle, CitedArticle]:
    """The file in one of ``ARTICLE_FORMATS`` and what stands in it; the trail tells of it by then.

    Raises ``RoleRefused`` and ``NotFound``; then nothing is told.
    """
    require_permission(request.viewer, Permission.READ_VERSIONS)
    article = cite_article(load_publication(work, request.version_id), request.zone)
    written = ARTICLE_FORMATS[form].write(article, Occasion(request.zone, again_months))
    hand_out(work, written.content, "article", form, request, at)
    return written, article
