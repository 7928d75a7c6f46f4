"""What stands between a claim and its publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.appraisal.standing import FALLEN
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.citation import RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import ObstacleKind
from claims.records.flag import Flag
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Dossier

LOWEST_STANDING_STEP = 3


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle of a claim. ``about`` is the flag's key, the citation's PMID or the grade, "" else."""

    kind: ObstacleKind
    claim: ReviewClaim
    about: str = ""


def list_obstacles(dossier: Dossier, flags: tuple[Flag, ...]) -> Iterator[Obstacle]:
    """The obstacles of one claim."""
    claim = dossier.claim
    yield from _find_grade_obstacle(dossier)
    for finding in dossier.attached:
        if finding.retraction.status in FALLEN:
            yield Obstacle(ObstacleKind.RETRACTED_CITATION, claim, finding.pmid)
        elif finding.retraction.status is RetractionStatus.UNCHECKED or finding.retraction.checked_at is None:
            yield Obstacle(ObstacleKind.UNCHECKED_CITATION, claim, finding.pmid)
    for flag in flags:
        if flag.is_open:
            yield Obstacle(ObstacleKind.OPEN_FLAG, claim, flag.key)


def _find_grade_obstacle(dossier: Dossier) -> Iterator[Obstacle]:
    claim, verdict = dossier.claim, dossier.verdict
    if verdict is None:
        kinds = {
            ClaimStatus.STALE: ObstacleKind.STALE_GRADE,
            ClaimStatus.CONFLICT: ObstacleKind.OPEN_CONFLICT,
        }
        yield Obstacle(kinds.get(claim.status, ObstacleKind.UNGRADED), claim)
    elif verdict.grade is SupportGrade.CANNOT_JUDGE:
        yield Obstacle(ObstacleKind.CANNOT_JUDGE, claim, verdict.grade.value)
    elif verdict.grade.step is not None and verdict.grade.step < LOWEST_STANDING_STEP:
        if not may_be_kept(dossier):
            yield Obstacle(ObstacleKind.SAFETY_CONTRADICTED, claim, verdict.grade.value)
        elif dossier.kept is None:
            yield Obstacle(ObstacleKind.LOW_GRADE, claim, verdict.grade.value)


def may_be_kept(dossier: Dossier) -> bool:
    """Whether an editor may keep a low-graded claim as it stands: a contradicted safety claim never."""
    verdict = dossier.verdict
    contradicted = verdict is not None and verdict.grade is SupportGrade.CONTRADICTED
    return not (contradicted and dossier.claim.claim.type is ClaimType.SAFETY)
