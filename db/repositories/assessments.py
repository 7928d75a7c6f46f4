"""What people judged: grades of claims, judgements of citations. Both only ever grow."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.records.assessment import Assessment, JudgedCitation
from db.mapping import assessment_record, assessment_row, judgement_record, judgement_row
from db.models import AssessmentRow, JudgementRow
from db.repositories.grouping import group_by_claim


class AssessmentRepository:
    """Appends; a person's latest word counts and the earlier ones stay in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, assessment: Assessment) -> None:
        """Keep this grade; the same person's earlier grade of the claim counts no longer."""
        self._session.add(assessment_row(assessment))
        self._session.flush()

    def add_judgement(self, claim_id: int, judged: JudgedCitation) -> None:
        """Keep this judgement; the same person's earlier one of this citation and claim counts no longer."""
        self._session.add(judgement_row(judged, claim_id))
        self._session.flush()

    def load_assessments(self, claim_ids: Collection[int]) -> dict[int, tuple[Assessment, ...]]:
        """Each person's latest grade of each of these claims, in the order they were given.

        A grade is here whatever text it was bound to: compare ``text_hash`` to tell a stale one.
        """
        latest = (
            select(func.max(AssessmentRow.id))
            .where(AssessmentRow.claim_id.in_(claim_ids))
            .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        )
        rows = self._session.scalars(
            select(AssessmentRow).where(AssessmentRow.id.in_(latest)).order_by(AssessmentRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, assessment_record(row)) for row in rows))

    def load_judgements(self, claim_ids: Collection[int]) -> dict[int, tuple[JudgedCitation, ...]]:
        """Each person's latest judgement of each citation of these claims, in the order they were given."""
        latest = (
            select(func.max(JudgementRow.id))
            .where(JudgementRow.claim_id.in_(claim_ids))
            .group_by(JudgementRow.claim_id, JudgementRow.judged_by, JudgementRow.pmid)
        )
        rows = self._session.scalars(
            select(JudgementRow).where(JudgementRow.id.in_(latest)).order_by(JudgementRow.id)
        )
        return group_by_claim(claim_ids, ((row.claim_id, judgement_record(row)) for row in rows))
