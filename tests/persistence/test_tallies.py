"""What is counted at each step is what would be counted of all that stands, whatever was done before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session

from claims.errors import KonkyoError
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.record_json import to_json
from claims.records.stage import ANYBODY
from db.base import write_json
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.migrations.upgrading import migrate
from db.models import TallyRow, WorkloadRow
from db.repositories.tallies import TallyRepository
from db.unit_of_work import UnitOfWork
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import dismiss_claim, retype_claim
from reviewer.workflow.assigning import assign_claim
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.merging_splitting import split_claim
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.recounting import recount
from reviewer.workflow.surroundings import load_surroundings
from reviewer.workflow.undoing import undo_last_step
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_article, make_audit_entry, make_claim, make_evidence, make_moment
from tests.workflow.clinic import (
    EDITOR,
    JUDGE,
    TWO_REVIEWERS,
    A,
    B,
    Clinic,
    copy_clinic,
    find_neighbours,
    open_clinic,
)

Begin = Callable[[], UnitOfWork]
Step = Callable[[Clinic, int], None]


def step(change: Callable[[UnitOfWork, Clinic, int], object]) -> Step:
    def take(clinic: Clinic, claim: int) -> None:
        with clinic.open_work() as work:
            change(work, clinic, clinic.claim_ids[claim])

    return take


def bring_in_next(work: UnitOfWork, clinic: Clinic, _: int) -> None:
    """The next version: one of its claims reads otherwise."""
    former = work.articles.get_version(clinic.version_id)
    text = former.article.text.replace("。", "かもしれない。", 1)
    ingest_article(work, make_article(text, title=former.article.title), EDITOR, clinic.now())


def search(work: UnitOfWork, _: Clinic, claim_id: int) -> None:
    work.searches.record_evidence(claim_id, make_evidence(1))
    work.commit(make_audit_entry())


STEPS: dict[str, Step] = {
    "a unsupported": lambda clinic, claim: clinic.grade(A, SupportGrade.UNSUPPORTED, "理由", claim=claim),
    "a overstated": lambda clinic, claim: clinic.grade(A, SupportGrade.OVERSTATED, "理由", claim=claim),
    "b overstated": lambda clinic, claim: clinic.grade(B, SupportGrade.OVERSTATED, "理由", claim=claim),
    "b judges": lambda clinic, claim: clinic.judge(B, claim=claim),
    "judge views": lambda clinic, claim: clinic.write_view(JUDGE, claim=claim),
    "judge settles": lambda clinic, claim: clinic.adjudicate(JUDGE, SupportGrade.OVERSTATED, claim=claim),
    "a undoes": step(lambda work, clinic, id: undo_last_step(work, id, A, clinic.now())),
    "reopened": step(
        lambda work, clinic, id: reopen_claim(
            work, id, work.claims.get_claim(id).revision, "理由", EDITOR, clinic.now()
        )
    ),
    "dismissed": step(
        lambda work, clinic, id: dismiss_claim(work, work.claims.get_claim(id), "理由", EDITOR, clinic.now())
    ),
    "retyped": step(
        lambda work, clinic, id: retype_claim(
            work, work.claims.get_claim(id), ClaimType.SAFETY, EDITOR, clinic.now()
        )
    ),
    "split": step(
        lambda work, clinic, id: split_claim(
            work, work.claims.get_claim(id), ("一つ。", "二つ。"), EDITOR, clinic.now()
        )
    ),
    "searched": step(search),
    "planned for a": lambda clinic, _: clinic.assign(ReviewPlan(("a",), "judge")),
    "planned for both": lambda clinic, _: clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2)),
    "assigned to b": step(lambda work, clinic, id: assign_claim(work, id, ("b",), EDITOR, clinic.now())),
    "assigned to all": step(lambda work, clinic, id: assign_claim(work, id, (), EDITOR, clinic.now())),
    "planned for either": lambda clinic, _: clinic.assign(ReviewPlan(("a", "b"), "judge")),
    "next version": step(bring_in_next),
}


_CLAIM = write_json(to_json(make_claim()))
OF_OLD: dict[str, dict[str, object]] = {
    "article": {"id": 1, "title": "見本", "title_hash": "1"},
    "article_version": {
        "id": 1,
        "article_id": 1,
        "number": 1,
        "title": "見本",
        "title_hash": "1",
        "version_hash": "2",
        "ingested_at": make_moment(),
        "language": "ja",
        "origin": "",
        "text": "見本",
        "blocks": "[]",
    },
    "claim": {
        "id": 1,
        "version_id": 1,
        "number": 1,
        "status": "extracted",
        "reason": "",
        "by_hand": "[]",
        "revision": 1,
    },
    "placement": {
        "id": 1,
        "version_id": 1,
        "claim_id": 1,
        "start_char": 0,
        "end_char": 2,
        "claim": _CLAIM,
        "standing": True,
    },
    "review_plan": {
        "id": 1,
        "article_id": 1,
        "version_id": 1,
        "reviewers": '["a"]',
        "adjudicator": "",
        "needed": 1,
        "sealed": True,
        "set_by": "editor",
        "set_at": make_moment(),
    },
}


@settings(max_examples=at_most(25), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 1)), max_size=12),
    st.sampled_from((A, B, JUDGE, EDITOR)),
)
def test_counted_by_steps_is_counted_of_all(steps: list[tuple[str, int]], viewer: User) -> None:
    engine = lend_database()
    clinic = copy_clinic(LENT, partial(UnitOfWork, engine))
    clinic.assign(TWO_REVIEWERS)
    for name, claim in steps:
        # A step that is refused changes no count.
        with suppress(KonkyoError):
            STEPS[name](clinic, claim)
    assert recount(clinic.open_work) == 0
    with clinic.open_work() as work:
        queue = load_queue(work, max(work.tallies.list_versions()), viewer)
        for shown in queue.claims:
            around = load_surroundings(work, shown, viewer)
            assert (around.claims, around.count, around.graded) == (queue.claims, queue.count, queue.graded)
            assert (around.before, around.after) == find_neighbours(queue, shown.id)


@pytest.fixture
def clinic(begin: Begin) -> Clinic:
    """Two claims, of which one is in conflict and one graded by the first alone."""
    clinic = open_clinic(begin)
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    clinic.grade(A, SupportGrade.OVERSTATED, claim=1)
    return clinic


def see(begin: Begin) -> object:
    with begin() as work:
        return (
            work.overview.list_newest(25),
            work.overview.sum_workload(),
            work.overview.count_pairs(),
            work.overview.list_conflicts(25),
            work.articles.list_versions(),
        )


def test_every_step_is_possible() -> None:
    """The property above is not one of refusals: each step is taken after what makes it possible."""
    ways = (
        ("a unsupported", "b overstated", "judge views", "judge settles", "reopened", "b judges"),
        ("b judges", "a overstated", "b overstated", "searched", "planned for a"),
        ("planned for both", "a overstated", "a undoes", "retyped", "dismissed", "next version"),
        ("planned for either", "assigned to b", "assigned to all", "split"),
    )
    assert set().union(*ways) == STEPS.keys()
    for way in ways:
        clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()))
        clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
        for name in way:
            STEPS[name](clinic, 0)
        assert recount(clinic.open_work) == 0


def test_what_was_lost_or_changed_by_other_hands_is_counted_again(
    engine: Engine, begin: Begin, clinic: Clinic
) -> None:
    assert recount(begin) == 0
    right = see(begin)
    with engine.begin() as connection:
        connection.execute(
            update(TallyRow).where(TallyRow.claim_id == clinic.claim_ids[0]).values(status=ClaimStatus.GRADED)
        )
        connection.execute(update(WorkloadRow).where(WorkloadRow.name == "a").values(waiting=7))
    assert see(begin) != right
    assert recount(begin) == 2
    assert see(begin) == right
    with engine.begin() as connection:
        connection.execute(delete(TallyRow))
        connection.execute(delete(WorkloadRow))
    assert recount(begin) == 5
    assert see(begin) == right


def test_a_house_is_counted_at_once_as_its_steps_were_counted(
    engine: Engine, begin: Begin, clinic: Clinic
) -> None:
    """One claim of it was opened again, and there is a newer version."""
    STEPS["b overstated"](clinic, 1)
    STEPS["reopened"](clinic, 1)
    STEPS["a overstated"](clinic, 1)
    STEPS["next version"](clinic, 0)
    right = see(begin)
    with Session(engine) as session:
        kept = {row.claim_id: row.graders for row in session.scalars(select(TallyRow))}
        session.execute(delete(TallyRow))
        session.execute(delete(WorkloadRow))
        TallyRepository(session).fill()
        TallyRepository(session).fill_shares()
        session.commit()
    assert {("a",), ("a", "b")} <= set(kept.values())
    assert see(begin) == right
    assert recount(begin) == 0


def test_a_house_of_old_is_counted_when_it_is_migrated(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        migrate(connection, "0018")
        for table, values in OF_OLD.items():
            names = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({names})"), values)
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        (version,) = work.articles.list_versions()
        anybody, share = work.overview.sum_workload()
        due = work.stages.list_due(10)
    engine.dispose()
    assert (version.claims, version.graded) == (1, 0)
    assert (share.name, share.waiting, share.done) == ("a", 1, 0)
    assert (anybody.name, anybody.role, anybody.waiting) == (ANYBODY, Role.ADJUDICATOR, 0)
    assert due == (1,)
