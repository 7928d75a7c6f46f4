"""Where the claim stands for the person before it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.assessment import ClaimStatus
from claims.records.people import User
from reviewer.dashboard.times import format_moment
from reviewer.i18n import translator
from reviewer.labels import grade_label
from reviewer.person_names import name_person
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.rules.tasks import Task


def describe_standing(
    dossier: Dossier, part: Task, viewer: User, names: Mapping[str, str], locale: str
) -> str:
    """What was decided, what is waited for, and what the keys of the grades do next.

    ``names`` are the full names of accounts.
    """
    if part in (Task.VIEWS, Task.DECIDES):
        return _describe_settling(dossier, viewer, names, locale)
    told = (_describe_own(dossier, part, viewer, locale), _describe_next(dossier, viewer, locale))
    return " ".join(sentence for sentence in told if sentence)


def _describe_settling(dossier: Dossier, viewer: User, names: Mapping[str, str], locale: str) -> str:
    translate = translator(locale)
    view = dossier.find_view(viewer.name)
    if view is None:
        told = translate("{graders} differ. Give your own view first, with the keys 4–0, 9, 8.")
        return told.format(graders=", ".join(name_person(name, names, translate) for name in dossier.graders))
    told = translate(
        "Your view: {grade}. Choose the grade that is to stand (4–0, 9, 8), write why, then Decide (Enter)."
    )
    return told.format(grade=grade_label(view.grade, locale))


def _describe_own(dossier: Dossier, part: Task, viewer: User, locale: str) -> str:
    translate = translator(locale)
    own = dossier.find_grade(viewer.name)
    if own is not None:
        return translate("Your grade: {grade}, {date}.").format(
            grade=grade_label(own.grade, locale), date=format_moment(own.graded_at, locale)
        )
    if part is Task.GRADES and _changed_since_graded(dossier, viewer):
        return translate("The words changed since it was graded: grade it anew.")
    return translate("You have not graded this claim yet.") if part is Task.GRADES else ""


def _changed_since_graded(dossier: Dossier, viewer: User) -> bool:
    """Whether the viewer, or as far as they may know anybody, graded earlier words of the claim."""
    if dossier.claim.status is ClaimStatus.STALE:
        return True
    earlier = [*dossier.assessments, *(given for former in dossier.former for given in former.assessments)]
    own = (given for given in earlier if given.graded_by == viewer.name)
    return any(given.text_hash != dossier.claim.text_hash for given in own)


def _describe_next(dossier: Dossier, viewer: User, locale: str) -> str:
    """What the claim waits for, as far as the viewer may know."""
    translate, status = translator(locale), dossier.claim.status
    verdict = dossier.verdict
    if verdict is not None:
        told = translate("Final grade: {grade}.").format(grade=grade_label(verdict.grade, locale))
        return f"{told} {translate('w opens it again.')}" if may(viewer, Permission.REOPEN) else told
    if status is ClaimStatus.DISMISSED:
        return translate("Dismissed: {reason}").format(reason=dossier.claim.reason)
    if status is ClaimStatus.CONFLICT:
        return translate("The grades differ: an adjudicator settles it.")
    of_article = may(viewer, Permission.GRADE) and dossier.plan.lets_grade(viewer.name)
    if of_article and not dossier.lets_grade(viewer.name):
        return translate("This claim is assigned to others of the article's reviewers: you can read it.")
    if dossier.to_judge:
        told = translate("Somebody attached citations that you did not judge yet: {pmids}.")
        return told.format(pmids=", ".join(dossier.to_judge))
    if dossier.find_grade(viewer.name) is not None:
        return translate("The other reviewer is not done yet.")
    return ""
