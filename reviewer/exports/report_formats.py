"""The report of a version in each of the files that people ask for: ``konkyo report --format``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from db.unit_of_work import UnitOfWork
from reviewer.exports.documents.model import Document
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.documents.to_html import to_html
from reviewer.exports.documents.to_pdf import to_pdf
from reviewer.exports.review_document.building import load_document
from reviewer.exports.table import ExportRequest
from reviewer.exports.to_xlsx import MIME
from reviewer.exports.workbook import make_workbook

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A kind of file that holds the whole report: its name on a button, its media type, and what makes it.

    ``write`` is given the moment at which the report is made; it raises what loading the version raises.
    """

    name: str
    mime: str
    write: Callable[[UnitOfWork, ExportRequest, datetime], bytes]


def _as_document(name: str, mime: str, write: Callable[[Document], bytes]) -> ReportFormat:
    return ReportFormat(name, mime, lambda work, request, at: write(load_document(work, request, at)))


# By the ending of its files; a table's own formats are in ``reviewer.exports.registry``.
REPORT_FORMATS: Mapping[str, ReportFormat] = {
    "docx": _as_document("Word", _WORD, to_docx),
    "pdf": _as_document("PDF", "application/pdf", to_pdf),
    "html": _as_document("HTML", "text/html", to_html),
    "xlsx": ReportFormat("Excel", MIME, make_workbook),
}
