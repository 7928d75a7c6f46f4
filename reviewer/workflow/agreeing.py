"""Agreement between the graders of an article, or of all: figures, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.records.assessment import ClaimStatus
from claims.records.claim import ClaimType
from claims.records.overview import IndependentGrade, WhyLeftOut
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.agreement_statistics import Agreement, GradePair, measure_agreement
from reviewer.rules.permissions import Permission, may, require_permission


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is left out. One outside the order is in percent and Cohen's kappa all the same."""

    claim_id: int
    why: WhyLeftOut


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The figures of all claims, of each claim type and of each pair of graders that occur."""

    overall: Agreement
    by_type: dict[ClaimType, Agreement]
    by_pair: dict[tuple[str, str], Agreement]
    left_out: tuple[LeftOut, ...]


def load_agreement(work: UnitOfWork, viewer: User, version_id: int | None = None) -> AgreementReport:
    """How well the graders of a version agree, or those of all newest versions; three queries.

    Taken are the first independent grades, from before anybody adjudicated. What is still graded is left
    out, and so is an open conflict where the viewer may be called to settle it.
    """
    require_permission(viewer, Permission.READ_AGREEMENT)
    grades: dict[int, list[IndependentGrade]] = {}
    for grade in work.overview.load_independent_grades(version_id):
        grades.setdefault(grade.claim_id, []).append(grade)
    pairs: list[GradePair] = []
    stale = work.overview.list_claims(ClaimStatus.STALE, version_id)
    left_out = [LeftOut(claim_id, WhyLeftOut.STALE) for claim_id in stale]
    for claim_id, given in grades.items():
        why = _find_reason(given, viewer)
        if why is not None:
            left_out += [LeftOut(claim_id, why)] if given[0].status is not ClaimStatus.STALE else []
            continue
        pair = _make_pair(given)
        pairs.append(pair)
        if any(grade.step is None for grade in pair.grades):
            left_out.append(LeftOut(claim_id, WhyLeftOut.OUTSIDE_ORDER))
    return report_agreement(pairs, left_out)


def report_agreement(pairs: list[GradePair], left_out: Iterable[LeftOut] = ()) -> AgreementReport:
    """The figures of these pairs: of all, by claim type and by pair of graders."""
    by_type: dict[ClaimType, list[GradePair]] = {kind: [] for kind in ClaimType}
    by_pair: dict[tuple[str, str], list[GradePair]] = {
        both: [] for both in sorted({p.graders for p in pairs})
    }
    for pair in pairs:
        by_type[pair.claim_type].append(pair)
        by_pair[pair.graders].append(pair)
    return AgreementReport(
        overall=measure_agreement(pairs),
        by_type={kind: measure_agreement(of_type) for kind, of_type in by_type.items() if of_type},
        by_pair={both: measure_agreement(of_pair) for both, of_pair in by_pair.items()},
        left_out=tuple(sorted(left_out, key=lambda left: left.claim_id)),
    )


def _find_reason(given: list[IndependentGrade], viewer: User) -> WhyLeftOut | None:
    """Why a claim with these grades is in no figure, or ``None``."""
    status = given[0].status
    if status.is_settled:
        return WhyLeftOut.SINGLE_GRADED if len(given) < 2 else None
    if status is ClaimStatus.CONFLICT and len(given) > 1 and not may(viewer, Permission.REVIEW):
        return None
    return WhyLeftOut.OPEN


def _make_pair(given: list[IndependentGrade]) -> GradePair:
    """The first two grades, in the alphabet of their graders."""
    first, second = sorted(given[:2], key=lambda grade: grade.grader)
    return GradePair(
        first.claim_id, first.claim_type, (first.grader, second.grader), (first.grade, second.grade)
    )
