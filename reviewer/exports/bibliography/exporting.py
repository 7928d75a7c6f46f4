"""The references of a version as a file for a reference manager."""

from __future__ import annotations

from datetime import datetime

from db.unit_of_work import UnitOfWork
from reviewer.exports.bibliography.gathering import Gathered, gather_references
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.exporting import hand_out
from reviewer.exports.table import ExportRequest
from reviewer.rules.permissions import Permission, require_permission


def export_references(
    work: UnitOfWork, form: str, request: ExportRequest, at: datetime
) -> tuple[bytes, Gathered]:
    """The file in one of ``BIBLIOGRAPHIES`` and what stands in it; the trail tells of it by then.

    Raises ``RoleRefused``, and ``NotFound`` where there is nothing to cite; then nothing is told.
    """
    require_permission(request.viewer, Permission.READ_VERSIONS)
    gathered = gather_references(work, request.version_id, request.zone)
    written = BIBLIOGRAPHIES[form].write(gathered.entries).encode()
    return hand_out(work, written, "references", form, request, at), gathered
