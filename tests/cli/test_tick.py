"""After publication: a paper is retracted, the clock finds it, and people review what it carried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import Pmid
from claims.records.decision import ObstacleKind, VersionState
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.recheck import LostGround
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.cli import konkyo
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.audit_trail import load_version_trail
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.tracing import trace
from tests.conftest import OpenWork
from tests.databases import make_database
from tests.entrez_server import EntrezServer, sample_article
from tests.factories import make_audit_entry, make_signature
from tests.workflow.articles import GROWTH, SLEEP, write
from tests.workflow.clinic import AUTHOR, EDITOR, PEOPLE, A, Clinic

FIRST, SECOND, THIRD = Pmid("101"), Pmid("102"), Pmid("103")
ABSTRACT = "RESULTS: the sample agent prolonged the growth phase of sample hair follicles."
RETRACTION = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>SAMPLE</RefSource>'
    "<PMID>109</PMID></CommentsCorrections></CommentsCorrectionsList>"
)


def write_papers(*, retracted: bool) -> list[str]:
    return [
        sample_article(FIRST, "SAMPLE one", ABSTRACT, RETRACTION if retracted else ""),
        sample_article(SECOND, "SAMPLE two", ABSTRACT),
        sample_article(THIRD, "SAMPLE three", ABSTRACT),
    ]


@contextmanager
def serve(monkeypatch: pytest.MonkeyPatch, *, retracted: bool) -> Iterator[EntrezServer]:
    """NCBI on this machine, from which every query has the first two papers."""
    with EntrezServer(write_papers(retracted=retracted), find=lambda _: [FIRST, SECOND]) as server:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
        yield server


def call(*words: str) -> Result:
    return CliRunner().invoke(konkyo, words)


def settle(clinic: Clinic, claim_id: int, pmid: Pmid, who: User = A) -> None:
    with clinic.open_work() as work:
        supports = CitationJudgement.SUPPORTING
        judge_citation(work, claim_id, pmid, supports, Basis.ABSTRACT, who, clinic.now())
    with clinic.open_work() as work:
        record_grade(work, claim_id, SupportGrade.SUPPORTED, "", who, clinic.now())


def decide(clinic: Clinic, version_id: int, *states: VersionState) -> None:
    for state in states:
        with clinic.open_work() as work:
            version = work.articles.get_version(version_id)
            signature, at = make_signature(), clinic.now()
            decide_version(work, version_id, version.version_hash, state, "", EDITOR, at, signature)


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """An author's article, searched on this machine; its claims rest on the first and the second paper."""
    (tmp_path / "home").mkdir(mode=0o700)
    url = make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": str(tmp_path / "home"), "DATABASE_URL": url}.items():
        monkeypatch.setenv(f"KONKYO_{name}", value)
    monkeypatch.setenv("NCBI_EMAIL", "nobody@example.org")
    open_work: OpenWork = partial(UnitOfWork, open_engine(url))
    with open_work() as work:
        for person in PEOPLE:
            work.people.add_user(person.name, person.full_name, person.roles, "", person.qualification)
        work.commit(make_audit_entry())
    clinic = Clinic(open_work)
    with open_work() as work:
        brought = ingest_article(work, write(GROWTH, SLEEP), AUTHOR, clinic.now())
    clinic.version_id, clinic.claim_ids = brought.version.id, tuple(claim.id for claim in brought.claims)
    with serve(monkeypatch, retracted=False):
        assert call("search", "1", "--source", "pubmed").exit_code == 0
    with open_work() as work:
        declare_interests(work, clinic.version_id, "なし", "医師", A, clinic.now())
    for claim_id, pmid in zip(clinic.claim_ids, (FIRST, SECOND), strict=True):
        settle(clinic, claim_id, pmid)
    decide(clinic, 1, VersionState.APPROVED, VersionState.PUBLISHED)
    return clinic


