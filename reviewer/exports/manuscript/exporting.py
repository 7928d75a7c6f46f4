"""The manuscript of a version as a file for its author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.unit_of_work import UnitOfWork
from reviewer.exports.exporting import hand_out
from reviewer.exports.manuscript.writing import write_manuscript
from reviewer.exports.table import ExportRequest
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.margin import MarginComment, list_margin
from reviewer.workflow.publication import load_full_names, load_publication


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The file, what stands in its margin, and of that what has no place at a sentence."""

    content: bytes
    comments: tuple[MarginComment, ...]
    unplaced: tuple[MarginComment, ...]


def export_manuscript(work: UnitOfWork, request: ExportRequest, at: datetime) -> Manuscript:
    """The file with what is open to everybody; the trail tells of it by then.

    Raises ``RoleRefused`` and ``NotFound``; then nothing is told.
    """
    require_permission(request.viewer, Permission.READ_VERSIONS)
    publication = load_publication(work, request.version_id)
    flags = load_flags(work, publication.dossiers, None)
    locale = publication.version.article.language.value
    comments = list_margin(publication.dossiers, flags, load_full_names(work), locale)
    content, unplaced = write_manuscript(publication, comments, at)
    hand_out(work, content, "manuscript", "docx", request, at)
    return Manuscript(content, comments, unplaced)
