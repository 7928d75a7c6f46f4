"""Looking again by the clock: when it is due, how it goes on, and that nothing is doubled or lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.errors import SourceError, VersionConflict
from claims.library.library import LIBRARY
from claims.pubmed.source import PUBMED
from claims.records.audit import AuditAction
from claims.records.citation import Citation, Correction, Pmid, RetractionStatus
from claims.records.decision import VersionState
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.recheck import Met, RecheckRun
from claims.records.retrieval import FetchedPart, SourceAnswer
from claims.search.busy_hours import find_quiet_hours
from claims.search.ports import SourceProfile
from reviewer.jobs import JobRunner
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.recheck_runs import KEY, is_due, list_rechecks, order_recheck, run_recheck
from reviewer.workflow.review_marks import load_marks
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.factories import make_audit_entry, make_citation, make_evidence, make_pmid
from tests.workflow.clinic import AUTHOR, EDITOR, Clinic, copy_clinic
from tests.workflow.test_closed_reports import decide, open_clear

NIGHT = datetime(2026, 1, 10, 12, tzinfo=UTC)
ORDER = order_recheck("library", 24, "cli:nobody")
PAPERS = 7
BY_TWO = replace(LIBRARY, fetch_batch=2, is_whole=True)


@dataclass
class Shelf:
    """A source of the sample papers, two in an answer; none comes for those ``away``. One that ``is_away``
    answers for the first two alone, and knows no record anywhere else."""

    records: dict[Pmid, Citation | None] = field(default_factory=dict)
    away: set[Pmid] = field(default_factory=set)
    is_away: bool = False
    asked: list[Pmid] = field(default_factory=list)
    profile: SourceProfile = BY_TWO

    def search(self, query: str, limit: int) -> SourceAnswer:
        if self.is_away:
            raise SourceError("source_unreachable")
        return SourceAnswer((), 0, query)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, FetchedPart]:
        if self.away & set(pmids) or (self.is_away and make_pmid(1) not in pmids):
            raise SourceError("source_unreachable")
        self.asked += pmids
        found = {
            pmid: self.records.get(pmid, make_citation(int(pmid) - int(make_pmid(1)) + 1)) for pmid in pmids
        }
        return {pmid: record for pmid, record in found.items() if record is not None}


def linked(number: int, *kinds: str) -> Citation:
    corrections = tuple(Correction(kind, "SAMPLE", make_pmid(99)) for kind in kinds)
    return replace(make_citation(number), corrections=corrections)


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    """A published article on the first of seven papers, the others suggested."""
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    with clinic.open_work() as work:
        work.searches.record_evidence(clinic.claim_ids[0], make_evidence(*range(1, PAPERS + 1)))
        work.commit(make_audit_entry())
    decide(clinic, VersionState.APPROVED, VersionState.PUBLISHED)
    return clinic


def go(
    clinic: Clinic, shelf: Shelf, at: datetime = NIGHT, keeps_hours: bool = False, batches: int | None = None
) -> RecheckRun | None:
    """The run after so many batches, all where nobody says how many."""
    steps: Iterator[RecheckRun] = run_recheck(clinic.open_work, shelf, lambda: at, ORDER, keeps_hours)
    for number, _ in enumerate(steps, start=1):
        if number == batches:
            break
    with clinic.open_work() as work:
        return next(iter(work.rechecks.list_latest(1)), None)


def notes_of(clinic: Clinic) -> dict[Pmid, tuple[Met, str]]:
    with clinic.open_work() as work:
        (told, *_) = list_rechecks(work, EDITOR, 1)
    return {note.pmid: (note.met, note.about) for note in told.notes}


def test_a_run_asks_for_every_paper_once_and_stands_in_the_trail(clinic: Clinic) -> None:
    shelf = Shelf()
    run = go(clinic, shelf)
    assert run is not None
    assert shelf.asked == [make_pmid(number) for number in range(1, PAPERS + 1)]
    assert (run.total, run.done, run.checked, run.changed, run.ended_at) == (PAPERS, PAPERS, PAPERS, 0, NIGHT)
    assert clinic.actions(f"recheck:{run.id}") == [AuditAction.RECHECK_ENDED, AuditAction.RECHECK_BEGUN]
    assert {finding.retraction.checked_at for finding in clinic.see(EDITOR).findings} == {NIGHT}


@pytest.mark.parametrize(
    ("kind", "status", "falls"),
    [
        ("RetractionIn", RetractionStatus.RETRACTED, True),
        ("ExpressionOfConcernIn", RetractionStatus.EXPRESSION_OF_CONCERN, False),
        ("ErratumIn", RetractionStatus.CORRECTED, False),
        ("RetractedandRepublishedIn", RetractionStatus.RETRACTED_AND_REPUBLISHED, True),
        ("UpdateIn", RetractionStatus.UPDATED, False),
    ],
)
def test_what_happened_to_a_paper_is_told_and_a_fall_marks_the_published_claims(
    clinic: Clinic, kind: str, status: RetractionStatus, falls: bool
) -> None:
    go(clinic, Shelf({make_pmid(1): linked(1, kind)}))
    assert notes_of(clinic) == {make_pmid(1): (Met.CHANGED, status.value)}
    assert clinic.see(EDITOR).findings[-1 if falls else 0].retraction.status is status
    with clinic.open_work() as work:
        marked = [(mark.claim_id, mark.status) for mark in load_marks(work, clinic.version_id)]
        told = [notice.cause.kind for notice in work.notices.list_new(EDITOR.name, 9)]
    assert marked == ([(claim_id, status) for claim_id in clinic.claim_ids[:2]] if falls else [])
    assert (NoticeKind.RETRACTED in told, NoticeKind.PAPER_CHANGED in told) == (falls, not falls)
    assert AuditAction.STANDING_CHANGED in clinic.actions(f"claim:{clinic.claim_ids[0]}")


def test_the_same_retraction_is_told_once_and_one_that_is_retracted_itself_frees_the_claims(
    clinic: Clinic,
) -> None:
    shelf = Shelf({make_pmid(1): linked(1, "RetractionIn")})
    go(clinic, shelf)
    go(clinic, shelf, NIGHT + timedelta(days=1))
    actions = clinic.actions(f"claim:{clinic.claim_ids[0]}")
    assert actions.count(AuditAction.REVIEW_NEEDED) == actions.count(AuditAction.STANDING_CHANGED) == 1
    go(clinic, Shelf(), NIGHT + timedelta(days=2))
    assert notes_of(clinic) == {make_pmid(1): (Met.CHANGED, RetractionStatus.NONE_KNOWN.value)}
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == ()
    assert clinic.see(EDITOR).findings[0].retraction.status is RetractionStatus.NONE_KNOWN


def test_a_deleted_record_one_that_became_another_and_an_older_one_are_told_and_keep_their_standing(
    clinic: Clinic,
) -> None:
    with clinic.open_work() as work:
        work.citations.save([replace(make_citation(3), revised_on=date(2026, 1, 2))])
        work.commit(make_audit_entry())
    older = replace(linked(3, "RetractionIn"), revised_on=date(2020, 1, 2))
    go(clinic, Shelf({make_pmid(1): None, make_pmid(2): make_citation(88), make_pmid(3): older}))
    assert notes_of(clinic) == {
        make_pmid(1): (Met.NO_RECORD, ""),
        make_pmid(2): (Met.ANOTHER, make_pmid(88)),
        make_pmid(3): (Met.OLDER, ""),
    }
    findings = {finding.pmid: finding.retraction for finding in clinic.see(EDITOR).findings}
    for number in (1, 2, 3):
        check = findings[make_pmid(number)]
        assert (check.status, check.checked_at == NIGHT) == (RetractionStatus.NONE_KNOWN, False)


def test_a_run_that_another_source_left_is_ended_unfinished_and_begun_anew(clinic: Clinic) -> None:
    left = go(clinic, Shelf(), batches=2)
    other = Shelf(profile=replace(BY_TWO, name="other"))
    run = go(clinic, other, NIGHT + timedelta(hours=1))
    assert left is not None
    assert run is not None
    assert other.asked == [make_pmid(number) for number in range(1, PAPERS + 1)]
    assert (run.source, run.done, run.is_open) == ("other", PAPERS, False)
    with clinic.open_work() as work:
        _, former = work.rechecks.list_latest(2)
    assert (former.id, former.done, former.is_open, former.failure) == (left.id, 4, False, "run_unfinished")
    assert clinic.actions(f"recheck:{left.id}")[0] is AuditAction.RECHECK_ENDED


def told_of_papers(clinic: Clinic, who: User) -> list[tuple[NoticeKind, str]]:
    """What somebody is told of the first paper under the first claim: the kind, and what happened."""
    with clinic.open_work() as work:
        causes = [notice.cause for notice in work.notices.list_new(who.name, 99)]
    first = make_pmid(1), clinic.claim_ids[0]
    return [(one.kind, one.key.split(":", 3)[-1]) for one in causes if (one.pmid, one.claim_id) == first]


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (None, "no_record"),
        (make_citation(88), f"another:{make_pmid(88)}"),
        (linked(1, "ExpressionOfConcernIn"), "expression_of_concern"),
        (linked(1, "PartialRetractionIn"), "partially_retracted"),
    ],
)
def test_what_takes_no_ground_is_told_once_to_editors_and_authors_and_marks_nothing(
    clinic: Clinic, record: Citation | None, what: str
) -> None:
    for day in range(2):
        go(clinic, Shelf({make_pmid(1): record}), NIGHT + timedelta(days=day))
    for who in (EDITOR, AUTHOR):
        assert told_of_papers(clinic, who) == [(NoticeKind.PAPER_CHANGED, what)]
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == ()


def test_a_library_that_lacks_a_paper_tells_nobody(clinic: Clinic) -> None:
    go(clinic, Shelf({make_pmid(1): None}, profile=replace(BY_TWO, is_whole=False)))
    assert told_of_papers(clinic, EDITOR) == []


def test_a_concern_that_is_lifted_is_told_no_longer(clinic: Clinic) -> None:
    go(clinic, Shelf({make_pmid(1): linked(1, "ExpressionOfConcernIn")}))
    go(clinic, Shelf(), NIGHT + timedelta(days=1))
    assert told_of_papers(clinic, EDITOR) == []


def test_a_paper_whose_record_became_one_that_was_retracted_fell_until_that_one_stands_again(
    clinic: Clinic,
) -> None:
    go(clinic, Shelf({make_pmid(1): linked(88, "RetractionIn")}))
    check = next(one.retraction for one in clinic.see(EDITOR).findings if one.pmid == make_pmid(1))
    assert (check.status, check.notice) == (RetractionStatus.RETRACTED, make_pmid(88))
    with clinic.open_work() as work:
        marked = [(mark.claim_id, mark.pmid) for mark in load_marks(work, clinic.version_id)]
    assert marked == [(claim_id, make_pmid(1)) for claim_id in clinic.claim_ids[:2]]
    assert [kind for kind, _ in told_of_papers(clinic, AUTHOR)] == [NoticeKind.RETRACTED]
    assert notes_of(clinic) == {make_pmid(1): (Met.ANOTHER, make_pmid(88))}
    go(clinic, Shelf({make_pmid(1): make_citation(88)}), NIGHT + timedelta(days=1))
    with clinic.open_work() as work:
        assert load_marks(work, clinic.version_id) == ()


def test_a_run_that_was_left_goes_on_where_it_stopped(clinic: Clinic) -> None:
    first, second = Shelf(), Shelf()
    left = go(clinic, first, batches=2)
    assert left is not None
    assert (left.done, left.is_open) == (4, True)
    run = go(clinic, second)
    assert run is not None
    assert (run.id, run.done, run.is_open) == (left.id, PAPERS, False)
    assert [*first.asked, *second.asked] == [make_pmid(number) for number in range(1, PAPERS + 1)]


def test_a_source_that_is_away_for_a_night_holds_the_run_up_and_loses_nothing(clinic: Clinic) -> None:
    everything = {make_pmid(number) for number in range(3, PAPERS + 1)}
    with pytest.raises(SourceError, match="source_unreachable"):
        go(clinic, Shelf(is_away=True))
    with clinic.open_work() as work:
        (run,) = work.rechecks.list_latest(2)
    assert (run.done, run.failure, run.is_open) == (2, "source_unreachable", True)
    assert [is_due(run, 24, NIGHT + timedelta(minutes=minutes)) for minutes in (1, 15)] == [False, True]
    back = Shelf({make_pmid(3): linked(3, "RetractionIn")})
    done = go(clinic, back, NIGHT + timedelta(hours=9))
    assert done is not None
    assert (done.id, done.done, done.changed, done.failure) == (run.id, PAPERS, 1, "")
    assert back.asked == sorted(everything)


def test_one_batch_without_an_answer_is_told_and_the_others_are_done(clinic: Clinic) -> None:
    for away in (make_pmid(1), make_pmid(PAPERS)):
        run = go(clinic, Shelf(away={away}), NIGHT + timedelta(days=int(away[-1])))
        assert run is not None
        assert (run.done, run.is_open) == (PAPERS, False)
        met = {make_pmid(1), make_pmid(2)} if away == make_pmid(1) else {away}
        assert notes_of(clinic) == dict.fromkeys(met, (Met.NOT_ASKED, "source_unreachable"))


def test_neighbours_that_never_come_do_not_hold_a_run_up_for_ever(clinic: Clinic) -> None:
    always = {make_pmid(number) for number in range(1, PAPERS)}
    shelf = Shelf({make_pmid(PAPERS): linked(PAPERS, "RetractionIn")}, away=always)
    run = go(clinic, shelf)
    assert run is not None
    assert (run.done, run.checked, run.changed, run.is_open) == (PAPERS, 1, 1, False)
    assert notes_of(clinic) == {
        **dict.fromkeys(always, (Met.NOT_ASKED, "source_unreachable")),
        make_pmid(PAPERS): (Met.CHANGED, RetractionStatus.RETRACTED.value),
    }


def test_nothing_answered_is_no_run_that_ended(clinic: Clinic) -> None:
    everything = {make_pmid(number) for number in range(1, PAPERS + 1)}
    with pytest.raises(SourceError):
        go(clinic, Shelf(away=everything, is_away=True, profile=replace(LIBRARY, fetch_batch=200)))
    with clinic.open_work() as work:
        assert work.rechecks.list_latest(1)[0].is_open


def test_busy_hours_that_begin_stop_a_run_and_the_evening_goes_on(clinic: Clinic) -> None:
    minutes = iter((0, 0, 0, 10))
    begins = datetime(2026, 1, 12, 9, 55, tzinfo=UTC)
    shelf = Shelf()
    list(
        run_recheck(
            clinic.open_work,
            shelf,
            lambda: begins + timedelta(minutes=next(minutes, 10)),
            ORDER,
            keeps_hours=True,
        )
    )
    assert 0 < len(shelf.asked) < PAPERS
    run = go(clinic, shelf, datetime(2026, 1, 13, 2, tzinfo=UTC), keeps_hours=True)
    assert run is not None
    assert (run.done, run.is_open, len(shelf.asked)) == (PAPERS, False, PAPERS)


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        # Winter: Eastern time is five hours behind; summer: four.
        ("2026-01-05T09:59", None),
        ("2026-01-05T10:00", "2026-01-06T02:00"),
        ("2026-01-06T01:59", "2026-01-06T02:00"),
        ("2026-01-06T02:00", None),
        ("2026-07-06T08:59", None),
        ("2026-07-06T09:00", "2026-07-07T01:00"),
        # The Mondays after the clocks changed.
        ("2026-03-09T09:00", "2026-03-10T01:00"),
        ("2026-11-02T09:00", None),
        # The weekend lasts from Friday 21:00 to Monday 5:00.
        ("2026-01-10T02:00", None),
        ("2026-01-11T15:00", None),
        ("2026-01-12T09:59", None),
    ],
)
def test_busy_hours_are_those_of_the_eastern_clock(at: str, ends: str | None) -> None:
    found = find_quiet_hours(datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert found == (datetime.fromisoformat(ends).replace(tzinfo=UTC) if ends else None)


def test_it_is_due_by_the_clock_and_a_clock_that_jumped_holds_nothing_up(clinic: Clinic) -> None:
    assert is_due(None, 24, NIGHT)
    run = go(clinic, Shelf())
    assert run is not None
    due = {hours: is_due(run, 24, NIGHT + timedelta(hours=hours)) for hours in (1, 23, 24, 24 * 365)}
    assert due == {1: False, 23: False, 24: True, 24 * 365: True}
    assert is_due(run, 24, NIGHT - timedelta(days=365)), "the last run was by a clock that was ahead"


def test_a_look_of_a_clock_that_was_ahead_gives_way(clinic: Clinic) -> None:
    go(clinic, Shelf(), NIGHT + timedelta(days=365))
    go(clinic, Shelf({make_pmid(1): linked(1, "RetractionIn")}), NIGHT)
    with clinic.open_work() as work:
        look = work.citations.load_standings([make_pmid(1)])[make_pmid(1)]
        assert (look.status, look.checked_at) == (RetractionStatus.RETRACTED, NIGHT)
        assert len(load_marks(work, clinic.version_id)) == 2


def test_two_schedulers_at_once_do_it_once(clinic: Clinic) -> None:
    shelf, desk = Shelf(), JobDesk(clinic.open_work)
    desk.start(ORDER)

    def refuse(job: object) -> Iterator[RecheckRun]:
        raise AssertionError(job)

    def do(order: object) -> Iterator[RecheckRun]:
        steps = run_recheck(clinic.open_work, shelf, lambda: NIGHT, ORDER, keeps_hours=False)
        for number, step in enumerate(steps):
            if number == 1:
                # Another tick comes by in the middle of it.
                assert desk.start(ORDER).attempts == 1
                JobRunner(desk, refuse).run(KEY)
            yield step

    JobRunner(desk, do).run(KEY)
    # One that saw it was due before the first was over, and takes it up after.
    desk.start(ORDER)
    JobRunner(desk, lambda job: run_recheck(clinic.open_work, shelf, lambda: NIGHT, ORDER, False)).run(KEY)
    assert len(shelf.asked) == PAPERS
    with clinic.open_work() as work:
        assert len(work.rechecks.list_latest(9)) == 1


def test_who_lost_the_run_to_another_stores_nothing_more(clinic: Clinic) -> None:
    slow = run_recheck(clinic.open_work, Shelf(), lambda: NIGHT, ORDER, keeps_hours=False)
    next(slow)
    quick = run_recheck(clinic.open_work, Shelf(), lambda: NIGHT, ORDER, keeps_hours=False)
    next(quick)
    with pytest.raises(VersionConflict, match="recheck_taken_over"):
        next(slow)
    list(quick)
    with clinic.open_work() as work:
        (run,) = work.rechecks.list_latest(2)
    assert (run.done, run.checked) == (PAPERS, PAPERS)


def test_samples_are_not_asked_of_pubmed(clinic: Clinic) -> None:
    shelf = Shelf(profile=PUBMED)
    run = go(clinic, shelf)
    assert run is not None
    assert (run.total, run.is_open, shelf.asked) == (0, False, [])
