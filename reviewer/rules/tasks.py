"""What a person does at a claim at this moment: declare, grade, view, decide, or read."""

from __future__ import annotations

from enum import StrEnum

from claims.records.assessment import ClaimStatus
from claims.records.people import User
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may


class Task(StrEnum):
    """What the keys of the grades do for a person. It is asked for the page; every step asks again."""

    DECLARES = "declares"
    GRADES = "grades"
    VIEWS = "views"
    DECIDES = "decides"
    READS = "reads"


def find_task(dossier: Dossier, viewer: User, declared: bool) -> Task:
    """The part of ``viewer`` at the claim; ``dossier`` is as they see it.

    Who is to grade or to settle the claim ``declared`` their interests in its article, or does so first.
    """
    part = Task.READS
    if _may_settle(dossier, viewer):
        part = Task.VIEWS if dossier.find_view(viewer.name) is None else Task.DECIDES
    elif _may_grade(dossier, viewer):
        part = Task.GRADES
    return part if declared or part is Task.READS else Task.DECLARES


def _may_settle(dossier: Dossier, viewer: User) -> bool:
    return (
        dossier.claim.status is ClaimStatus.CONFLICT
        and may(viewer, Permission.ADJUDICATE)
        and dossier.plan.lets_adjudicate(viewer.name)
        and viewer.name not in dossier.graders
    )


def _may_grade(dossier: Dossier, viewer: User) -> bool:
    status = dossier.claim.status
    if not may(viewer, Permission.GRADE) or not dossier.lets_grade(viewer.name):
        return False
    if status is ClaimStatus.GRADED:
        return dossier.graders == (viewer.name,)
    closed = status in (ClaimStatus.ADJUDICATED, ClaimStatus.CONFLICT, ClaimStatus.DISMISSED)
    return bool(dossier.claim.number) and not closed
