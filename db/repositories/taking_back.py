"""Taking a step back: a new row that names the step, which stays where it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.records.assessment import StepKind, TakenBack
from db.models import AdjudicationRow, AssessmentRow, JudgementRow, LevelRow, TakenBackRow
from db.models.assessments import ClaimStepRow
from db.repositories.latest import still_stands

# In this order when two steps have one moment: a grade rests on the judgements before it.
_STEPS: tuple[
    tuple[StepKind, type[ClaimStepRow], InstrumentedAttribute[str], InstrumentedAttribute[datetime]], ...
] = (
    (StepKind.JUDGEMENT, JudgementRow, JudgementRow.judged_by, JudgementRow.judged_at),
    (StepKind.LEVEL, LevelRow, LevelRow.set_by, LevelRow.set_at),
    (StepKind.GRADE, AssessmentRow, AssessmentRow.graded_by, AssessmentRow.graded_at),
    (
        StepKind.ADJUDICATION,
        AdjudicationRow,
        AdjudicationRow.adjudicated_by,
        AdjudicationRow.adjudicated_at,
    ),
)


class TakingBackRepository:
    """Appends what was taken back. A step is taken back once; to take it again is a new step."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_back_last(
        self, claim_id: int, name: str, at: datetime, since: datetime | None = None
    ) -> TakenBack | None:
        """The person's latest step on the claim after ``since``, now taken back, or ``None``.

        What that step had replaced stands again.
        """
        steps = [found for step in _STEPS if (found := self._find_last(claim_id, name, since, *step))]
        if not steps:
            return None
        stepped_at, _, step_id, kind = max(steps)
        self._session.add(
            TakenBackRow(claim_id=claim_id, kind=kind, step_id=step_id, taken_back_by=name, taken_back_at=at)
        )
        self._session.flush()
        return TakenBack(kind, stepped_at)

    def _find_last(
        self,
        claim_id: int,
        name: str,
        since: datetime | None,
        kind: StepKind,
        row: type[ClaimStepRow],
        author: InstrumentedAttribute[str],
        moment: InstrumentedAttribute[datetime],
    ) -> tuple[datetime, int, int, StepKind] | None:
        """When the step was taken, the place of its kind, its number, its kind: in the order to compare."""
        steps = (
            select(moment, row.id)
            .where(row.claim_id == claim_id, author == name, still_stands(row, kind))
            .order_by(row.id.desc())
            .limit(1)
        )
        if since is not None:
            steps = steps.where(moment > since)
        found = self._session.execute(steps).one_or_none()
        place = [step[0] for step in _STEPS].index(kind)
        return None if found is None else (found[0], place, found[1], kind)
