from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from claims.records.adjudication import Adjudication, OwnView
from claims.records.article import text_hash
from claims.records.assessment import (
    BodyCertainty,
    CitationJudgement,
    GuidelineGrade,
    LevelOverride,
    Reopening,
    StepKind,
    SupportGrade,
    TakenBack,
)
from claims.records.decision import Decision, Keeping, VersionState
from claims.records.effort import Effort
from claims.records.flag import AnswerKind, FlagAnswer, FlagResolution, Remark
from claims.records.plan import Declaration, ReviewPlan
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from tests.factories import (
    CLAIM_TEXT,
    make_article,
    make_assessment,
    make_audit_entry,
    make_citation,
    make_extraction,
    make_judgement,
    make_moment,
    make_pmid,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]
GROWING = (
    "review_plan",
    "declaration",
    "level_override",
    "guideline_grade",
    "taken_back",
    "reopening",
    "own_view",
    "adjudication",
    "remark",
    "flag_answer",
    "flag_resolution",
    "version_decision",
    "keeping",
    "effort",
)
HASH = text_hash(CLAIM_TEXT)


@pytest.fixture
def version(begin: Begin) -> ArticleVersion:
    """A version with two claims, and two records to judge."""
    with begin() as work:
        stored = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(stored.id, make_extraction(claims=2))
        work.citations.save(make_citation(number) for number in (1, 2))
        work.commit(make_audit_entry())
    return stored


@pytest.fixture
def ids(begin: Begin, version: ArticleVersion) -> tuple[int, ...]:
    with begin() as work:
        return tuple(claim.id for claim in work.claims.list_claims(version.id))


def make_view(claim_id: int, by: str = "裁定者") -> OwnView:
    return OwnView(claim_id, SupportGrade.OVERSTATED, "見解", by, make_moment(3), HASH)


def make_decision(claim_id: int, minutes: int = 4) -> Adjudication:
    return Adjudication(
        claim_id,
        SupportGrade.OVERSTATED,
        "裁定",
        "裁定者",
        make_moment(minutes),
        HASH,
        ("佐藤", "鈴木"),
        BodyCertainty.LOW,
    )


def make_remark(claim_id: int) -> Remark:
    return Remark(claim_id, 0, 2, "対象が違う", "対象を示す", "佐藤", make_moment(6), HASH)


def make_answer(claim_id: int, minutes: int = 7) -> FlagAnswer:
    return FlagAnswer(
        claim_id, "contradicted", AnswerKind.DISPUTE, "文献", "著者", make_moment(minutes), HASH
    )


def make_resolution(claim_id: int, settled: bool = True) -> FlagResolution:
    return FlagResolution(claim_id, "contradicted", settled, "確認", "編集", make_moment(8), HASH)


def make_version_decision(version: ArticleVersion, state: VersionState) -> Decision:
    return Decision(version.id, version.version_hash, state, "理由", "編集", make_moment(9))


def make_keeping(claim_id: int, grade: SupportGrade = SupportGrade.OVERSTATED) -> Keeping:
    return Keeping(claim_id, grade, "仮説として示す", "編集", make_moment(9), HASH)


def write_one_of_each(begin: Begin, version: ArticleVersion, claim_id: int) -> None:
    with begin() as work:
        work.plans.add(version, ReviewPlan(("佐藤", "鈴木"), "裁定者", 2), "編集", make_moment())
        work.plans.declare(Declaration(version.article_id, "佐藤", "専門医", "なし", make_moment()))
        work.assessments.add(make_assessment(claim_id, graded_by="佐藤"))
        work.assessments.add_level(claim_id, LevelOverride(make_pmid(1), 3, "小規模", "佐藤", make_moment(1)))
        work.assessments.add_guideline(GuidelineGrade(claim_id, "B", "見本", "佐藤", make_moment(1), HASH))
        work.taking_back.take_back_last(claim_id, "佐藤", make_moment(2))
        work.adjudications.add_view(make_view(claim_id))
        work.adjudications.add(make_decision(claim_id))
        work.adjudications.add_reopening(Reopening(claim_id, "撤回", "編集", make_moment(5)))
        work.flags.add_remark(make_remark(claim_id))
        work.flags.add_answer(make_answer(claim_id))
        work.flags.add_resolution(make_resolution(claim_id))
        work.decisions.add(make_version_decision(version, VersionState.IN_REVIEW))
        work.decisions.add_keeping(make_keeping(claim_id))
        work.effort.add(Effort(claim_id, "佐藤", 12.5, 3, make_moment(9)))
        work.commit(make_audit_entry())


