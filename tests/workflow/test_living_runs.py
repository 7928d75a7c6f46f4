"""Published claims searched again for what is new: asked by the day, told once, never a silent change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused, SourceError, VersionConflict
from claims.lexicon.lexicon import load_lexicon
from claims.pubmed.source import PUBMED, PubMed
from claims.records.audit import AuditAction
from claims.records.citation import Pmid
from claims.records.decision import VersionState
from claims.records.living import LivingLook, LivingRun, NewRecord, NewRecordAnswer
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.recheck import LostGround
from claims.records.retrieval import SearchStatus
from claims.search.busy_hours import find_quiet_hours
from reviewer.workflow.living_runs import find_living, order_living, run_living
from reviewer.workflow.new_records import answer_new_record, list_new_to_versions, load_new_records
from reviewer.workflow.renewing import renew_version
from reviewer.workflow.review_marks import load_marks
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.entrez_server import EntrezServer, Reply, SeenRequest, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_moment
from tests.workflow.clinic import AUTHOR, EDITOR, A, B, C, Clinic, copy_clinic
from tests.workflow.test_closed_reports import decide, open_clear

APPROVED, PUBLISHED = VersionState.APPROVED, VersionState.PUBLISHED
NIGHT = datetime(2026, 3, 7, 12, tzinfo=UTC)
# On the first claim of the clinic, which says that minoxidil prolongs the growth phase of hair follicles.
NEW, OLD, OTHER, SECOND = (Pmid(str(number)) for number in (501, 502, 503, 504))
ON_TOPIC = "Minoxidil prolonged the anagen (growth) phase of hair follicles in a randomised trial."
PAPERS = (
    sample_article(NEW, "Minoxidil and the anagen phase of hair follicles", ON_TOPIC),
    sample_article(OLD, "Minoxidil and the anagen phase of hair follicles, earlier", ON_TOPIC),
    sample_article(OTHER, "Minoxidil and blood pressure", "Minoxidil lowered blood pressure in adults."),
    sample_article(SECOND, "Minoxidil prolongs anagen of hair follicles again", ON_TOPIC),
)
CAME: dict[str, date] = {NEW: date(2026, 2, 10), OTHER: date(2026, 2, 10), SECOND: date(2026, 3, 20)}
ORDER = order_living("pubmed", 0, "cli:nobody")
AWAY = Reply(b"", 404)


@dataclass
class House:
    """A published article and NCBI beside it."""

    clinic: Clinic
    server: EntrezServer
    source: PubMed
    at: datetime = NIGHT
    runs: list[LivingRun] = field(default_factory=list)

    def run(self, at: datetime | None = None, keeps_hours: bool = False, most: int | None = None) -> None:
        """Let a run go, or so many claims of it."""
        self.at = at or self.at
        steps = run_living(
            self.clinic.open_work, self.source, load_lexicon(), lambda: self.at, ORDER, keeps_hours
        )
        self.runs = []
        for number, run in enumerate(steps, start=1):
            self.runs.append(run)
            if number == most:
                break

    @property
    def latest(self) -> LivingRun:
        with self.clinic.open_work() as work:
            return work.living.list_latest(1)[0]

    @property
    def new(self) -> tuple[NewRecord, ...]:
        with self.clinic.open_work() as work:
            return work.living.load(self.clinic.claim_ids)

    def look(self, claim: int = 0) -> LivingLook:
        with self.clinic.open_work() as work:
            (look,) = work.living.load_looks([self.clinic.claim_ids[claim]])
        return look

    def answer(self, answer: NewRecordAnswer, comment: str = "", pmid: Pmid = NEW) -> None:
        with self.clinic.open_work() as work:
            at = self.clinic.now()
            answer_new_record(work, self.clinic.claim_ids[0], pmid, answer, comment, A, at)

    def list_asked(self) -> list[dict[str, str]]:
        return [one.form for one in self.server.seen if one.program == "esearch"]


@pytest.fixture
def house(open_work: OpenWork) -> Iterator[House]:
    clinic = copy_clinic(LENT, open_work, 3, open_clear)
    decide(clinic, APPROVED, PUBLISHED)
    with EntrezServer(PAPERS, created=CAME, find=lambda _: [NEW, OLD, OTHER, SECOND]) as server:
        source = PubMed(
            server.base_url,
            tool="konkyo",
            email="nobody@example.org",
            api_key="k3y",
            budget=UncountedBudget(),
            clock=StillClock(),
        )
        # What has not come yet is not there.
        server.created = {pmid: day for pmid, day in CAME.items() if day <= NIGHT.date()}
        yield House(clinic, server, source)


def test_the_searches_of_a_claim_are_asked_for_what_came_since_and_only_what_is_on_topic_counts(
    house: House,
) -> None:
    house.run()
    assert {(one["datetype"], one["mindate"]) for one in house.list_asked()} == {("crdt", "2026/01/02")}
    assert [(one.claim_id, one.pmid) for one in house.new] == [(house.clinic.claim_ids[0], NEW)]
    run = house.latest
    assert (run.total, run.done, run.found, run.failed, run.is_open) == (2, 2, 1, 0, False)
    assert house.look().status is SearchStatus.FOUND
    assert house.look(1).status in (SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY)
    assert house.clinic.actions(f"living:{run.id}") == [AuditAction.LIVING_ENDED, AuditAction.LIVING_BEGUN]
    assert AuditAction.NEW_RECORDS_FOUND in house.clinic.actions(f"claim:{house.clinic.claim_ids[0]}")


def test_nothing_comes_twice_and_the_next_run_asks_since_the_last_answer(house: House) -> None:
    house.run()
    before = house.new
    house.run(NIGHT + timedelta(days=7))
    assert house.new == before
    assert house.list_asked()[-1]["mindate"] == (NIGHT - timedelta(days=3)).strftime("%Y/%m/%d")
    house.answer(NewRecordAnswer.KEEPS)
    house.server.created = CAME | {str(NEW): NIGHT.date() + timedelta(days=8)}
    house.run(NIGHT + timedelta(days=14))
    assert sorted(one.pmid for one in house.new) == [NEW, SECOND]
    with house.clinic.open_work() as work:
        (left,) = work.living.list_open(9)
    assert left.pmid == SECOND


def test_a_clock_that_jumped_ahead_loses_no_paper_that_came_between(house: House) -> None:
    house.run(NIGHT + timedelta(days=400))
    house.server.created = CAME | {str(SECOND): NIGHT.date() + timedelta(days=8)}
    house.run(NIGHT + timedelta(days=10))
    assert house.list_asked()[-1]["mindate"] <= NIGHT.strftime("%Y/%m/%d")
    assert SECOND in [one.pmid for one in house.new]
    house.run(NIGHT + timedelta(days=20))
    assert house.list_asked()[-1]["mindate"] == (NIGHT + timedelta(days=7)).strftime("%Y/%m/%d")


def test_what_was_under_the_claim_already_is_not_new(house: House) -> None:
    with house.clinic.open_work() as work:
        findings = work.searches.load_findings(house.clinic.claim_ids[:1])[house.clinic.claim_ids[0]]
    known = findings[0].pmid
    house.server.find = lambda _: [known, NEW]
    house.server.created = dict.fromkeys((str(known), str(NEW)), date(2026, 2, 1))
    house.server._by_pmid[known] = sample_article(known, "Minoxidil and anagen of hair follicles", ON_TOPIC)
    house.run()
    assert [one.pmid for one in house.new] == [NEW]


def test_a_search_without_an_answer_is_told_as_failed_and_its_days_are_asked_for_again(house: House) -> None:
    house.run()
    searches, later = len(house.list_asked()), NIGHT + timedelta(days=28)
    house.server.script = [AWAY]
    house.run(later)
    run = house.latest
    assert (run.done, run.failed, run.is_open) == (2, 1, False)
    look = house.look()
    assert (look.status, look.tried_at, look.asked_at) == (SearchStatus.FAILED, later, NIGHT)
    assert look.failure
    assert house.look(1).asked_at == later
    house.server.created = dict(CAME)
    house.run(later + timedelta(days=28))
    asked = [one["mindate"] for one in house.list_asked()[searches:]]
    assert asked.count((NIGHT - timedelta(days=3)).strftime("%Y/%m/%d")) > len(asked) // 3
    assert sorted(one.pmid for one in house.new) == [NEW, SECOND]
    assert (house.look().status, house.look().failure) == (SearchStatus.FOUND, "")


def test_ncbi_that_is_away_holds_the_run_up_and_nothing_is_told_as_nothing_new(house: House) -> None:
    house.server.script = [AWAY] * 40
    with pytest.raises(SourceError):
        house.run()
    run = house.latest
    assert (run.done, run.is_open, bool(run.failure)) == (0, True, True)
    with house.clinic.open_work() as work:
        assert work.living.load_looks(house.clinic.claim_ids) == ()
    house.server.script = []
    house.run(NIGHT + timedelta(hours=9))
    assert (house.latest.id, house.latest.done, house.latest.failure) == (run.id, 2, "")
    assert [one.pmid for one in house.new] == [NEW]


@pytest.mark.parametrize(("most_failed", "never"), [(1, "minoxidil"), (2, "("), (3, "(")])
def test_neighbours_that_never_get_an_answer_do_not_hold_a_run_up_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch, most_failed: int, never: str
) -> None:
    """Of two claims the first alone, or both; a source that is away is another case."""
    answer = house.server.answer

    def refuse(request: SeenRequest) -> Reply:
        return AWAY if never in request.form.get("term", "").lower() else answer(request)

    monkeypatch.setattr(house.server, "answer", refuse)
    monkeypatch.setattr("reviewer.workflow.living_runs.MOST_FAILED", most_failed)
    house.run()
    run, alone = house.latest, never == "minoxidil"
    assert (run.done, run.failed, run.is_open, run.failure) == (2, 1 if alone else 2, False, "")
    assert (house.look().status, house.look().asked_at) == (SearchStatus.FAILED, None)
    assert (house.look(1).status is SearchStatus.FAILED) is not alone
    monkeypatch.undo()
    house.run(NIGHT + timedelta(days=28))
    assert house.latest.failed == 0
    assert NEW in [one.pmid for one in house.new]


def test_a_run_that_was_left_goes_on_and_of_two_at_once_one_stores(house: House) -> None:
    house.run(most=1)
    left = house.latest
    assert (left.done, left.is_open) == (1, True)
    steps = run_living(
        house.clinic.open_work, house.source, load_lexicon(), lambda: NIGHT, ORDER, keeps_hours=False
    )
    house.run()
    assert (house.latest.id, house.latest.done, house.latest.is_open) == (left.id, 2, False)
    assert [one.pmid for one in house.new] == [NEW]
    house.run(most=1)
    with pytest.raises(VersionConflict, match="living_taken_over"):
        for _ in interleave(house, steps):
            pass
    assert [one.pmid for one in house.new] == [NEW]


def interleave(house: House, steps: Iterator[LivingRun]) -> Iterator[LivingRun]:
    """The steps, and after the first of them a whole run of somebody else."""
    yield next(steps)
    house.run()
    yield from steps


def test_it_is_due_by_the_days_outside_of_busy_hours_and_stops_in_them(house: House) -> None:
    noon = datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert find_quiet_hours(noon) is not None
    with house.clinic.open_work() as work:
        assert find_living(work, house.source, 30, noon, "cli:nobody") is None
        order = find_living(work, house.source, 30, NIGHT, "cli:nobody")
    assert order is not None
    house.run(noon, keeps_hours=True)
    assert (house.runs, house.latest.is_open, house.list_asked()) == ([], True, [])
    house.run(NIGHT + timedelta(days=7))
    with house.clinic.open_work() as work:
        assert find_living(work, house.source, 30, NIGHT + timedelta(days=8), "cli:nobody") is None
        assert find_living(work, house.source, 30, NIGHT + timedelta(days=42), "cli:nobody") is not None


def test_a_run_that_another_source_left_is_ended_unfinished_and_begun_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.run(most=1)
    left = house.latest
    monkeypatch.setattr(PubMed, "profile", replace(PUBMED, name="other"))
    house.run(NIGHT + timedelta(hours=1))
    with house.clinic.open_work() as work:
        run, former = work.living.list_latest(2)
    assert (run.source, run.done, run.is_open) == ("other", left.total, False)
    assert (former.id, former.done, former.is_open, former.failure) == (left.id, 1, False, "run_unfinished")
    assert house.clinic.actions(f"living:{left.id}")[0] is AuditAction.LIVING_ENDED


def test_it_stands_on_my_work_of_editor_and_reviewers_of_the_article_alone(house: House) -> None:
    house.run()

    def see(*people: User) -> list[int]:
        with house.clinic.open_work() as work:
            return [sum(one.count for one in list_new_to_versions(work, who)) for who in people]

    assert see(EDITOR, A, B, C, AUTHOR) == [1, 1, 1, 0, 0]
    with house.clinic.open_work() as work:
        (line,) = list_new_to_versions(work, A)
    (asked,) = {request["mindate"] for request in house.list_asked()}
    assert (f"{line.since:%Y/%m/%d}", line.claim_ids) == (asked, house.clinic.claim_ids[:1])
    assert line.since < NIGHT.date()
    house.answer(NewRecordAnswer.KEEPS, "同じ結論")
    assert see(EDITOR, A) == [0, 0]


def test_keeps_leaves_the_claim_and_changes_makes_it_need_review_with_a_comment(house: House) -> None:
    house.run()
    with pytest.raises(RuleRefused, match="new_record_needs_comment"):
        house.answer(NewRecordAnswer.CHANGES, " ")
    claim_id, keeps = house.clinic.claim_ids[0], NewRecordAnswer.KEEPS
    with pytest.raises(RoleRefused), house.clinic.open_work() as work:
        answer_new_record(work, claim_id, NEW, keeps, "", AUTHOR, make_moment())
    with pytest.raises(NotFound):
        house.answer(NewRecordAnswer.KEEPS, pmid=OLD)
    house.answer(NewRecordAnswer.CHANGES, "用量で結論が変わる")
    with pytest.raises(VersionConflict, match="new_record_answered"):
        house.answer(NewRecordAnswer.KEEPS)
    with house.clinic.open_work() as work:
        (mark,) = load_marks(work, house.clinic.version_id)
        told = [notice.cause.kind for notice in work.notices.list_new(EDITOR.name, 9)]
        (new, *_), _ = load_new_records(work, house.clinic.claim_ids[0])
    assert (mark.cause, mark.pmid, mark.claim_id) == (LostGround.NEW_EVIDENCE, NEW, house.clinic.claim_ids[0])
    assert NoticeKind.NEEDS_REVIEW in told
    assert (new.record.comment, new.record.answered_by) == ("用量で結論が変わる", A.name)
    actions = house.clinic.actions(f"claim:{mark.claim_id}")
    assert {AuditAction.NEW_RECORD_ANSWERED, AuditAction.REVIEW_NEEDED} <= set(actions)
    with house.clinic.open_work() as work:
        renew_version(work, house.clinic.version_id, "新しい文献", EDITOR, make_moment(900))


def test_a_version_that_was_withdrawn_is_not_searched_for(house: House) -> None:
    house.run()
    decide(house.clinic, VersionState.WITHDRAWN)
    house.run(NIGHT + timedelta(days=30))
    assert house.latest.total == 0
    with house.clinic.open_work() as work:
        assert list_new_to_versions(work, EDITOR) == ()
    house.answer(NewRecordAnswer.CHANGES, "変わる")
    with house.clinic.open_work() as work:
        assert work.review_marks.list_versions() == ()
