"""Whatever A, B and the adjudicator do in whatever order: no row is ever lost and no blind grade is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from claims.errors import KonkyoError
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.workflow.undoing import undo_last_step
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, copy_clinic

TABLES = ("assessment", "judgement", "own_view", "adjudication", "taken_back", "audit_entry")
Step = Callable[[Clinic], None]


def undo(clinic: Clinic, who: User) -> None:
    with clinic.open_work() as work:
        undo_last_step(work, clinic.claim_ids[0], who, clinic.now())


def steps_of(person: User) -> st.SearchStrategy[Step]:
    grades, judgements = st.sampled_from(SupportGrade), st.sampled_from(CitationJudgement)
    if person is JUDGE:
        return st.one_of(
            grades.map(lambda grade: lambda clinic: clinic.write_view(person, grade)),
            grades.map(lambda grade: lambda clinic: clinic.adjudicate(person, grade)),
            st.just(lambda clinic: undo(clinic, person)),
        )
    return st.one_of(
        grades.map(lambda grade: lambda clinic: clinic.grade(person, grade, f"by {person.name}")),
        st.builds(
            lambda judgement, number: lambda clinic: clinic.judge(person, judgement, number),
            judgements,
            st.sampled_from([1, 2]),
        ),
        st.just(lambda clinic: undo(clinic, person)),
    )


def read_rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]
            for table in TABLES
        }


def check_blindness(clinic: Clinic) -> None:
    status = clinic.see(None).claim.status
    for viewer in (A, B, EDITOR, AUTHOR, JUDGE, None):
        dossier = clinic.see(viewer)
        seen = {said.graded_by for said in dossier.assessments} | {
            judged.judged_by for judged in dossier.judgements
        }
        open_to_all = status in (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED)
        viewed = viewer is JUDGE and status is ClaimStatus.CONFLICT and bool(dossier.views)
        if not open_to_all and not viewed:
            assert seen <= {viewer.name if viewer else ""}
        if not open_to_all:
            assert dossier.verdict is None


@settings(max_examples=at_most(12), deadline=None)
@given(st.lists(st.sampled_from([A, B, JUDGE]).flatmap(steps_of), max_size=14))
def test_no_row_is_lost_and_no_blind_grade_is_seen(steps: list[Step]) -> None:
    engine = lend_database()
    clinic = copy_clinic(LENT, partial(UnitOfWork, engine), claims=1)
    clinic.assign(TWO_REVIEWERS)
    before = read_rows(engine)
    for step in steps:
        try:
            step(clinic)
        except KonkyoError:
            # A refused step is a step that changes nothing.
            assert read_rows(engine) == before
        after = read_rows(engine)
        assert all(rows == after[table][: len(rows)] for table, rows in before.items())
        check_blindness(clinic)
        before = after


def test_a_conflict_is_reached_and_settled_by_such_steps(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    check_blindness(clinic)
    clinic.write_view(JUDGE)
    check_blindness(clinic)
    clinic.adjudicate(JUDGE, SupportGrade.OVERSTATED)
    check_blindness(clinic)
    with pytest.raises(KonkyoError):
        undo(clinic, A)