@pytest.mark.parametrize("table", GROWING)
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_no_step_of_a_review_is_ever_changed_or_lost(
    engine: Engine, begin: Begin, version: ArticleVersion, ids: tuple[int, ...], table: str, change: str
) -> None:
    write_one_of_each(begin, version, ids[0])
    with engine.connect() as connection, pytest.raises(DBAPIError, match=f"{table} is append-only"):
        connection.execute(text(change.format(table=table)))
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1


@pytest.mark.parametrize("table", GROWING)
def test_no_way_round_the_trigger_empties_or_replaces(
    engine: Engine, begin: Begin, version: ArticleVersion, ids: tuple[int, ...], table: str
) -> None:
    write_one_of_each(begin, version, ids[0])
    if engine.dialect.name == "postgresql":
        rounds = [f"TRUNCATE {table} CASCADE", f"SET session_replication_role = replica; DELETE FROM {table}"]
    else:
        columns = ", ".join(column["name"] for column in inspect(engine).get_columns(table))
        rounds = [f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table}"]
    for attempt in rounds:
        with engine.connect() as connection, pytest.raises(DBAPIError, match="is append-only"):
            connection.execute(text(attempt))


def test_a_grade_keeps_its_certainty_of_the_body(begin: Begin, ids: tuple[int, ...]) -> None:
    given = replace(make_assessment(ids[0]), body_certainty=BodyCertainty.VERY_LOW)
    with begin() as work:
        work.assessments.add(given)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.assessments.load_assessments(ids[:1]) == {ids[0]: (given,)}


def test_what_was_taken_back_counts_no_longer_and_what_it_replaced_stands(
    engine: Engine, begin: Begin, ids: tuple[int, ...]
) -> None:
    first = make_assessment(ids[0], SupportGrade.SUPPORTED, graded_by="佐藤", minutes=1)
    second = replace(first, grade=SupportGrade.OVERSTATED, graded_at=make_moment(2))
    judged = make_judgement(1, CitationJudgement.PARTLY, judged_by="佐藤", minutes=1)
    with begin() as work:
        work.assessments.add_judgement(ids[0], judged)
        work.assessments.add(first)
        work.assessments.add(make_assessment(ids[0], graded_by="鈴木", minutes=3))
        work.assessments.add(second)
        assert work.taking_back.take_back_last(ids[0], "佐藤", make_moment(4)) == TakenBack(
            StepKind.GRADE, make_moment(2)
        )
        mine = [a for a in work.assessments.load_assessments(ids[:1])[ids[0]] if a.graded_by == "佐藤"]
        assert mine == [first]
        taken = [work.taking_back.take_back_last(ids[0], "佐藤", make_moment(5)) for _ in range(3)]
        assert taken == [
            TakenBack(StepKind.GRADE, make_moment(1)),
            TakenBack(StepKind.JUDGEMENT, make_moment(1), (judged.pmid,)),
            None,
        ], "at one moment the grade came after the judgement that it rests on"
        assert work.assessments.load_judgements(ids[:1]) == {ids[0]: ()}
        work.commit(make_audit_entry())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM assessment")).scalar() == 3


def test_nothing_before_a_moment_is_taken_back(begin: Begin, ids: tuple[int, ...]) -> None:
    with begin() as work:
        work.assessments.add(make_assessment(ids[0], graded_by="佐藤", minutes=1))
        assert work.taking_back.take_back_last(ids[0], "佐藤", make_moment(3), 9) is None
        assert work.taking_back.take_back_last(ids[1], "佐藤", make_moment(3)) is None


def test_views_decisions_and_reopenings_come_back_whole(begin: Begin, ids: tuple[int, ...]) -> None:
    views = (make_view(ids[0]), make_view(ids[0], "別の裁定者"))
    later = make_decision(ids[0], minutes=6)
    with begin() as work:
        for view in views:
            work.adjudications.add_view(view)
        for decision in (make_decision(ids[0]), later):
            work.adjudications.add(decision)
        reopening = Reopening(ids[1], "撤回", "編集", make_moment(5))
        work.adjudications.add_reopening(reopening)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.adjudications.load_views(ids) == {ids[0]: views, ids[1]: ()}
        assert work.adjudications.load_decided(ids) == {ids[0]: later}
        assert work.adjudications.load_reopened(ids) == {ids[1]: replace(reopening, sequence=1)}
        work.taking_back.take_back_last(ids[0], "裁定者", make_moment(7))
        assert work.adjudications.load_decided(ids) == {ids[0]: make_decision(ids[0])}


