"""What the editor watches: how far each article is, who has how much to do, and what is in conflict."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from pathlib import Path

import pytest

from claims.errors import RoleRefused
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.decision import VersionState
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.stage import ANYBODY
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.overview import (
    NO_CONFLICTS,
    Conflicts,
    Overview,
    count_progress,
    load_conflicts,
    load_overview,
)
from tests.databases import make_database
from tests.factories import make_article, make_audit_entry, make_extraction, make_moment
from tests.persistence.counting import count_statements
from tests.workflow.clinic import (
    ADMIN,
    AUTHOR,
    EDITOR,
    JUDGE,
    OTHER_JUDGE,
    TWO_REVIEWERS,
    A,
    B,
    Clinic,
    open_clinic,
)


def overview(clinic: Clinic, who: User = EDITOR) -> Overview:
    with clinic.open_work() as work:
        return load_overview(work, who, 25)


def workload(clinic: Clinic) -> dict[tuple[str, Role], tuple[int, int, int]]:
    return {
        (load.name, load.role): (load.articles, load.waiting, load.done) for load in overview(clinic).workload
    }


def test_progress_counts_the_claims_of_the_newest_version_by_where_they_stand(clinic: Clinic) -> None:
    (article,) = overview(clinic).progress
    assert (article.state, article.claims, article.settled) == (VersionState.DRAFT, 2, 0)
    assert article.version.last_graded_at is None
    clinic.grade(A, SupportGrade.OVERSTATED)
    (article,) = overview(clinic).progress
    assert (article.state, article.settled, article.conflicts) == (VersionState.IN_REVIEW, 1, 0)
    assert article.version.counts == {ClaimStatus.GRADED: 1, ClaimStatus.EXTRACTED: 1}
    assert article.version.last_graded_at is not None
    with clinic.open_work() as work:
        newer = work.articles.add_version(make_article("改めた文。"), clinic.now())
        work.claims.add_extraction(newer.id, make_extraction(claims=3))
        work.commit(make_audit_entry())
    (article,) = overview(clinic).progress
    assert (article.version.version_id, article.claims, article.settled) == (newer.id, 3, 0)


def test_workload_tells_what_waits_for_each_who_is_named(clinic: Clinic) -> None:
    reviewer, adjudicator = Role.REVIEWER, Role.ADJUDICATOR
    assert workload(clinic) == {(ANYBODY, reviewer): (1, 2, 0), (ANYBODY, adjudicator): (1, 0, 0)}
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    nothing_done = {("a", reviewer): (1, 2, 0), ("b", reviewer): (1, 2, 0), ("judge", adjudicator): (1, 0, 0)}
    assert workload(clinic) == nothing_done
    clinic.grade(A, SupportGrade.OVERSTATED)
    assert workload(clinic)[("a", reviewer)] == (1, 1, 1)
    assert workload(clinic)[("b", reviewer)] == (1, 2, 0)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    assert workload(clinic)[("b", reviewer)] == (1, 1, 1)
    assert workload(clinic)[("judge", adjudicator)] == (1, 1, 0)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, SupportGrade.OVERSTATED)
    assert workload(clinic)[("judge", adjudicator)] == (1, 0, 1)


def test_a_claim_that_was_opened_again_waits_for_its_graders_again(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a",)))
    clinic.grade(A, SupportGrade.OVERSTATED)
    assert workload(clinic)[("a", Role.REVIEWER)] == (1, 1, 1)
    claim = clinic.see(EDITOR).claim
    with clinic.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, clinic.now())
    assert workload(clinic)[("a", Role.REVIEWER)] == (1, 2, 0)


def test_conflicts_name_the_graders_and_since_when_they_wait_and_no_grade(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    for claim in (1, 0):
        clinic.grade(A, SupportGrade.OVERSTATED, claim=claim)
        clinic.grade(B, SupportGrade.UNSUPPORTED, claim=claim)
    with clinic.open_work() as work:
        conflicts = load_conflicts(work, EDITOR, 25)
        assert load_conflicts(work, JUDGE, 25) == conflicts
        assert load_conflicts(work, EDITOR, 1) == Conflicts(2, conflicts.longest[:1])
    assert [(conflict.number, conflict.graders) for conflict in conflicts.longest] == [
        (2, ("a", "b")),
        (1, ("a", "b")),
    ]
    assert conflicts.longest[0].since < conflicts.longest[1].since
    assert "overstated" not in repr(conflicts)


def test_an_adjudicator_sees_the_conflicts_they_settle(clinic: Clinic) -> None:
    clinic.assign(ReviewPlan(("a", "b"), "judge", needed=2))
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    with clinic.open_work() as work:
        assert load_conflicts(work, JUDGE, 25).count == 1
        assert load_conflicts(work, OTHER_JUDGE, 25) == NO_CONFLICTS


def test_progress_over_time_counts_each_claim_once(clinic: Clinic) -> None:
    for claim in (0, 1):
        clinic.grade(A, SupportGrade.OVERSTATED, claim=claim)
    clinic.grade(A, SupportGrade.UNSUPPORTED)
    with clinic.open_work() as work:
        assert count_progress(work, clinic.version_id, UTC) == {make_moment().date(): 2}


@pytest.mark.parametrize("who", [A, AUTHOR, JUDGE])
def test_the_overview_is_for_editors_and_administrators(clinic: Clinic, who: User) -> None:
    assert overview(clinic, ADMIN) == overview(clinic, EDITOR)
    with pytest.raises(RoleRefused):
        overview(clinic, who)


@pytest.mark.parametrize("articles", [1, 12])
def test_the_overview_takes_as_many_queries_for_many_articles_as_for_one(
    tmp_path: Path, articles: int
) -> None:
    engine = open_engine(make_database(tmp_path / "konkyo.db"))
    clinic = open_clinic(partial(UnitOfWork, engine))
    clinic.assign(TWO_REVIEWERS)
    for number in range(1, articles):
        with clinic.open_work() as work:
            version = work.articles.add_version(
                make_article(f"文{number}。", title=f"{number}"), clinic.now()
            )
            work.claims.add_extraction(version.id, make_extraction(claims=2))
            assign_review(work, version.id, TWO_REVIEWERS, EDITOR, clinic.now())
    clinic.grade(A, SupportGrade.OVERSTATED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    with UnitOfWork(engine) as work, count_statements(engine) as sent:
        assert len(load_overview(work, EDITOR, 25).progress) == articles
    assert len(sent) == 7
    with UnitOfWork(engine) as work, count_statements(engine) as sent:
        assert load_conflicts(work, EDITOR, 25).count == 1
    assert len(sent) == 5
