"""Where an article stands is counted after the steps, and is what would be counted of all that stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from claims.errors import KonkyoError, RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.decision import VersionState
from claims.records.flag import AnswerKind
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.stage import ANYBODY, ArticleStage, FlagCount, Share, Stage
from db.models import FlagTallyRow, StageRow
from db.unit_of_work import UnitOfWork
from reviewer.workflow.adjudicating import reopen_claims
from reviewer.workflow.assigning import load_given
from reviewer.workflow.board import Board, Chosen, load_board
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.grading import record_grade
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.my_work import (
    MyWork,
    find_next_claim,
    list_articles,
    load_my_work,
    mark_seen,
)
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.recounting import recount
from reviewer.workflow.stages import catch_up, count_article
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_article, make_audit_entry, make_moment, make_signature, make_user
from tests.persistence.test_tallies import STEPS, Step
from tests.workflow.articles import GROWTH, SAFE, SATO, SLEEP, find, ingest, work_on
from tests.workflow.clinic import AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, C, Clinic, copy_clinic

TODAY = make_moment().date()
OTHER_AUTHOR = make_user("other-author", Role.AUTHOR)
ONE_REVIEWER = ReviewPlan(("a",), "judge")


def stand(clinic: Clinic) -> ArticleStage:
    """Where the article stands once all that was marked has been counted."""
    assert catch_up(clinic.open_work)
    with clinic.open_work() as work:
        (newest,) = work.desks.list_latest(5)
    return newest.at


def see_work(clinic: Clinic, who: User) -> MyWork:
    assert catch_up(clinic.open_work)
    with clinic.open_work() as work:
        return load_my_work(work, who, 5, make_moment(9_000))


def see_board(clinic: Clinic, chosen: Chosen = Chosen.UNDER_WAY, today: date = TODAY) -> Board:
    assert catch_up(clinic.open_work)
    with clinic.open_work() as work:
        return load_board(work, EDITOR, chosen, today, 10)


def decide(clinic: Clinic, *states: VersionState) -> None:
    for state in states:
        with clinic.open_work() as work:
            version = work.articles.get_version(clinic.version_id)
            signed = make_signature() if state.is_signed else None
            decide_version(
                work, version.id, version.version_hash, state, "理由", EDITOR, clinic.now(), signed
            )


def settle_all(clinic: Clinic, *people: User) -> None:
    for who in people:
        for claim in range(len(clinic.claim_ids)):
            clinic.judge(who, claim=claim)
            clinic.grade(who, SupportGrade.SUPPORTED, claim=claim)


def raise_one(clinic: Clinic) -> str:
    """A flag that everybody may see; its key."""
    with clinic.open_work() as work:
        return f"raised_by_person:{raise_flag(work, clinic.claim_ids[0], '出典は?', A, clinic.now()).id}"


def answer(clinic: Clinic, key: str) -> None:
    with clinic.open_work() as work:
        answer_flag(work, clinic.claim_ids[0], key, AnswerKind.DISPUTE, "根拠", AUTHOR, clinic.now())


def resolve(clinic: Clinic, key: str, settled: bool) -> None:
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], key, settled, "コメント", EDITOR, clinic.now())


def test_an_article_goes_from_intake_to_publication_and_waits_for_one_thing_at_a_time(clinic: Clinic) -> None:
    stages = [stand(clinic).stage]
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    stages.append(stand(clinic).stage)
    clinic.grade(A, SupportGrade.NOT_CHECKABLE, "比喩")
    clinic.grade(B, SupportGrade.CANNOT_JUDGE, "全文が要る")
    for who in (A, B):
        clinic.judge(who, claim=1)
        clinic.grade(who, SupportGrade.SUPPORTED, claim=1)
    stages.append(stand(clinic).stage)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, SupportGrade.NOT_CHECKABLE)
    key = raise_one(clinic)
    stages.append(stand(clinic).stage)
    answer(clinic, key)
    stages.append(stand(clinic).stage)
    resolve(clinic, key, True)
    stages.append(stand(clinic).stage)
    decide(clinic, VersionState.CHANGES_REQUESTED)
    stages.append(stand(clinic).stage)
    decide(clinic, VersionState.APPROVED)
    stages.append(stand(clinic).stage)
    decide(clinic, VersionState.PUBLISHED)
    stages.append(stand(clinic).stage)
    assert stages == [
        Stage.ASSIGN,
        Stage.GRADE,
        Stage.ADJUDICATE,
        Stage.ANSWER,
        Stage.SETTLE,
        Stage.APPROVE,
        Stage.REVISE,
        Stage.PUBLISH,
        Stage.DONE,
    ]


def test_a_flag_waits_for_its_author_until_answered_and_again_when_it_is_opened_again(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    key = raise_one(clinic)
    assert stand(clinic).flags == FlagCount(1, 0)
    answer(clinic, key)
    assert stand(clinic).flags == FlagCount(0, 1)
    resolve(clinic, key, False)
    assert stand(clinic).flags == FlagCount(1, 0)
    answer(clinic, key)
    resolve(clinic, key, True)
    assert stand(clinic).flags == FlagCount()


def test_a_flag_on_a_claim_that_is_still_blind_is_told_nobody(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    raise_one(clinic)
    assert stand(clinic).flags == FlagCount()
    assert see_work(clinic, AUTHOR).count == 0


def test_since_when_an_article_waits_is_when_it_came_there(clinic: Clinic) -> None:
    assert stand(clinic).since == make_moment()
    clinic.assign(ONE_REVIEWER)
    assigned = stand(clinic).since
    assert assigned > make_moment()
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert stand(clinic).since == assigned
    clinic.judge(A, claim=1)
    clinic.grade(A, SupportGrade.SUPPORTED, claim=1)
    assert stand(clinic).since > assigned
    decide(clinic, VersionState.CHANGES_REQUESTED)
    with clinic.open_work() as work:
        decided = work.decisions.list_decisions(clinic.version_id)[-1].decided_at
    assert stand(clinic).since == decided


def flag_step(take: Callable[[Clinic, str], None]) -> Step:
    """A step on the latest flag of the first claim, whichever it is taken on."""

    def step(clinic: Clinic, _: int) -> None:
        with clinic.open_work() as work:
            raised = work.flags.load_remarks(clinic.claim_ids[:1])[clinic.claim_ids[0]]
        take(clinic, f"raised_by_person:{raised[-1].id if raised else 0}")

    return step


def flag_at_first(clinic: Clinic, _: int) -> None:
    raise_one(clinic)


FLAG_STEPS: dict[str, Step] = {
    "flagged": flag_at_first,
    "answered": flag_step(answer),
    "flag settled": flag_step(lambda clinic, key: resolve(clinic, key, True)),
    "flag opened again": flag_step(lambda clinic, key: resolve(clinic, key, False)),
    "returned": lambda clinic, _: decide(clinic, VersionState.CHANGES_REQUESTED),
    "approved": lambda clinic, _: decide(clinic, VersionState.APPROVED),
}
ALL_STEPS = {**STEPS, **FLAG_STEPS}


@settings(max_examples=at_most(15), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(ALL_STEPS)), st.integers(0, 1), st.booleans()), max_size=10))
def test_what_is_counted_bit_by_bit_is_what_is_counted_of_all(steps: list[tuple[str, int, bool]]) -> None:
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()))
    clinic.assign(TWO_REVIEWERS)
    for name, claim, looks in steps:
        with suppress(KonkyoError):
            ALL_STEPS[name](clinic, claim)
        if looks:
            catch_up(clinic.open_work)
    bit_by_bit = stand(clinic), see_shares(clinic)
    assert recount(clinic.open_work) == 0
    assert (stand(clinic), see_shares(clinic)) == bit_by_bit
    assert count_flags_live(clinic, bit_by_bit[0].version_id) == bit_by_bit[0].flags


def test_what_was_lost_by_other_hands_is_counted_again() -> None:
    engine = lend_database()
    clinic = copy_clinic(LENT, partial(UnitOfWork, engine))
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    raise_one(clinic)
    right = stand(clinic)
    with engine.begin() as connection:
        connection.execute(delete(StageRow))
        connection.execute(delete(FlagTallyRow))
    assert recount(clinic.open_work) == 0
    assert stand(clinic) == right
    assert right.flags == FlagCount(1, 0)


def see_shares(clinic: Clinic) -> object:
    with clinic.open_work() as work:
        return work.overview.sum_workload()


def count_flags_live(clinic: Clinic, version_id: int) -> FlagCount:
    with clinic.open_work() as work:
        shown = load_queue(work, version_id, EDITOR).claims
        flags = load_flags(work, load_dossiers(work, shown, None), None)
    waiting = [flag.waits_for_answer for found in flags.values() for flag in found if flag.is_open]
    return FlagCount(sum(waiting), len(waiting) - sum(waiting))


def test_a_step_between_the_look_and_its_end_is_counted_at_the_next_look(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    with clinic.open_work() as work:
        (article_id,) = work.stages.list_due(5)
        _, mark = work.stages.hold(article_id)
    raise_one(clinic)
    with clinic.open_work() as work:
        # As somebody would who had looked before the flag was raised.
        for claim_id in clinic.claim_ids:
            work.stages.keep_flags(claim_id, FlagCount(), mark=1)
        work.commit_passing()
    assert mark
    assert stand(clinic).flags == FlagCount(1, 0)


def test_a_look_counts_no_more_than_it_may_and_says_that_something_is_left(clinic: Clinic) -> None:
    assert not catch_up(clinic.open_work, 1)
    with clinic.open_work() as work:
        (article_id,) = work.stages.list_due(5)
        assert count_article(work, article_id, 5) == 1
    assert catch_up(clinic.open_work, 1)


def test_a_reviewer_is_told_what_to_grade_and_what_anybody_may(clinic: Clinic) -> None:
    (pile,) = see_work(clinic, A).piles
    (line,) = pile.lines
    assert (pile.stage, pile.count, line.count, line.for_anybody) == (Stage.GRADE, 2, 2, True)
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2, due_on=TODAY))
    (pile,) = see_work(clinic, A).piles
    (line,) = pile.lines
    assert (pile.count, line.for_anybody, line.article.at.due_on) == (2, False, TODAY)
    assert see_work(clinic, C).count == 0
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    assert see_work(clinic, A).count == 1
    (conflicts,) = see_work(clinic, JUDGE).piles
    assert (conflicts.stage, conflicts.count) == (Stage.ADJUDICATE, 1)


def test_an_author_is_told_flags_and_returns_with_the_note_and_never_grading(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        work.people.add_user(OTHER_AUTHOR.name, "別の著者", OTHER_AUTHOR.roles, "")
        work.commit(
            make_audit_entry(AuditAction.VERSION_INGESTED, f"version:{clinic.version_id}", actor="author")
        )
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    raise_one(clinic)
    work_of_author = {pile.stage: pile for pile in see_work(clinic, AUTHOR).piles}
    assert work_of_author.keys() == {Stage.REVISE, Stage.ANSWER}
    assert work_of_author[Stage.ANSWER].count == 1
    assert see_work(clinic, OTHER_AUTHOR).count == 0
    decide(clinic, VersionState.CHANGES_REQUESTED)
    work_of_author = {pile.stage: pile for pile in see_work(clinic, AUTHOR).piles}
    (line,) = work_of_author[Stage.REVISE].lines
    assert (line.note, line.count) == ("理由", 1)
    assert work_of_author[Stage.ANSWER].count == 0


def test_an_article_that_no_author_brought_in_is_any_authors(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    raise_one(clinic)
    (pile,) = (pile for pile in see_work(clinic, AUTHOR).piles if pile.count)
    assert (pile.stage, pile.lines[0].for_anybody) == (Stage.ANSWER, True)


def test_an_editor_is_told_what_to_assign_settle_approve_and_publish(clinic: Clinic) -> None:
    def piles() -> dict[Stage, int]:
        return {pile.stage: pile.count for pile in see_work(clinic, EDITOR).piles if pile.count}

    assert piles() == {Stage.ASSIGN: 1}
    clinic.assign(ONE_REVIEWER)
    assert piles() == {}
    settle_all(clinic, A)
    key = raise_one(clinic)
    answer(clinic, key)
    assert piles() == {Stage.SETTLE: 1}
    resolve(clinic, key, True)
    assert piles() == {Stage.APPROVE: 1}
    decide(clinic, VersionState.APPROVED)
    assert piles() == {Stage.PUBLISH: 1}


def test_what_others_finished_is_told_until_one_knows_it(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED)
    assert [one.state for one in see_work(clinic, A).finished] == [VersionState.APPROVED]
    assert see_work(clinic, EDITOR).finished == ()
    assert see_work(clinic, B).finished == ()
    with clinic.open_work() as work:
        mark_seen(work, A, clinic.now())
    assert see_work(clinic, A).finished == ()
    decide(clinic, VersionState.PUBLISHED)
    assert [one.state for one in see_work(clinic, A).finished] == [VersionState.PUBLISHED]


def test_the_board_tells_whom_an_article_waits_for_and_what_is_overdue(clinic: Clinic) -> None:
    (row,) = see_board(clinic).rows
    assert row.waits_for == (Share(Role.EDITOR, ANYBODY, 0),)
    clinic.assign(ReviewPlan(("a", "b"), needed=2, due_on=TODAY))
    clinic.grade(A, SupportGrade.OVERSTATED)
    board = see_board(clinic)
    (row,) = board.rows
    assert row.waits_for == (Share(Role.REVIEWER, "a", 1), Share(Role.REVIEWER, "b", 2))
    assert (row.claims, row.settled, row.plan.due_on) == (2, 0, TODAY)
    assert board.counts == {
        Chosen.UNDER_WAY: 1,
        Chosen.OF_EDITOR: 0,
        Chosen.DONE: 0,
        Chosen.OVERDUE: 0,
    }
    tomorrow = TODAY + timedelta(days=1)
    late = see_board(clinic, Chosen.OVERDUE, tomorrow)
    assert (len(late.rows), late.counts[Chosen.OVERDUE]) == (1, 1)
    assert see_board(clinic, Chosen.DONE).rows == ()


def test_how_long_an_article_takes_is_told_of_what_was_published(clinic: Clinic) -> None:
    assert see_board(clinic).steps == ()
    clinic.assign(ONE_REVIEWER)
    settle_all(clinic, A)
    decide(clinic, VersionState.APPROVED, VersionState.PUBLISHED)
    steps = {step.name: step for step in see_board(clinic, Chosen.DONE).steps}
    assert steps.keys() == {Stage.ASSIGN, Stage.APPROVE, Stage.PUBLISH}
    assert all(step.versions == 1 and step.days > 0 for step in steps.values())


def test_more_graders_tell_what_fewer_settled_and_what_is_reopened_counts_no_more(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    with clinic.open_work() as work:
        before = load_given(work, clinic.version_id)
    assert (before.settled, before.begun, before.ungraded, before.settled_by_fewer) == (1, 0, 1, ())
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    with clinic.open_work() as work:
        after = load_given(work, clinic.version_id)
    assert [claim.id for claim in after.settled_by_fewer] == [clinic.claim_ids[0]]
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="reason_missing"):
        reopen_claims(work, after.settled_by_fewer, " ", EDITOR, clinic.now())
    with clinic.open_work() as work:
        reopen_claims(work, after.settled_by_fewer, "二人で評価", EDITOR, clinic.now())
    with clinic.open_work() as work:
        assert load_given(work, clinic.version_id).settled_by_fewer == ()
    assert see_work(clinic, A).count == see_work(clinic, B).count == 2


def test_the_list_has_one_line_an_article_with_its_earlier_versions(clinic: Clinic) -> None:
    clinic.assign(ONE_REVIEWER)
    with clinic.open_work() as work:
        former = work.articles.get_version(clinic.version_id)
        text = former.article.text.replace("。", "かもしれない。", 1)
        ingest_article(work, make_article(text, title=former.article.title), EDITOR, clinic.now())
    newest = stand(clinic)
    with clinic.open_work() as work:
        (line,) = list_articles(work, A, 5)
    assert (line.staged.number, line.summary.id) == (2, newest.version_id)
    assert [(one.number, state) for one, state in line.earlier] == [(1, VersionState.IN_REVIEW)]


def test_a_claim_that_the_next_version_left_alone_is_one_claim_graded_there(clinic: Clinic) -> None:
    """What an older version and the newest share is graded in the newest, wherever one comes from."""
    former = ingest(clinic.open_work, GROWTH, SAFE, title="別の記事")
    newer = ingest(clinic.open_work, GROWTH, SLEEP, title="別の記事", revises=former.version.id, minutes=1)
    shared, gone = find(former, GROWTH), find(former, SAFE)
    with clinic.open_work() as work:
        places = [work.claims.get_claim(claim.id).version_id for claim in (shared, gone)]
    assert places == [newer.version.id, former.version.id]
    work_on(clinic.open_work, shared, minutes=2)
    with clinic.open_work() as work:
        for version in (former.version, newer.version):
            grades = {line.claim.id: line.grade for line in load_queue(work, version.id, SATO).lines}
            assert grades[shared.id] is SupportGrade.PARTIALLY_SUPPORTED
        assert find_next_claim(work, newer.version.id, SATO) == find(newer, SLEEP).id
        assert find_next_claim(work, former.version.id, SATO) is None
    with clinic.open_work() as work, pytest.raises(RuleRefused, match="version_older"):
        record_grade(work, gone.id, SupportGrade.OVERSTATED, "", SATO, clinic.now())
