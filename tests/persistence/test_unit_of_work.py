from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import InvalidRequestError

from claims.errors import VersionConflict
from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_assessment,
    make_audit_entry,
    make_citation,
    make_claim,
    make_evidence,
    make_extraction,
    make_moment,
)

Begin = Callable[[], UnitOfWork]

HALF_A_CHANGE = """
import sys
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from tests.factories import make_article, make_extraction, make_moment
with UnitOfWork(open_engine(sys.argv[1])) as work:
    version = work.articles.add_version(make_article(), make_moment())
    work.claims.add_extraction(version.id, make_extraction(claims=20))
    print("half done", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def claim(begin: Begin) -> ReviewClaim:
    """One claim, with a unit beside it that was dropped."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        (stored,) = work.claims.add_extraction(version.id, make_extraction(claims=1, dropped=1))
        work.commit(make_audit_entry())
    return stored


def test_a_change_and_its_entries_are_kept_together(begin: Begin, claim: ReviewClaim) -> None:
    with begin() as work:
        work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 1)
        work.commit(make_audit_entry(minutes=1), make_audit_entry(minutes=2))
    with begin() as work:
        assert work.claims.get_claim(claim.id).status is ClaimStatus.IN_REVIEW
        assert [entry.at for entry in work.audit.list_entries(limit=2)] == [make_moment(2), make_moment(1)]


def test_leaving_without_a_commit_leaves_nothing(begin: Begin, claim: ReviewClaim) -> None:
    with begin() as work:
        work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 1)
        work.assessments.add(make_assessment(claim.id))
        work.citations.save([make_citation()])
    with begin() as work:
        assert work.claims.get_claim(claim.id) == claim
        assert work.assessments.load_assessments([claim.id]) == {claim.id: ()}
        assert work.citations.load([make_citation().pmid]) == {}


def test_an_error_on_the_way_leaves_nothing(begin: Begin, claim: ReviewClaim) -> None:
    def break_off() -> None:
        with begin() as work:
            work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 1)
            work.claims.change_status(claim.id, ClaimStatus.GRADED, 1)

    with pytest.raises(VersionConflict):
        break_off()
    with begin() as work:
        assert work.claims.get_claim(claim.id) == claim
        assert len(work.audit.list_entries()) == 1


def test_an_entry_that_cannot_be_written_takes_its_change_with_it(begin: Begin, claim: ReviewClaim) -> None:
    def commit_without_a_zone() -> None:
        naive = make_audit_entry()
        object.__setattr__(naive, "at", naive.at.replace(tzinfo=None))
        with begin() as work:
            work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 1)
            work.commit(naive)

    with pytest.raises(Exception, match="without a zone"):
        commit_without_a_zone()
    with begin() as work:
        assert work.claims.get_claim(claim.id) == claim


def test_a_unit_of_work_that_has_ended_is_not_used_again(begin: Begin) -> None:
    with begin() as work:
        work.articles.list_versions()
    with pytest.raises(InvalidRequestError):
        work.articles.list_versions()


def test_of_two_that_read_the_same_revision_the_second_is_refused(begin: Begin, claim: ReviewClaim) -> None:
    with begin() as first, begin() as second:
        revision = first.claims.get_claim(claim.id).revision
        assert second.claims.get_claim(claim.id).revision == revision
        first.claims.change_status(claim.id, ClaimStatus.GRADED, revision)
        first.commit(make_audit_entry())
        with pytest.raises(VersionConflict) as refused:
            second.claims.change_status(claim.id, ClaimStatus.DISMISSED, revision)
    assert refused.value.values["found"] == revision + 1
    with begin() as work:
        assert work.claims.get_claim(claim.id).status is ClaimStatus.GRADED


def run_at_once(*changes: Callable[[], object]) -> list[object]:
    """What each change returned or the conflict it met, all begun together in threads of their own."""
    together = Barrier(len(changes))

    def run(change: Callable[[], object]) -> object:
        together.wait()
        try:
            return change()
        except VersionConflict as conflict:
            return conflict.code

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(run, changes))


