"""Agreement between the graders of an article, or of all: figures, and what they leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.records.assessment import ClaimStatus
from claims.records.claim import ClaimType
from claims.records.overview import PairCount, WhyLeftOut
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.agreement_statistics import Agreement, GradePair, measure_agreement
from reviewer.rules.dossier import Dossier, Verdict
from reviewer.rules.permissions import Permission, may, require_permission


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The figures of all claims, of each claim type and of each pair of graders that occur.

    ``left_out`` counts the claims that are in no figure by why, and those outside the order, which are in
    percent and Cohen's kappa all the same.
    """

    overall: Agreement
    by_type: dict[ClaimType, Agreement]
    by_pair: dict[tuple[str, str], Agreement]
    left_out: Mapping[WhyLeftOut, int]


def load_agreement(work: UnitOfWork, viewer: User, version_id: int | None = None) -> AgreementReport:
    """How well the graders of a version agree, or those of all newest versions; a few queries.

    Taken are the first independent grades, from before anybody adjudicated. What is still graded is left
    out, and so is an open conflict where the viewer may be called to settle it.
    """
    require_permission(viewer, Permission.READ_AGREEMENT)
    pairs: Counter[GradePair] = Counter()
    left_out = Counter(
        {
            WhyLeftOut.STALE: work.overview.count_status(ClaimStatus.STALE, version_id),
            WhyLeftOut.TAKEN_OVER: work.overview.count_taken_over(version_id),
        }
    )
    for none, several, claims in work.overview.count_unblinded(version_id):
        left_out[WhyLeftOut.TAKEN_OVER if none else WhyLeftOut.SINGLE_GRADED] -= claims
        left_out[WhyLeftOut.UNBLINDED if several else WhyLeftOut.SINGLE_GRADED] += claims
    for counted in work.overview.count_pairs(version_id):
        if counted.status in (ClaimStatus.STALE, ClaimStatus.DISMISSED):
            continue
        why = _find_reason(counted, viewer)
        if why is None:
            pair = _make_pair(counted)
            pairs[pair] += counted.claims
            why = WhyLeftOut.OUTSIDE_ORDER if any(grade.step is None for grade in pair.grades) else None
        if why is not None:
            left_out[why] += counted.claims
    return report_agreement(pairs, +left_out)


def measure_shown(dossiers: Sequence[Dossier]) -> AgreementReport:
    """How well the graders of these claims agree, from the grades that everybody may see.

    The dossiers are as everybody may see them: of a closed version, as its decision found them.
    """
    pairs: Counter[GradePair] = Counter()
    left_out: Counter[WhyLeftOut] = Counter()
    for dossier in dossiers:
        verdict = dossier.verdict
        if verdict is None:
            stale = dossier.claim.status is ClaimStatus.STALE
            left_out[WhyLeftOut.STALE if stale else WhyLeftOut.OPEN] += 1
            continue
        independent = [grade for grade in verdict.grades if grade.is_independent]
        if len(independent) < 2:
            left_out[_find_lack(verdict)] += 1
        else:
            one, other = sorted(independent[:2], key=lambda grade: grade.graded_by)
            grades = one.grade, other.grade
            pairs[GradePair(dossier.claim.claim.type, (one.graded_by, other.graded_by), grades)] += 1
            left_out[WhyLeftOut.OUTSIDE_ORDER] += any(grade.step is None for grade in grades)
    return report_agreement(pairs, +left_out)


def _find_lack(verdict: Verdict) -> WhyLeftOut:
    """Why a settled claim has no two independent grades."""
    by_hand = sum(grade.taken_from is None for grade in verdict.grades)
    if by_hand > 1:
        return WhyLeftOut.UNBLINDED
    return WhyLeftOut.SINGLE_GRADED if by_hand else WhyLeftOut.TAKEN_OVER


def report_agreement(pairs: Mapping[GradePair, int], left_out: Mapping[WhyLeftOut, int]) -> AgreementReport:
    """The figures of these pairs, each so many times: of all, by claim type and by pair of graders."""
    by_type: dict[ClaimType, Counter[GradePair]] = {kind: Counter() for kind in ClaimType}
    by_pair: dict[tuple[str, str], Counter[GradePair]] = {
        both: Counter() for both in sorted({pair.graders for pair in pairs})
    }
    for pair, claims in pairs.items():
        by_type[pair.claim_type][pair] = claims
        by_pair[pair.graders][pair] = claims
    return AgreementReport(
        overall=measure_agreement(pairs),
        by_type={kind: measure_agreement(of_type) for kind, of_type in by_type.items() if of_type},
        by_pair={both: measure_agreement(of_pair) for both, of_pair in by_pair.items()},
        left_out=left_out,
    )


def _find_reason(counted: PairCount, viewer: User) -> WhyLeftOut | None:
    """Why claims with these grades are in no figure, or ``None``."""
    if counted.status.is_settled:
        return WhyLeftOut.SINGLE_GRADED if counted.second_by is None else None
    is_open = counted.status is not ClaimStatus.CONFLICT or may(viewer, Permission.REVIEW)
    return WhyLeftOut.OPEN if is_open or counted.second_by is None else None


def _make_pair(counted: PairCount) -> GradePair:
    if counted.second_by is None or counted.second_grade is None:
        raise ValueError("one grade is no pair")
    graders = counted.first_by, counted.second_by
    return GradePair(counted.claim_type, graders, (counted.first_grade, counted.second_grade))
