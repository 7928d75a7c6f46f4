"""Where one person alone may not change a claim by hand: another's verdict, and contradicted safety.

What is still graded for the first time is blind and binds nobody but its own grader: to say so would tell
who graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.records.assessment import Assessment, ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import find_person
from reviewer.rules.dossier import Dossier, Former


def needs_second_person(dossier: Dossier, name: str, taken_back: Sequence[Assessment] = ()) -> bool:
    """Whether the step would take away more than this person's own verdict.

    Others settled the claim, be it before it was opened again; or it is contradicted safety: by a verdict on
    it, by one on the claims that it was reworded from while it has none of its own, or by a grade that the
    person gave themselves, ``taken_back`` or not.
    """
    own = [said for said in (*dossier.assessments, *taken_back) if is_same_person(said.graded_by, name)]
    if dossier.claim.claim.type is ClaimType.SAFETY and _contradicts(said.grade for said in own):
        return True
    if dossier.verdict is None and any(map(_is_contradicted_safety, dossier.former)):
        return True
    status = dossier.claim.status
    if not (status.is_settled or status is ClaimStatus.CONFLICT or dossier.since is not None):
        return False
    said = [
        (grade.graded_by, grade.grade)
        for grade in dossier.assessments
        if grade.text_hash == dossier.claim.text_hash
    ]
    if (decided := dossier.adjudication) is not None:
        said.append((decided.adjudicated_by, decided.grade))
    if dossier.claim.claim.type is ClaimType.SAFETY and _contradicts(grade for _, grade in said):
        return True
    return any(not is_same_person(person, name) for person, _ in said)


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: a system account is taken for its namesake's.

    >>> is_same_person("cli:Sato", "sato"), is_same_person("sato", "suzuki")
    (True, False)
    """
    return find_person(one) == find_person(other)


def _is_contradicted_safety(former: Former) -> bool:
    claim = former.claim
    if claim.claim.type is not ClaimType.SAFETY:
        return False
    if not (claim.status.is_settled or claim.status is ClaimStatus.CONFLICT):
        return False
    said = [grade.grade for grade in former.assessments if grade.text_hash == claim.text_hash]
    if former.adjudication is not None:
        said.append(former.adjudication.grade)
    return _contradicts(said)


def _contradicts(grades: Iterable[SupportGrade]) -> bool:
    return SupportGrade.CONTRADICTED in grades
