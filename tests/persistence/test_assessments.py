from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_assessment,
    make_audit_entry,
    make_citation,
    make_extraction,
    make_judgement,
    make_moment,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]


@pytest.fixture
def ids(begin: Begin) -> tuple[int, ...]:
    """Two claims by number, and three records to judge."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        stored = work.claims.add_extraction(version.id, make_extraction(claims=2))
        work.citations.save(make_citation(number) for number in (1, 2, 3))
        work.commit(make_audit_entry())
    return tuple(claim.id for claim in stored)


def test_grades_come_back_whole_and_in_the_order_they_were_given(begin: Begin, ids: tuple[int, ...]) -> None:
    given = [
        make_assessment(ids[0], SupportGrade.OVERSTATED, graded_by="佐藤", comment="言い過ぎ"),
        make_assessment(ids[0], SupportGrade.CANNOT_JUDGE, graded_by="鈴木", minutes=1),
    ]
    with begin() as work:
        for assessment in given:
            work.assessments.add(assessment)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.assessments.load_assessments(ids) == {ids[0]: tuple(given), ids[1]: ()}


def test_the_latest_grade_of_each_person_counts_and_the_earlier_ones_are_kept(
    engine: Engine, begin: Begin, ids: tuple[int, ...]
) -> None:
    first = make_assessment(ids[0], SupportGrade.SUPPORTED, graded_by="佐藤")
    other = make_assessment(ids[0], SupportGrade.UNSUPPORTED, graded_by="鈴木", minutes=1)
    second = replace(first, grade=SupportGrade.OVERSTATED, graded_at=make_moment(2))
    with begin() as work:
        for assessment in (first, other, second):
            work.assessments.add(assessment)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.assessments.load_assessments([ids[0]]) == {ids[0]: (other, second)}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM assessment")).scalar() == 3


def test_the_latest_judgement_of_each_person_and_citation_counts(begin: Begin, ids: tuple[int, ...]) -> None:
    first = make_judgement(1, CitationJudgement.SUPPORTING, judged_by="佐藤")
    other_citation = make_judgement(2, CitationJudgement.REFUTING, judged_by="佐藤", minutes=1)
    other_person = make_judgement(1, CitationJudgement.PARTLY, judged_by="鈴木", minutes=2)
    second = make_judgement(
        1, CitationJudgement.NOT_RELEVANT, basis=Basis.FULL_TEXT, judged_by="佐藤", minutes=3
    )
    with begin() as work:
        for judged in (first, other_citation, other_person, second):
            work.assessments.add_judgement(ids[0], judged)
        work.assessments.add_judgement(ids[1], first)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.assessments.load_judgements(ids) == {
            ids[0]: (other_citation, other_person, second),
            ids[1]: (first,),
        }


@pytest.mark.parametrize("table", ["assessment", "judgement"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET claim_id = claim_id", "DELETE FROM {table}"])
def test_no_grade_and_no_judgement_is_ever_changed_or_lost(
    engine: Engine, begin: Begin, ids: tuple[int, ...], table: str, change: str
) -> None:
    with begin() as work:
        work.assessments.add(make_assessment(ids[0]))
        work.assessments.add_judgement(ids[0], make_judgement(1))
        work.commit(make_audit_entry())
    with engine.connect() as connection, pytest.raises(DBAPIError, match=f"{table} is append-only"):
        connection.execute(text(change.format(table=table)))
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1


def test_a_claim_that_was_graded_cannot_be_deleted(
    engine: Engine, begin: Begin, ids: tuple[int, ...]
) -> None:
    with begin() as work:
        work.assessments.add(make_assessment(ids[0]))
        work.commit(make_audit_entry())
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        connection.execute(text("DELETE FROM claim WHERE id = :id"), {"id": ids[0]})


@pytest.mark.parametrize("graders", [1, 30])
def test_loading_takes_one_query_a_call_however_many_grades(
    engine: Engine, begin: Begin, ids: tuple[int, ...], graders: int
) -> None:
    with begin() as work:
        for number in range(graders):
            work.assessments.add(make_assessment(ids[number % 2], graded_by=f"査読{number}"))
            work.assessments.add_judgement(ids[number % 2], make_judgement(1, judged_by=f"査読{number}"))
        work.commit(make_audit_entry())
    with begin() as work, count_statements(engine) as sent:
        loaded = work.assessments.load_assessments(ids)
        work.assessments.load_judgements(ids)
    assert sum(map(len, loaded.values())) == graders
    assert len(sent) == 2