def test_from_a_retraction_to_the_next_publication(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    lost, sound = clinic.claim_ids
    with serve(monkeypatch, retracted=True) as server:
        done = call("tick", "--now")
        assert done.exit_code == 0, done.output
        assert f"PMID {FIRST}: stands otherwise than before retracted" in done.stdout
        assert "2 of 2 papers, 2 told of, 1 changed" in done.stdout
        assert server.seen[0].form["id"] == f"{FIRST},{SECOND}"
        asked = len(server.seen)
        # Not due again: nothing is asked, nothing told twice.
        for line in call("tick").stdout.splitlines()[:2]:
            assert line.partition(": ")[2].startswith(("nothing is due", "waiting: NCBI's busy hours"))
        assert len(server.seen) == asked

        with clinic.open_work() as work:
            for person in (EDITOR, AUTHOR):
                told = [one.cause for one in work.notices.list_new(person.name, 9)]
                fallen = [one for one in told if one.kind is NoticeKind.RETRACTED]
                assert [(one.claim_id, one.pmid) for one in fallen] == [(lost, FIRST)]
            (mark,) = load_marks(work, 1)
            assert mark.claim_id == lost
            obstacles = [(one.kind, one.claim.id) for one in find_obstacles(work, 1)]
            assert (ObstacleKind.RETRACTED_CITATION, lost) in obstacles
            uses = {use.dossier.claim.id: use.needs_review for use in trace(work, FIRST, EDITOR).uses}
        assert uses == {lost: True, sound: False}

        with clinic.open_work() as work:
            version = renew_version(work, 1, "文献の撤回", EDITOR, clinic.now())
        Path("another.txt").write_text(THIRD, encoding="utf-8")
        assert (
            call("attach", str(version.id), "another.txt", "--claim", "1", "--source", "pubmed").exit_code
            == 0
        )

    with clinic.open_work() as work:
        lines = load_queue(work, version.id, A).lines
        assert [line.claim.id for line in lines if line.is_open] == [lost]
        assert work.claims.load_statuses([sound]) == {sound: ClaimStatus.GRADED}
    settle(clinic, lost, THIRD)
    decide(clinic, version.id, VersionState.APPROVED, VersionState.PUBLISHED)

    with clinic.open_work() as work:
        assert load_marks(work, 1) == load_marks(work, version.id) == ()
        first = [one.action for one in load_version_trail(work, 1, EDITOR)]
        second = [one.action for one in load_version_trail(work, version.id, EDITOR)]
    assert first[-2:] == [AuditAction.STANDING_CHANGED, AuditAction.REVIEW_NEEDED]
    assert [
        action
        for action in second
        if action in (AuditAction.CLAIM_REOPENED, AuditAction.VERSION_APPROVED, AuditAction.VERSION_PUBLISHED)
    ] == [AuditAction.CLAIM_REOPENED, AuditAction.VERSION_APPROVED, AuditAction.VERSION_PUBLISHED]


def test_ncbi_that_is_away_for_a_night_is_told_and_the_next_tick_goes_on(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_ENTREZ_URL", "http://127.0.0.1:9/entrez/eutils/")
    away = call("tick", "--now")
    assert away.exit_code == 1
    assert "stopped, and gone on with at a later tick" in away.stderr
    assert "still open, held up: source_unreachable: 0 of 2 papers" in call("tick", "--status").stdout
    with serve(monkeypatch, retracted=True):
        assert "ended" in call("tick", "--now").stdout
    with clinic.open_work() as work:
        assert len(work.rechecks.list_latest(9)) == len(load_marks(work, 1)) == 1


def test_a_tick_tells_the_author_too_that_a_review_is_due_and_marks_its_claims_once(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONKYO_REVIEW_MONTHS", "1")
    told = "days of the next review: 1 counted, 1 told of; claims that need review: 2 more, 0 no longer"
    with serve(monkeypatch, retracted=False):
        assert told in call("tick", "--now").stdout
        assert "days of the next review" not in call("tick", "--now").stdout
    for who in (EDITOR, AUTHOR):
        with clinic.open_work() as work:
            kinds = [notice.cause.kind for notice in work.notices.list_new(who.name, 99)]
        assert kinds.count(NoticeKind.REVIEW_AGAIN) == 1
    with clinic.open_work() as work:
        assert {mark.cause for mark in load_marks(work, 1)} == {LostGround.OVERDUE}


SAMPLE_FILE = Path(__file__).resolve().parents[2] / "samples" / "library" / "hair.xml"


def test_papers_are_looked_at_in_pubmed_whatever_files_the_library_has(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("library", "import", str(SAMPLE_FILE)).exit_code == 0
    with serve(monkeypatch, retracted=True) as server:
        done = call("tick", "--now")
        assert f"PMID {FIRST}: stands otherwise than before retracted" in done.stdout, done.output
        assert server.seen[0].form["id"] == f"{FIRST},{SECOND}"
        assert "checked 2, not told by pubmed 0" in call("recheck", "1").stdout
    with clinic.open_work() as work:
        assert {run.source for run in work.rechecks.list_latest(9)} == {"pubmed"}
        assert {run.source for run in work.living.list_latest(9)} == {"pubmed"}


def test_a_library_that_lacks_a_paper_never_says_that_it_is_gone(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("library", "import", str(SAMPLE_FILE)).exit_code == 0
    monkeypatch.delenv("NCBI_EMAIL")
    told = call("tick", "--now").stdout
    for pmid in (FIRST, SECOND):
        assert f"PMID {pmid}: is not in the local library, which cannot tell how it stands" in told
    assert "no such record" not in told
    with clinic.open_work() as work:
        assert load_marks(work, 1) == ()
