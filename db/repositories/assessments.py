"""What people judged: grades of claims, judgements and levels of citations. All only ever grow."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.assessment import (
    Assessment,
    GuidelineGrade,
    JudgedCitation,
    LevelOverride,
    StepKind,
    TakenFrom,
)
from db.among import among
from db.mapping import make_row, read_record
from db.models import AssessmentRow, GuidelineRow, JudgementRow, LevelRow
from db.repositories.latest import group_by_claim, load_latest, still_stands
from db.repositories.ordering import add_step


class AssessmentRepository:
    """Appends; a person's latest word counts and the earlier ones stay in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, assessment: Assessment) -> Assessment:
        """The grade as it is kept; the same person's earlier grade of the claim counts no longer."""
        return read_record(Assessment, add_step(self._session, make_row(AssessmentRow, assessment)))

    def find_taken_from(self, claim_id: int, name: str) -> TakenFrom | None:
        """Whose grade this person took over for the claim last, be it taken back since, or ``None``."""
        taken = (
            select(AssessmentRow.taken_from)
            .where(
                AssessmentRow.claim_id == claim_id,
                AssessmentRow.graded_by == name,
                AssessmentRow.taken_from.is_not(None),
            )
            .order_by(AssessmentRow.id.desc())
            .limit(1)
        )
        return self._session.scalar(taken)

    def add_judgement(self, claim_id: int, judged: JudgedCitation) -> None:
        """Keep this judgement; the same person's earlier one of this citation and claim counts no longer."""
        add_step(self._session, make_row(JudgementRow, judged, claim_id=claim_id))

    def add_level(self, claim_id: int, override: LevelOverride) -> None:
        """Keep this level; the same person's earlier one of this citation and claim counts no longer."""
        add_step(self._session, make_row(LevelRow, override, claim_id=claim_id))

    def add_guideline(self, guideline: GuidelineGrade) -> None:
        """Keep this guideline's grade; an earlier one of the claim counts no longer."""
        self._session.add(make_row(GuidelineRow, guideline))
        self._session.flush()

    def load_assessments(self, claim_ids: Collection[int]) -> dict[int, tuple[Assessment, ...]]:
        """Each person's latest grade of each of these claims, in the order they were given.

        One that was taken back is none. A grade is here whatever text it was bound to: compare
        ``text_hash`` to tell a stale one.
        """
        rows = load_latest(
            self._session, AssessmentRow, claim_ids, AssessmentRow.graded_by, step=StepKind.GRADE
        )
        return group_by_claim(claim_ids, ((row.claim_id, read_record(Assessment, row)) for row in rows))

    def load_taken_back(self, claim_ids: Collection[int]) -> dict[int, tuple[Assessment, ...]]:
        """All grades of each of these claims that were taken back, in the order they were given."""
        gone = ~still_stands(AssessmentRow, StepKind.GRADE)
        rows = self._session.scalars(
            select(AssessmentRow)
            .where(among(AssessmentRow.claim_id, claim_ids), gone)
            .order_by(AssessmentRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, read_record(Assessment, row)) for row in rows))

    def load_judgements(self, claim_ids: Collection[int]) -> dict[int, tuple[JudgedCitation, ...]]:
        """Each person's latest judgement of each citation of these claims, in the order they were given."""
        by = (JudgementRow.judged_by, JudgementRow.pmid)
        rows = load_latest(self._session, JudgementRow, claim_ids, *by, step=StepKind.JUDGEMENT)
        return group_by_claim(claim_ids, ((row.claim_id, read_record(JudgedCitation, row)) for row in rows))

    def load_levels(self, claim_ids: Collection[int]) -> dict[int, tuple[LevelOverride, ...]]:
        """Each person's latest level of each citation of these claims, in the order they were set."""
        by = (LevelRow.set_by, LevelRow.pmid)
        rows = load_latest(self._session, LevelRow, claim_ids, *by, step=StepKind.LEVEL)
        return group_by_claim(claim_ids, ((row.claim_id, read_record(LevelOverride, row)) for row in rows))

    def load_guidelines(self, claim_ids: Collection[int]) -> dict[int, GuidelineGrade]:
        """The latest guideline's grade of each of these claims; a claim without one is absent."""
        rows = load_latest(self._session, GuidelineRow, claim_ids)
        return {row.claim_id: read_record(GuidelineGrade, row) for row in rows}