def test_a_plan_holds_from_its_version_on(begin: Begin, version: ArticleVersion) -> None:
    first, second = ReviewPlan(("佐藤",)), ReviewPlan(("佐藤", "鈴木"), "裁定者", 2, sealed=False)
    with begin() as work:
        work.plans.add(version, ReviewPlan(), "編集", make_moment())
        work.plans.add(version, first, "編集", make_moment(1))
        later = work.articles.add_version(make_article("次の版。"), make_moment(2))
        other = work.articles.add_version(make_article("別。", title="別の記事"), make_moment(2))
        assert work.plans.load_plans([version.id, later.id, other.id]) == {version.id: first, later.id: first}
        work.plans.add(later, second, "編集", make_moment(3))
        assert work.plans.load_plans([version.id, later.id]) == {version.id: first, later.id: second}


def test_the_latest_declaration_of_each_person_counts(begin: Begin, version: ArticleVersion) -> None:
    first = Declaration(version.article_id, "佐藤", "専門医", "なし", make_moment())
    second = replace(first, statement="見本社の顧問", declared_at=make_moment(1))
    other = replace(first, name="鈴木")
    with begin() as work:
        for declaration in (first, other, second):
            work.plans.declare(declaration)
        assert work.plans.load_declarations(version.id) == {"佐藤": second, "鈴木": other}
        assert work.plans.load_declarations(404) == {}


def test_flags_come_back_whole_in_the_order_they_were_said(begin: Begin, ids: tuple[int, ...]) -> None:
    answers = (make_answer(ids[0]), make_answer(ids[0], minutes=9))
    resolutions = (make_resolution(ids[0]), make_resolution(ids[0], settled=False))
    with begin() as work:
        stored = [work.flags.add_remark(make_remark(claim_id)) for claim_id in ids]
        for answer in answers:
            work.flags.add_answer(answer)
        for resolution in resolutions:
            work.flags.add_resolution(resolution)
        work.commit(make_audit_entry())
    assert [replace(remark, id=0) for remark in stored] == [make_remark(claim_id) for claim_id in ids]
    assert stored[0].id != stored[1].id
    with begin() as work:
        assert work.flags.load_remarks(ids) == {ids[0]: (stored[0],), ids[1]: (stored[1],)}
        assert work.flags.load_answers(ids) == {ids[0]: answers, ids[1]: ()}
        assert work.flags.load_resolutions(ids) == {ids[0]: resolutions, ids[1]: ()}


def test_the_latest_decision_tells_where_a_version_stands(begin: Begin, version: ArticleVersion) -> None:
    steps = [
        make_version_decision(version, state)
        for state in (VersionState.IN_REVIEW, VersionState.CHANGES_REQUESTED, VersionState.APPROVED)
    ]
    with begin() as work:
        other = work.articles.add_version(make_article("別。", title="別の記事"), make_moment())
        for decision in steps:
            work.decisions.add(decision)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.decisions.load_states([version.id, other.id]) == {version.id: VersionState.APPROVED}
        assert work.decisions.list_decisions(version.id) == tuple(steps)


def test_the_latest_keeping_of_a_claim_counts(begin: Begin, ids: tuple[int, ...]) -> None:
    later = make_keeping(ids[0], SupportGrade.UNSUPPORTED)
    with begin() as work:
        for keeping in (make_keeping(ids[0]), later):
            work.decisions.add_keeping(keeping)
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.decisions.load_keepings(ids) == {ids[0]: later}


@pytest.mark.parametrize("steps", [1, 20])
def test_loading_takes_one_query_a_call_however_many_steps(
    engine: Engine, begin: Begin, ids: tuple[int, ...], steps: int
) -> None:
    with begin() as work:
        for number in range(steps):
            work.assessments.add_level(
                ids[0], LevelOverride(make_pmid(1), 3, "?", f"{number}", make_moment())
            )
            work.adjudications.add_view(make_view(ids[0], f"{number}"))
        work.commit(make_audit_entry())
    with begin() as work, count_statements(engine) as sent:
        assert len(work.assessments.load_levels(ids)[ids[0]]) == steps
        assert len(work.adjudications.load_views(ids)[ids[0]]) == steps
        work.assessments.load_guidelines(ids)
        work.adjudications.load_decided(ids)
        work.adjudications.load_reopened(ids)
    assert len(sent) == 5
