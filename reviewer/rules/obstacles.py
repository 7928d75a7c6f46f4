"""What stands between a claim and its publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from claims.appraisal.standing import FALLEN
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.citation import RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import ObstacleKind
from claims.records.flag import Flag
from claims.records.recheck import LostGround
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Dossier

LOWEST_STANDING_STEP = 3


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle of a claim.

    ``about`` is the flag's key, the citation's PMID, the document's number, the grade or why it is to be
    given anew, "" else.
    """

    kind: ObstacleKind
    claim: ReviewClaim
    about: str = ""


# Of several obstacles of a claim the first of these is settled first.
_ORDER = (
    ObstacleKind.SAFETY_CONTRADICTED,
    ObstacleKind.OPEN_CONFLICT,
    ObstacleKind.UNGRADED,
    ObstacleKind.STALE_GRADE,
    ObstacleKind.CANNOT_JUDGE,
    ObstacleKind.LOW_GRADE,
    ObstacleKind.NEEDS_REVIEW,
    ObstacleKind.RETRACTED_CITATION,
    ObstacleKind.UNCHECKED_CITATION,
    ObstacleKind.EXPIRED_DOCUMENT,
    ObstacleKind.OPEN_FLAG,
)


@dataclass(frozen=True, slots=True)
class ClaimObstacles:
    """What stands in the way of one claim: what is settled first is about these, and what else there is."""

    claim: ReviewClaim
    about: tuple[str, ...]
    others: tuple[ObstacleKind, ...]


def group_obstacles(
    obstacles: Iterable[Obstacle],
) -> tuple[tuple[ObstacleKind, tuple[ClaimObstacles, ...]], ...]:
    """The obstacles by kind, in the order in which they are settled; each claim once, in its order."""
    by_claim: dict[int, list[Obstacle]] = {}
    for obstacle in obstacles:
        by_claim.setdefault(obstacle.claim.id, []).append(obstacle)
    groups: dict[ObstacleKind, list[ClaimObstacles]] = {kind: [] for kind in _ORDER}
    for found in by_claim.values():
        kinds = sorted({obstacle.kind for obstacle in found}, key=_ORDER.index)
        about = tuple(obstacle.about for obstacle in found if obstacle.kind is kinds[0])
        groups[kinds[0]].append(ClaimObstacles(found[0].claim, about, tuple(kinds[1:])))
    return tuple((kind, tuple(rows)) for kind, rows in groups.items() if rows)


def list_obstacles(
    dossier: Dossier, flags: tuple[Flag, ...], today: date, held: Iterable[LostGround] = ()
) -> Iterator[Obstacle]:
    """The obstacles of one claim, whose grade is to be given anew for the causes that it is ``held`` by."""
    claim = dossier.claim
    yield from _find_grade_obstacle(dossier)
    for cause in held:
        yield Obstacle(ObstacleKind.NEEDS_REVIEW, claim, cause.value)
    for finding in dossier.attached:
        if finding.retraction.status in FALLEN:
            yield Obstacle(ObstacleKind.RETRACTED_CITATION, claim, finding.pmid)
        elif finding.retraction.status is RetractionStatus.UNCHECKED or finding.retraction.checked_at is None:
            yield Obstacle(ObstacleKind.UNCHECKED_CITATION, claim, finding.pmid)
    for document in dossier.attached_documents:
        if document.details.has_expired(today):
            yield Obstacle(ObstacleKind.EXPIRED_DOCUMENT, claim, str(document.id))
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
