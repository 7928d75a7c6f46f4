"""What is approved, published, withdrawn, or older than another version does not change, whoever tries."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine, text

import reviewer.workflow
from claims.errors import KonkyoError, RuleRefused
from claims.lexicon.lexicon import load_lexicon
from claims.library.library import LIBRARY
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Citation, Correction, Pmid, RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import ObstacleKind, VersionState
from claims.records.document import DocumentDetails
from claims.records.flag import AnswerKind
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.proposal import ProposedStep
from claims.records.reference import NamedPaper
from claims.records.retrieval import Query, Rung, SourceAnswer
from claims.records.review import ReviewClaim
from claims.search.ports import SourceProfile
from db.base import Base
from db.unit_of_work import UnitOfWork
from reviewer.workflow.adjudicating import adjudicate, reopen_claim, reopen_claims, write_view
from reviewer.workflow.amending import (
    dismiss_claim,
    restore_claim,
    restore_unit,
    retype_claim,
    reword_reading,
)
from reviewer.workflow.assigning import assign_claim, assign_review, declare_interests
from reviewer.workflow.checking_references import check_references
from reviewer.workflow.documents import enter_document, judge_document
from reviewer.workflow.flagging import answer_flag, raise_flag, resolve_flag
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.grading import judge_citation, judge_rest, record_grade
from reviewer.workflow.importing_references import import_references
from reviewer.workflow.merging_splitting import add_claim, merge_claims, split_claim
from reviewer.workflow.overriding import enter_guideline, override_level
from reviewer.workflow.proposing import answer_proposal, change_by_hand
from reviewer.workflow.publishing import decide_version, keep_claim
from reviewer.workflow.rechecking import recheck_standing
from reviewer.workflow.repeats import give_to_repeats, take_back_given
from reviewer.workflow.replying import reply
from reviewer.workflow.searching import Searcher, search_by_hand, search_claims
from reviewer.workflow.taking_over import take_over
from reviewer.workflow.undoing import undo_last_step
from tests.databases import LENT, lend_database
from tests.factories import make_article, make_citation, make_moment, make_pmid, make_signature, make_user
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A, B, C, Clinic, copy_clinic, open_clinic

AT = make_moment(600)
EVERYTHING = make_user("everything", *Role)
PEOPLE = (A, B, C, JUDGE, EDITOR, AUTHOR, ADMIN, EVERYTHING)
OVERSTATED = SupportGrade.OVERSTATED


@dataclass(frozen=True)
class NeverAsked:
    """A source that a refused step asks nothing."""

    profile: SourceProfile = LIBRARY

    def search(self, query: str, limit: int) -> SourceAnswer:
        raise AssertionError(query)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        raise AssertionError(pmids)


SEARCHER = Searcher(NeverAsked(), load_lexicon(), lambda: AT)


@dataclass(frozen=True)
class Place:
    """A version with its claims as a page showed them: two that stand, and one that was dismissed."""

    open_work: Callable[[], UnitOfWork]
    version_id: int
    claims: tuple[ReviewClaim, ...]

    @property
    def id(self) -> int:
        return self.claims[0].id


Step = Callable[[Place, UnitOfWork, User], object]


def look_up(place: Place, work: UnitOfWork, who: User) -> None:
    version = work.articles.get_version(place.version_id)
    list(check_references(place.open_work, version, SEARCHER, who))


def search(place: Place, work: UnitOfWork, who: User) -> None:
    version = work.articles.get_version(place.version_id)
    list(search_claims(place.open_work, version, place.claims, SEARCHER, who, again=True))


def search_for_one(place: Place, work: UnitOfWork, who: User) -> None:
    version, query = work.articles.get_version(place.version_id), Query(Rung.BY_HAND, "hair[tiab]")
    search_by_hand(place.open_work, version, place.claims[0], query, SEARCHER, who)


# Every step that changes a version or a claim of one, as somebody takes it who knows how.
CHANGING: dict[str, Step] = {
    "adjudicating.write_view": lambda p, w, who: write_view(w, p.id, OVERSTATED, "見解", who, AT),
    "adjudicating.adjudicate": lambda p, w, who: adjudicate(
        w, p.id, p.claims[0].revision, OVERSTATED, "裁定", who, AT
    ),
    "adjudicating.reopen_claims": lambda p, w, who: reopen_claims(w, p.claims[:1], "理由", who, AT),
    "adjudicating.reopen_claim": lambda p, w, who: reopen_claim(
        w, p.id, p.claims[0].revision, "理由", who, AT
    ),
    "amending.dismiss_claim": lambda p, w, who: dismiss_claim(w, p.claims[0], "理由", who, AT),
    "amending.restore_claim": lambda p, w, who: restore_claim(w, p.claims[2], who, AT),
    "amending.restore_unit": lambda p, w, who: restore_unit(
        w, w.claims.list_dropped(p.version_id)[0], who, AT
    ),
    "amending.retype_claim": lambda p, w, who: retype_claim(w, p.claims[0], ClaimType.SAFETY, who, AT),
    "amending.reword_reading": lambda p, w, who: reword_reading(w, p.claims[0], "別の読み", who, AT),
    "overriding.override_level": lambda p, w, who: override_level(w, p.id, make_pmid(), 1, "理由", who, AT),
    "overriding.enter_guideline": lambda p, w, who: enter_guideline(w, p.id, "A", "見本", who, AT),
    "assigning.assign_claim": lambda p, w, who: assign_claim(w, p.id, (), who, AT),
    "assigning.assign_review": lambda p, w, who: assign_review(
        w, p.version_id, ReviewPlan(("a", "b"), "judge", 2), who, AT
    ),
    "assigning.declare_interests": lambda p, w, who: declare_interests(
        w, p.version_id, "あり", "医師", who, AT
    ),
    "flagging.raise_flag": lambda p, w, who: raise_flag(w, p.id, "出典は?", who, AT),
    "flagging.answer_flag": lambda p, w, who: answer_flag(
        w, p.id, "raised_by_person:1", AnswerKind.DELETE, "", who, AT
    ),
    "flagging.resolve_flag": lambda p, w, who: resolve_flag(
        w, p.id, "raised_by_person:1", False, "まだ", who, AT
    ),
    "replying.reply": lambda p, w, who: reply(w, p.id, "ひとこと", who, AT),
    "grading.record_grade": lambda p, w, who: record_grade(w, p.id, OVERSTATED, "", who, AT),
    "grading.judge_citation": lambda p, w, who: judge_citation(
        w, p.id, make_pmid(2), CitationJudgement.REFUTING, Basis.ABSTRACT, who, AT
    ),
    "grading.judge_rest": lambda p, w, who: judge_rest(w, p.id, (make_pmid(2),), who, AT),
    "repeats.give_to_repeats": lambda p, w, who: give_to_repeats(w, p.id, who, AT),
    "repeats.take_back_given": lambda p, w, who: take_back_given(w, p.id, who, AT),
    "taking_over.take_over": lambda p, w, who: take_over(w, p.id, p.claims[1].id, True, who, AT),
    "publishing.keep_claim": lambda p, w, who: keep_claim(w, p.id, "理由", who, AT),
    "merging_splitting.add_claim": lambda p, w, who: add_claim(w, p.version_id, 0, 3, who, AT),
    "merging_splitting.merge_claims": lambda p, w, who: merge_claims(w, p.claims[:2], who, AT),
    "merging_splitting.split_claim": lambda p, w, who: split_claim(w, p.claims[0], ("一", "二"), who, AT),
    "documents.enter_document": lambda p, w, who: enter_document(
        w, p.id, DocumentDetails("資料", "見本庁"), who, AT
    ),
    "documents.judge_document": lambda p, w, who: judge_document(
        w, p.id, 1, CitationJudgement.PARTLY, who, AT
    ),
    "searching.search_claims": search,
    "searching.search_by_hand": search_for_one,
    "checking_references.check_references": look_up,
    "importing_references.import_references": lambda p, w, who: import_references(
        w, p.version_id, [NamedPaper("PMID: 1", pmid="1")], who, AT
    ),
    "proposing.change_by_hand": lambda p, w, who: change_by_hand(
        w, ProposedStep.DISMISS, p.claims[:1], ("理由",), who, AT
    ),
    "proposing.answer_proposal": lambda p, w, who: answer_proposal(w, 1, True, who, AT),
    "undoing.undo_last_step": lambda p, w, who: undo_last_step(w, p.id, who, AT),
}
# What is done in a closed version all the same, or to no version, and why.
ALLOWED = {
    "publishing.decide_version": "takes a version from state to state, also out of these",
    "rechecking.recheck_standing": "tells what was retracted since; the test below says what it leaves alone",
    "ingesting.ingest_article": "begins the next version, or keeps the file that belongs to this one",
    "unblinding.open_grade": "records that a look at a blind grade was refused",
    "effort.record_effort": "measures a visit, and no part of the record rests on it",
    "drafting.keep_draft": "is nobody's word yet",
    "recounting.recount": "counts what stands and changes none of it",
    "stages.count_article": "counts what stands and changes none of it",
    "stages.catch_up": "counts what stands and changes none of it",
    "my_work.mark_seen": "tells up to when one person knows what was decided",
    "news.see_news": "tells what one person has seen",
    "news.note_opened": "tells what one person has seen",
    "mailing.choose_mailing": "is about how one person is told",
    "mailing.stop_mailing": "is about how one person is told",
    "mailing.remind_overdue": "tells people what waits for them, and changes no claim",
    "mailing.gather_mails": "tells people what waits for them, and changes no claim",
    "mailing.begin_mail": "tells people what waits for them, and changes no claim",
    "mailing.end_mail": "tells people what waits for them, and changes no claim",
    "mailing.give_up_left": "tells people what waits for them, and changes no claim",
    "standard_wordings.approve_wording": "is about later articles",
    "standard_wordings.withdraw_wording": "marks what is published; holds the claim where it is open",
    "known_claims.take_in": "makes what is settled findable, and changes none of it",
    "practising.end_practice": "is about a claim that stands in no version",
    "lexicon.add_term": "is about later searches",
    "importing_retractions.import_retractions": "tells of papers, and changes no claim",
    "recheck_runs.run_recheck": "tells how papers stand, as a recheck by hand does",
    "recheck_batches.store_batch": "tells how papers stand, as a recheck by hand does",
    "review_rules.keep_review_rules": "says by when the evidence is looked at again, and changes no claim",
    "review_days.keep_days": "tells by when the evidence is looked at again, and changes no claim",
    "review_days.count_day": "tells by when the evidence is looked at again, and changes no claim",
    "review_days.set_review_day": "says by when the evidence is looked at again, and changes no claim",
    "living_runs.run_living": "tells what is new on a claim, and changes nothing of it",
    "new_records.answer_new_record": "marks what is published; holds the claim where it is open",
    "renewing.renew_version": "makes the next version, and leaves the published one as it is",
    "lexicon.remove_term": "is about later searches",
    "wording_rules.keep_wording_rules": "is about later articles",
}


def list_committing() -> Iterator[str]:
    """The public functions of the workflow that keep something, by themselves or through their own file."""
    for file in sorted(Path(reviewer.workflow.__file__).parent.glob("*.py")):
        functions = [
            node
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef)
        ]
        calls = {
            node.name: {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            for node in functions
        }
        keeping = {name for name, called in calls.items() if any(".commit" in one for one in called)}
        while more := {name for name, called in calls.items() if called & keeping} - keeping:
            keeping |= more
        yield from (f"{file.stem}.{name}" for name in keeping if not name.startswith("_"))


def test_every_step_is_placed() -> None:
    assert set(list_committing()) == CHANGING.keys() | ALLOWED.keys() | {"leasing.renew_leases"}


def approve(clinic: Clinic, *states: VersionState) -> None:
    for state in states:
        with clinic.open_work() as work:
            version = work.articles.get_version(clinic.version_id)
            decide_version(
                work, version.id, version.version_hash, state, "理由", EDITOR, clinic.now(), make_signature()
            )


def supersede(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        work.articles.add_version(make_article("改めた文。"), clinic.now())
        work.commit(*work.audit.list_entries(limit=1))


def publish_and_supersede(clinic: Clinic) -> None:
    approve(clinic, APPROVED, PUBLISHED)
    supersede(clinic)


APPROVED, PUBLISHED, WITHDRAWN = VersionState.APPROVED, VersionState.PUBLISHED, VersionState.WITHDRAWN
CLOSINGS: dict[str, tuple[Callable[[Clinic], None], str]] = {
    "approved": (lambda clinic: approve(clinic, APPROVED), "version_closed"),
    "published": (lambda clinic: approve(clinic, APPROVED, PUBLISHED), "version_closed"),
    "withdrawn": (lambda clinic: approve(clinic, APPROVED, PUBLISHED, WITHDRAWN), "version_closed"),
    "older draft": (supersede, "version_older"),
    "older and published": (
        publish_and_supersede,
        "version_older",
    ),
}


def read_everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table: sorted(
                (tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))), key=repr
            )
            for table in Base.metadata.tables
        }


@pytest.fixture
def engine() -> Engine:
    return lend_database()


@pytest.fixture
def clinic(engine: Engine) -> Clinic:
    return copy_clinic(LENT, partial(UnitOfWork, engine), 3, open_clear)


def open_clear(open_work: Callable[[], UnitOfWork], claims: int) -> Clinic:
    """Two claims stand supported, one is dismissed, and a flag is settled: nothing is in the way."""
    clinic = open_clinic(open_work, claims)
    clinic.assign(ReviewPlan(("a", "b"), "judge"))
    with clinic.open_work() as work:
        work.people.add_user(EVERYTHING.name, EVERYTHING.full_name, EVERYTHING.roles, "", "医師")
        dismiss_claim(work, clinic.see(EDITOR, 2).claim, "本筋でない", EDITOR, clinic.now())
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "出典は?", EDITOR, clinic.now())
    with clinic.open_work() as work:
        resolve_flag(work, clinic.claim_ids[0], "raised_by_person:1", True, "済", EDITOR, clinic.now())
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    with clinic.open_work() as work:
        claim_b = clinic.see(EDITOR, 1).claim
        change_by_hand(work, ProposedStep.DISMISS, [claim_b], ["理由"], EDITOR, clinic.now())
    return clinic


def look_at(clinic: Clinic) -> Place:
    with clinic.open_work() as work:
        return Place(clinic.open_work, clinic.version_id, work.claims.list_claims(clinic.version_id))


def take(place: Place, step: Step, who: User) -> str:
    """The code of the refusal, "" where the step was taken."""
    try:
        with place.open_work() as work:
            step(place, work, who)
    except KonkyoError as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("closing", CLOSINGS)
def test_nobody_changes_anything_in_a_version_that_is_closed(
    engine: Engine, clinic: Clinic, closing: str
) -> None:
    close, code = CLOSINGS[closing]
    close(clinic)
    place, before = look_at(clinic), read_everything(engine)
    for name, step in CHANGING.items():
        codes = {who.name: take(place, step, who) for who in PEOPLE}
        assert read_everything(engine) == before, (name, codes)
        assert codes[EVERYTHING.name] == code, name
        assert set(codes.values()) <= {code, "role_refused"}, (name, codes)


@pytest.mark.parametrize("name", CHANGING)
def test_in_an_open_version_no_step_is_refused_for_its_state(clinic: Clinic, name: str) -> None:
    if name == "searching.search_by_hand":
        with pytest.raises(AssertionError, match="hair"):
            take(look_at(clinic), CHANGING[name], EVERYTHING)
        return
    codes = {take(look_at(clinic), CHANGING[name], who) for who in PEOPLE}
    assert codes.isdisjoint({"version_closed", "version_older"})


def test_a_retraction_after_publication_is_told_and_leaves_what_was_read_as_it_was(clinic: Clinic) -> None:
    approve(clinic, APPROVED, PUBLISHED)
    before = clinic.see(None)
    shelf = replace(
        make_citation(1, abstract="Another abstract."),
        corrections=(Correction("RetractionIn", "SAMPLE", make_pmid(9)),),
    )

    class Shelf(NeverAsked):
        def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
            return {shelf.pmid: shelf}

    with clinic.open_work() as work:
        done = recheck_standing(work, Shelf(), clinic.version_id, EDITOR, AT)
    assert [(one.pmid, one.after.status) for one in done.changed] == [
        (make_pmid(1), RetractionStatus.RETRACTED)
    ] * 3
    after = clinic.see(None)
    assert [f.rationales for f in after.findings] == [f.rationales for f in before.findings]
    assert (after.citations, after.verdict) == (before.citations, before.verdict)
    with clinic.open_work() as work:
        kinds = [found.kind for found in find_obstacles(work, clinic.version_id)]
    told = [ObstacleKind.NEEDS_REVIEW, ObstacleKind.RETRACTED_CITATION, ObstacleKind.OPEN_FLAG]
    assert kinds == told * 2


def test_an_older_version_names_the_newer_one_and_is_only_withdrawn(clinic: Clinic) -> None:
    approve(clinic, APPROVED, PUBLISHED)
    supersede(clinic)
    with pytest.raises(RuleRefused) as refused:
        clinic.grade(A, OVERSTATED)
    assert (refused.value.code, cast(int, refused.value.values["number"])) == ("version_older", 2)
    approve(clinic, WITHDRAWN)


@pytest.mark.parametrize("state", [VersionState.IN_REVIEW, APPROVED])
def test_an_older_draft_is_neither_reviewed_nor_approved(clinic: Clinic, state: VersionState) -> None:
    if state is VersionState.IN_REVIEW:
        approve(clinic, VersionState.CHANGES_REQUESTED)
    supersede(clinic)
    with pytest.raises(RuleRefused, match="version_older"):
        approve(clinic, state)
