"""Taking a step back: a new row that names the step, which stays where it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.records.assessment import Basis, StepKind, TakenBack
from db.models import (
    AdjudicationRow,
    AssessmentRow,
    DocumentJudgementRow,
    JudgementRow,
    LevelRow,
    TakenBackRow,
)
from db.models.assessments import OrderedStepRow
from db.repositories.inserting import touch_claims
from db.repositories.latest import still_stands

_STEPS: tuple[
    tuple[StepKind, type[OrderedStepRow], InstrumentedAttribute[str], InstrumentedAttribute[datetime]], ...
] = (
    (StepKind.JUDGEMENT, JudgementRow, JudgementRow.judged_by, JudgementRow.judged_at),
    (
        StepKind.DOCUMENT,
        DocumentJudgementRow,
        DocumentJudgementRow.judged_by,
        DocumentJudgementRow.judged_at,
    ),
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
        self,
        claim_id: int,
        name: str,
        at: datetime,
        since: int | None = None,
        *,
        has_opened: bool = False,
    ) -> TakenBack | None:
        """The person's latest step on the claim after the step ``since``, now taken back, or ``None``.

        What that step had replaced stands again. Citations that were judged by one key are one step, and
        so is a grade with the judgements that were taken over with it. ``has_opened``: where it is a grade,
        it had opened to its author what was sealed before.
        """
        steps = [found for step in _STEPS if (found := self._find_last(claim_id, name, since, *step))]
        if not steps:
            return None
        _, stepped_at, step_id, kind = max(steps)
        judged = self._list_judged_with(step_id) if kind is StepKind.JUDGEMENT else ()
        steps_back = [(kind, row.id) for row in judged] or [(kind, step_id)]
        graded = self._session.get_one(AssessmentRow, step_id) if kind is StepKind.GRADE else None
        unsealed = has_opened and graded is not None
        if graded is not None and graded.taken_from is not None and not graded.taken_from.changed:
            judged = self._list_taken_with(graded)
            steps_back += [(StepKind.JUDGEMENT, row.id) for row in judged]
        self._session.add_all(
            TakenBackRow(
                claim_id=claim_id,
                kind=one,
                step_id=taken,
                taken_back_by=name,
                taken_back_at=at,
                unsealed=True if unsealed and one is kind else None,
            )
            for one, taken in steps_back
        )
        self._session.flush()
        touch_claims(self._session, [claim_id])
        pmids = tuple(row.pmid for row in judged)
        if graded is None:
            return TakenBack(kind, stepped_at, pmids)
        return TakenBack(kind, stepped_at, pmids, graded.taken_from, graded.comment, unsealed)

    def has_unsealed(self, claim_id: int, name: str, since: int | None = None) -> bool:
        """Whether the person took back a grade of the claim, given after the step ``since``, that had opened
        to them what was sealed before."""
        taken = (
            select(TakenBackRow.id)
            .join(AssessmentRow, AssessmentRow.id == TakenBackRow.step_id)
            .where(
                TakenBackRow.claim_id == claim_id,
                TakenBackRow.unsealed.is_not(None),
                TakenBackRow.kind == StepKind.GRADE,
                TakenBackRow.taken_back_by == name,
            )
            .limit(1)
        )
        if since is not None:
            taken = taken.where(AssessmentRow.sequence > since)
        return self._session.scalar(taken) is not None

    def _list_taken_with(self, graded: AssessmentRow) -> tuple[JudgementRow, ...]:
        """The judgements that were taken over together with the grade."""
        together = select(JudgementRow).where(
            JudgementRow.claim_id == graded.claim_id,
            JudgementRow.judged_by == graded.graded_by,
            JudgementRow.judged_at == graded.graded_at,
            JudgementRow.taken_from.is_not(None),
            still_stands(JudgementRow, StepKind.JUDGEMENT),
        )
        return tuple(self._session.scalars(together.order_by(JudgementRow.sequence)))

    def _list_judged_with(self, step_id: int) -> tuple[JudgementRow, ...]:
        """The judgement and those that were given together with it: by title, at the same moment."""
        last = self._session.get_one(JudgementRow, step_id)
        if last.basis is not Basis.TITLE:
            return (last,)
        together = select(JudgementRow).where(
            JudgementRow.claim_id == last.claim_id,
            JudgementRow.judged_by == last.judged_by,
            JudgementRow.judged_at == last.judged_at,
            JudgementRow.basis == Basis.TITLE,
            still_stands(JudgementRow, StepKind.JUDGEMENT),
        )
        return tuple(self._session.scalars(together.order_by(JudgementRow.sequence)))

    def _find_last(
        self,
        claim_id: int,
        name: str,
        since: int | None,
        kind: StepKind,
        row: type[OrderedStepRow],
        author: InstrumentedAttribute[str],
        moment: InstrumentedAttribute[datetime],
    ) -> tuple[int, datetime, int, StepKind] | None:
        """The step's place among the claim's, when it was taken, its number and its kind."""
        steps = (
            select(row.sequence, moment, row.id)
            .where(row.claim_id == claim_id, author == name, still_stands(row, kind))
            .order_by(row.sequence.desc())
            .limit(1)
        )
        if since is not None:
            steps = steps.where(row.sequence > since)
        found = self._session.execute(steps).one_or_none()
        return None if found is None else (found[0], found[1], found[2], kind)