def test_of_many_that_change_one_claim_at_once_one_succeeds(begin: Begin, claim: ReviewClaim) -> None:
    def grade() -> str:
        with begin() as work:
            work.assessments.add(make_assessment(claim.id))
            work.claims.change_status(claim.id, ClaimStatus.GRADED, claim.revision)
            work.commit(make_audit_entry(minutes=1))
        return "graded"

    outcomes = run_at_once(*[grade] * 6)
    assert sorted(map(str, outcomes)) == ["claim_changed"] * 5 + ["graded"]
    with begin() as work:
        assert work.claims.get_claim(claim.id).revision == claim.revision + 1
        assert len(work.audit.list_entries()) == 2


def test_the_same_text_brought_by_many_at_once_is_one_version(begin: Begin) -> None:
    def ingest() -> int:
        with begin() as work:
            version = work.articles.add_version(make_article(), make_moment())
            work.commit(make_audit_entry())
        return version.id

    assert len(set(run_at_once(*[ingest] * 6))) == 1
    with begin() as work:
        assert len(work.articles.list_versions()) == 1


def test_versions_of_one_title_brought_at_once_get_numbers_of_their_own(begin: Begin) -> None:
    def ingest(text: str) -> int:
        with begin() as work:
            version = work.articles.add_version(make_article(text), make_moment())
            work.commit(make_audit_entry())
        return version.number

    numbers = run_at_once(*[lambda text=f"文{n}。": ingest(text) for n in range(5)])
    assert sorted(map(str, numbers)) == ["1", "2", "3", "4", "5"]


def test_one_unit_restored_by_many_at_once_becomes_one_claim(begin: Begin, claim: ReviewClaim) -> None:
    with begin() as work:
        (dropped,) = work.claims.list_dropped(claim.version_id)

    def restore() -> str:
        with begin() as work:
            work.claims.restore(dropped.id, make_claim("戻した。", start=5))
            work.commit(make_audit_entry())
        return "restored"

    outcomes = run_at_once(*[restore] * 4)
    assert sorted(map(str, outcomes)) == ["already_restored"] * 3 + ["restored"]
    with begin() as work:
        assert [known.number for known in work.claims.list_claims(claim.version_id)] == [1, 2]


def test_searches_of_one_claim_at_once_are_all_logged(begin: Begin, claim: ReviewClaim) -> None:
    def search(*numbers: int) -> None:
        with begin() as work:
            work.searches.record_evidence(claim.id, make_evidence(*numbers))
            work.commit(make_audit_entry())

    run_at_once(*[lambda n=n: search(*range(n, n + 5), *range(1, n)) for n in range(1, 5)])
    with begin() as work:
        assert len(work.searches.load_runs([claim.id])[claim.id]) == 4
        findings = work.searches.load_findings([claim.id])[claim.id]
    assert [finding.rank for finding in findings] == list(range(1, len(findings) + 1))


def test_reading_does_not_wait_for_somebody_who_writes(begin: Begin, claim: ReviewClaim) -> None:
    with begin() as writing, begin() as reading:
        writing.claims.change_status(claim.id, ClaimStatus.GRADED, 1)
        assert reading.claims.get_claim(claim.id) == claim
        assert len(reading.articles.list_versions()) == 1


def test_a_process_killed_in_the_middle_leaves_nothing_and_holds_up_nobody(
    migrated_url: str, engine: Engine, begin: Begin
) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", HALF_A_CHANGE, migrated_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "half done\n"
    killed.kill()
    killed.communicate(timeout=30)
    with begin() as work:
        assert work.articles.find_version(make_article().version_hash) is None
        version = work.articles.add_version(make_article(), make_moment())
        assert work.claims.list_claims(version.id) == ()
        work.commit(make_audit_entry())
