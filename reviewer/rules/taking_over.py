"""When a settled grade may be taken over for a claim of the same wording; never of safety (ADR 0060)."""

from __future__ import annotations

from collections.abc import Collection

from claims.records.assessment import Assessment, SupportGrade
from claims.records.citation import Pmid, RetractionStatus
from claims.records.claim import ClaimType
from claims.text.wording import normalise_wording
from reviewer.rules.dossier import Dossier, find_attached

# Settled grades of one wording may lie so many steps apart; further, and the sentence is contested.
MOST_STEPS_APART = 1
_NEVER_OF = frozenset({ClaimType.SAFETY})
_NEVER = frozenset({SupportGrade.UNSUPPORTED, SupportGrade.CONTRADICTED})
# A paper that nobody looked at is not known to stand.
_STANDING = frozenset({RetractionStatus.NONE_KNOWN, RetractionStatus.CORRECTED, RetractionStatus.UPDATED})


def lets_take_over(dossier: Dossier, name: str) -> bool:
    """Whether somebody may give a grade to this claim that others gave to the same words elsewhere.

    ``dossier`` is as they see it. Not a claim that was opened again or came of one that was refuted, both to
    be read anew, nor one that they graded themselves.
    """
    grades = {grade.grade for former in dossier.former for grade in former.assessments}
    grades |= {former.adjudication.grade for former in dossier.former if former.adjudication}
    return (
        dossier.claim.claim.type not in _NEVER_OF
        and dossier.since is None
        and dossier.find_grade(name) is None
        and grades.isdisjoint(_NEVER)
    )


def lets_give(dossier: Dossier) -> bool:
    """Whether what somebody gave to the claim may be given to the same words beside it: not of safety, and
    not what rests on a document, which belongs to one claim."""
    return dossier.claim.claim.type not in _NEVER_OF and not dossier.attached_documents


def are_of_one_mind(grades: Collection[SupportGrade]) -> bool:
    """Whether what was said of one wording lets any of it be taken over: none refuted it, and none differs.

    Grades with a step lie no further apart than ``MOST_STEPS_APART``; those without are all the same.

    >>> are_of_one_mind({SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED})
    True
    >>> are_of_one_mind({SupportGrade.SUPPORTED, SupportGrade.OVERSTATED})
    False
    """
    steps = [grade.step for grade in grades if grade.step is not None]
    if len(steps) < len(set(grades)):
        return len(set(grades)) == 1
    return bool(steps) and _NEVER.isdisjoint(grades) and max(steps) - min(steps) <= MOST_STEPS_APART


def find_source(former: Dossier, dossier: Dossier) -> Assessment | None:
    """The grade of ``former`` that may be taken over for the claim, or ``None``.

    It stands, was given by hand, and rests on records alone, each of which is known to stand.
    """
    verdict = former.verdict
    if verdict is None or former.is_reread or former.claim.claim.type in _NEVER_OF:
        return None
    if normalise_wording(former.claim.claim.read_as) != normalise_wording(dossier.claim.claim.read_as):
        return None
    if not all_stand(former):
        return None
    alike = [grade for grade in verdict.grades if grade.grade is verdict.grade and not is_copied(grade)]
    return alike[-1] if alike else None


def all_stand(dossier: Dossier) -> bool:
    """Whether all that the claim rests on are papers, each of which is known to stand."""
    return not dossier.attached_documents and all(
        finding.retraction.status in _STANDING for finding in dossier.attached
    )


def brings_nothing_blind(former: Dossier, source: Assessment, dossier: Dossier) -> bool:
    """Whether no paper has to come along, or one person alone grades the claim.

    Under double grading one that comes along would tell the others who took what.
    """
    return dossier.plan.needed == 1 or not list_missing(former, source, dossier)


def is_copied(grade: Assessment) -> bool:
    """Whether the grade is one that was taken over, and not given by hand."""
    return grade.taken_from is not None and not grade.taken_from.changed


def list_missing(former: Dossier, source: Assessment, dossier: Dossier) -> tuple[Pmid, ...]:
    """The records that the grader of ``source`` judged to bear on it and that are not found for the claim."""
    own = tuple(judged for judged in former.judgements if judged.judged_by == source.graded_by)
    here = {finding.pmid for finding in dossier.findings}
    bearing = find_attached(own) - here
    return tuple(finding.pmid for finding in former.findings if finding.pmid in bearing)
