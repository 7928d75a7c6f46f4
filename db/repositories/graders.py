"""Who graded each claim: the first two who did independently, and all whose grade counts now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Subquery, Text, case, cast, collate, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from claims.records.assessment import StepKind
from db.models import AssessmentRow, ReopeningRow
from db.repositories.latest import still_stands

# The condition that a claim, by the column of its number, is one of those to count.
Chosen: TypeAlias = Callable[[InstrumentedAttribute[int]], ColumnElement[bool]]


def pair_first(is_sqlite: bool, chosen: Chosen) -> Subquery:
    """The first two independent grades of each claim, from before it was opened again, by their names.

    What was taken over is none, nor what was given by somebody who had taken a grade over (ADR 0060), or had
    taken an own one back after it opened what was sealed (ADR 0064).
    """
    reopened = _list_reopened(chosen)
    of_each = (
        select(AssessmentRow.claim_id, func.min(AssessmentRow.id).label("id"))
        .outerjoin(reopened, reopened.c.claim_id == AssessmentRow.claim_id)
        .where(
            chosen(AssessmentRow.claim_id),
            still_stands(AssessmentRow, StepKind.GRADE),
            AssessmentRow.taken_from.is_(None),
            AssessmentRow.unblinded.is_(None),
            reopened.c.first.is_(None) | (AssessmentRow.sequence <= reopened.c.first),
        )
        .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        .subquery()
    )
    in_turn = func.row_number().over(partition_by=of_each.c.claim_id, order_by=of_each.c.id)
    ranked = select(of_each.c.id, in_turn.label("turn")).subquery()
    name = _by_name(is_sqlite, AssessmentRow.graded_by)
    by_name = func.row_number().over(partition_by=AssessmentRow.claim_id, order_by=name)
    two = (
        select(AssessmentRow.claim_id, AssessmentRow.graded_by, AssessmentRow.grade, by_name.label("place"))
        .join(ranked, ranked.c.id == AssessmentRow.id)
        .where(ranked.c.turn <= 2)
        .subquery()
    )
    return (
        select(
            two.c.claim_id,
            func.max(case((two.c.place == 1, two.c.graded_by))).label("first_by"),
            func.max(case((two.c.place == 1, two.c.grade))).label("first_grade"),
            func.max(case((two.c.place == 2, two.c.graded_by))).label("second_by"),
            func.max(case((two.c.place == 2, two.c.grade))).label("second_grade"),
        )
        .group_by(two.c.claim_id)
        .subquery()
    )


def gather_current(is_sqlite: bool, chosen: Chosen) -> Subquery:
    """Who has a grade of each claim that counts now, by name, and when the last was given."""
    reopened = _list_reopened(chosen)
    of_each = (
        select(
            AssessmentRow.claim_id,
            AssessmentRow.graded_by,
            func.max(AssessmentRow.graded_at).label("last_graded_at"),
        )
        .outerjoin(reopened, reopened.c.claim_id == AssessmentRow.claim_id)
        .where(
            chosen(AssessmentRow.claim_id),
            still_stands(AssessmentRow, StepKind.GRADE),
            reopened.c.last.is_(None) | (AssessmentRow.sequence > reopened.c.last),
        )
        .group_by(AssessmentRow.claim_id, AssessmentRow.graded_by)
        .subquery()
    )
    # Over windows, which have an order on every SQLite; an aggregate has one since 3.44 only.
    gather = func.json_group_array if is_sqlite else func.json_agg
    name = _by_name(is_sqlite, of_each.c.graded_by)
    whole: dict[str, Any] = {"partition_by": of_each.c.claim_id, "order_by": name, "rows": (None, None)}
    listed = select(
        of_each.c.claim_id,
        gather(of_each.c.graded_by).over(**whole).label("graders"),
        func.max(of_each.c.last_graded_at).over(**whole).label("last_graded_at"),
    ).subquery()
    # Grouped, though each claim has the same in all of its rows: SQLite makes an index of what is grouped
    # when it is joined, and read a bare window whole for every claim.
    return (
        select(
            listed.c.claim_id,
            func.max(cast(listed.c.graders, Text)).label("graders"),
            func.max(listed.c.last_graded_at).label("last_graded_at"),
        )
        .group_by(listed.c.claim_id)
        .subquery()
    )


def select_unblinded() -> Subquery:
    """Of each claim with a grade that was given unblinded by how many it was graded by hand, before it was
    opened again."""
    noted = aliased(AssessmentRow)
    unblinded = select(noted.claim_id).where(
        noted.unblinded.is_not(None), noted.taken_from.is_(None), still_stands(noted, StepKind.GRADE)
    )
    reopened = _list_reopened(lambda claim: claim.in_(unblinded))
    return (
        select(
            AssessmentRow.claim_id,
            func.count(AssessmentRow.graded_by.distinct()).label("graders"),
        )
        .outerjoin(reopened, reopened.c.claim_id == AssessmentRow.claim_id)
        .where(
            AssessmentRow.claim_id.in_(unblinded),
            still_stands(AssessmentRow, StepKind.GRADE),
            AssessmentRow.taken_from.is_(None),
            reopened.c.first.is_(None) | (AssessmentRow.sequence <= reopened.c.first),
        )
        .group_by(AssessmentRow.claim_id)
        .subquery()
    )


def _list_reopened(chosen: Chosen) -> Subquery:
    """With which of its steps each claim was opened again first and last."""
    return (
        select(
            ReopeningRow.claim_id,
            func.min(ReopeningRow.sequence).label("first"),
            func.max(ReopeningRow.sequence).label("last"),
        )
        .where(chosen(ReopeningRow.claim_id))
        .group_by(ReopeningRow.claim_id)
        .subquery()
    )


def _by_name(is_sqlite: bool, name: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Names in the order of their signs, as Python and SQLite have them, whatever PostgreSQL's language."""
    return collate(name, "BINARY" if is_sqlite else "C")
