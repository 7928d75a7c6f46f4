"""Opening another person's grade: while it is blind the request is refused, and stands in the trail."""

from __future__ import annotations

from datetime import datetime

from claims.errors import NotFound, RoleRefused
from claims.records.assessment import Assessment
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.visibility import may_see_grade
from reviewer.workflow.loading import load_whole


def open_grade(work: UnitOfWork, claim_id: int, grader: str, viewer: User, at: datetime) -> Assessment:
    """What ``grader`` gave to the claim's present wording.

    Raises ``RoleRefused`` while it is blind, alike whether or not there is one; ``NotFound``.
    """
    (dossier,) = load_whole(work, (work.claims.get_claim(claim_id),))
    if not may_see_grade(dossier, grader, viewer):
        values = (("grade_of", grader),)
        work.commit(AuditEntry(at, viewer.name, AuditAction.ACCESS_REFUSED, f"claim:{claim_id}", values))
        raise RoleRefused("grade_still_blind")
    grade = dossier.find_grade(grader)
    if grade is None:
        known = work.people.find_user(grader)
        raise NotFound("grade_not_found", name=known.full_name if known else grader)
    return grade
