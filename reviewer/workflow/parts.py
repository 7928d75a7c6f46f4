"""What a person does at a claim at this moment: declare, grade, view, decide, or read."""

from __future__ import annotations

from enum import StrEnum

from claims.records.assessment import ClaimStatus
from claims.records.people import Role, User
from reviewer.workflow.dossier import Dossier


class Part(StrEnum):
    """What the keys of the grades do for a person. It is asked for the page; every step asks again."""

    DECLARES = "declares"
    GRADES = "grades"
    VIEWS = "views"
    DECIDES = "decides"
    READS = "reads"


def find_part(dossier: Dossier, viewer: User, declared: bool) -> Part:
    """The part of ``viewer`` at the claim; ``dossier`` is as they see it.

    Who is to grade or to settle the claim ``declared`` their interests in its article, or does so first.
    """
    part = Part.READS
    if _may_settle(dossier, viewer):
        part = Part.VIEWS if dossier.find_view(viewer.name) is None else Part.DECIDES
    elif _may_grade(dossier, viewer):
        part = Part.GRADES
    return part if declared or part is Part.READS else Part.DECLARES


def _may_settle(dossier: Dossier, viewer: User) -> bool:
    return (
        dossier.claim.status is ClaimStatus.CONFLICT
        and viewer.has_any(Role.ADJUDICATOR)
        and dossier.plan.lets_adjudicate(viewer.name)
        and viewer.name not in dossier.graders
    )


def _may_grade(dossier: Dossier, viewer: User) -> bool:
    status = dossier.claim.status
    if not viewer.has_any(Role.REVIEWER) or not dossier.plan.lets_grade(viewer.name):
        return False
    if status is ClaimStatus.GRADED:
        return dossier.graders == (viewer.name,)
    closed = status in (ClaimStatus.ADJUDICATED, ClaimStatus.CONFLICT, ClaimStatus.DISMISSED)
    return bool(dossier.claim.number) and not closed
