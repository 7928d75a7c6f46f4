"""What leaves the house, from the database to bytes, and the line in the trail that says who took it."""

from __future__ import annotations

import io
import logging
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from claims.records.audit import AuditAction, AuditEntry
from db.unit_of_work import UnitOfWork
from reviewer.exports.cells import protect_row
from reviewer.exports.column_names import name_columns
from reviewer.exports.registry import DEFAULT_FORMAT, FORMATS, TABLES
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.table import ExportRequest
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.audit_trail import find_trail_head

_READ_AT_ONCE = 1 << 20
_log = logging.getLogger("konkyo.exports")


def export_table(
    work: UnitOfWork, table: str, request: ExportRequest, at: datetime, ending: str = DEFAULT_FORMAT
) -> bytes:
    """The file of one of ``TABLES`` in one of ``FORMATS``; that it left the house is in the trail by then.

    Raises ``RoleRefused``, and what loading the table raises; then nothing is told.
    """
    buffer = io.BytesIO()
    export_table_into(buffer, work, table, request, at, ending)
    return buffer.getvalue()


def export_table_into(
    out: BinaryIO, work: UnitOfWork, table: str, request: ExportRequest, at: datetime, ending: str
) -> None:
    """Write the same file into an empty one that can be read, too; some rows alone are in memory at once."""
    require_permission(request.viewer, Permission.READ_VERSIONS)
    write_table_into(out, work, table, request, ending)
    _note_export(work, _digest(out), table, ending, request, at)


def export_report(work: UnitOfWork, ending: str, request: ExportRequest, at: datetime) -> bytes:
    """The report of a version in one of ``REPORT_FORMATS``; the trail knows of it as of a table's file.

    Raises ``RoleRefused``, and what making the file raises; then nothing is told.
    """
    require_permission(request.viewer, Permission.READ_VERSIONS)
    return hand_out(work, REPORT_FORMATS[ending].write(work, request, at), "report", ending, request, at)


def hand_out(
    work: UnitOfWork, exported: bytes, what: str, form: str, request: ExportRequest, at: datetime
) -> bytes:
    """``exported``, of which the trail tells by then: who took what of the version, in which format.

    Nothing is handed out of which the trail does not know, with its digest: a file that is shown later is the
    one that left, or is not. The line has the trail's head as it was when the file was made, too: the state
    of the house that the file tells of.
    """
    _note_export(work, sha256(exported).hexdigest(), what, form, request, at)
    return exported


def _digest(file: BinaryIO) -> str:
    digest = sha256()
    file.seek(0)
    while part := file.read(_READ_AT_ONCE):
        digest.update(part)
    return digest.hexdigest()


def _note_export(
    work: UnitOfWork, digest: str, what: str, form: str, request: ExportRequest, at: datetime
) -> None:
    head = find_trail_head(work)
    subject = f"version:{request.version_id}"
    values = (
        *(("table", what), ("format", form), ("sha256", digest)),
        ("audit_head", f"{head.position}:{head.digest}"),
    )
    work.commit(AuditEntry(at, request.viewer.name, AuditAction.REPORT_EXPORTED, subject, values))
    _log.info("exported %s as %s", what, form, extra={"event": "exported", "table": what})


def write_table(work: UnitOfWork, table: str, request: ExportRequest, ending: str = DEFAULT_FORMAT) -> bytes:
    """The file of one of ``TABLES`` in one of ``FORMATS``, for a look that leaves no trace."""
    buffer = io.BytesIO()
    write_table_into(buffer, work, table, request, ending)
    return buffer.getvalue()


def write_table_into(
    out: BinaryIO, work: UnitOfWork, table: str, request: ExportRequest, ending: str
) -> None:
    """Write the same into a file, a row after the other."""
    wanted = TABLES[table]
    rows = (protect_row(row, wanted.whole_places) for row in wanted.load(work, request))
    FORMATS[ending].write(rows, wanted.columns, out, name_columns(wanted.columns, request.columns))
