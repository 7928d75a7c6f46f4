"""Whatever two reviewers do in whatever order: no figure of agreement counts a grade that was taken over, and
none of it is told while it is blind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import KonkyoError
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.agreement_statistics import Measured
from reviewer.workflow.agreeing import AgreementReport, load_agreement, measure_shown
from reviewer.workflow.audit_trail import load_trail
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.undoing import undo_last_step
from reviewer.workflow.viewing import ClaimView, view_claim
from tests.databases import LENT, lend_database
from tests.examples import at_most
from tests.factories import make_claim
from tests.workflow.clinic import EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic, copy_clinic
from tests.workflow.repeating import FIRST, add_article, settle, take

HAND = (SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED, SupportGrade.CANNOT_JUDGE)


@dataclass
class Told:
    """What a reviewer knew: their grades that stand, each with whether they had taken one over before."""

    has_taken: bool = False
    grades: list[bool] = field(default_factory=list)

    @property
    def is_independent(self) -> bool:
        return False in self.grades


Step = Callable[[Clinic, Told, User], None]


def take_step(clinic: Clinic, told: Told, who: User) -> None:
    take(clinic, who)
    told.has_taken = True
    told.grades.append(True)


def undo(clinic: Clinic, told: Told, who: User) -> None:
    with clinic.open_work() as work:
        taken = undo_last_step(work, clinic.claim_ids[0], who, clinic.now())
    if taken.kind.value == "grade":
        told.grades.pop()


def grade(given: SupportGrade, clinic: Clinic, told: Told, who: User) -> None:
    clinic.grade(who, given, "理由")
    told.grades.append(told.has_taken)


def judge(clinic: Clinic, told: Told, who: User) -> None:
    clinic.judge(who)


STEPS = st.one_of(
    st.just(take_step),
    st.just(undo),
    st.just(judge),
    st.sampled_from(HAND).map(lambda one: partial(grade, one)),
)


def open_second(grade: SupportGrade = SupportGrade.SUPPORTED) -> Clinic:
    """The second article with a sentence that is settled in a first, for two reviewers."""
    clinic = copy_clinic(LENT, partial(UnitOfWork, lend_database()))
    settle(clinic, grade)
    second = add_article(clinic, make_claim(FIRST))
    second.assign(TWO_REVIEWERS)
    return second


def count_pairs(clinic: Clinic) -> tuple[int, int]:
    """How many claims the agreement page counts, and how many the report does."""
    with clinic.open_work() as work:
        page = load_agreement(work, EDITOR, clinic.version_id)
    report = measure_shown([clinic.see(None)])
    return count(page), count(report)


def count(report: AgreementReport) -> int:
    figure = report.overall.percent
    return figure.n if isinstance(figure, Measured) else 0


@settings(max_examples=at_most(15), deadline=None)
@given(st.lists(st.tuples(st.sampled_from([A, B]), STEPS), max_size=9))
def test_agreement_counts_what_both_gave_on_their_own_and_nothing_else(
    steps: list[tuple[User, Step]],
) -> None:
    clinic = open_second()
    known = {A.name: Told(), B.name: Told()}
    for who, step in steps:
        try:
            step(clinic, known[who.name], who)
        except (KonkyoError, AssertionError):
            continue
    page, report = count_pairs(clinic)
    if not all(told.is_independent for told in known.values()):
        assert page == 0
    verdict = clinic.see(None).verdict
    alone = [grade for grade in verdict.grades if grade.taken_from is None] if verdict else []
    assert report == (len(alone) == 2)


def test_two_grades_by_hand_are_counted(clinic: Clinic) -> None:
    """What the property above forbids is no empty figure."""
    clinic.assign(TWO_REVIEWERS)
    for who in (A, B):
        clinic.grade(who, SupportGrade.CANNOT_JUDGE, "理由")
    assert count_pairs(clinic) == (1, 1)


def see_all(clinic: Clinic, who: User) -> tuple[ClaimView, tuple[bool, ...]]:
    """The page of the claim, and what of the queue waits for the person.

    The counters of changes tell how often somebody pressed, which is no opinion, and are left out.
    """
    with clinic.open_work() as work:
        view = view_claim(work, clinic.claim_ids[0], who, takes_over=True)
        queue = load_queue(work, clinic.version_id, who)
    claim = replace(view.dossier.claim, revision=0, steps=0)
    around = replace(view.around, claims=())
    view = replace(view, dossier=replace(view.dossier, claim=claim), around=around)
    return view, tuple(line.is_open for line in queue.lines)


@settings(max_examples=at_most(10), deadline=None)
@given(st.sampled_from(HAND), st.sampled_from(CitationJudgement), st.sampled_from(CitationJudgement))
def test_what_one_took_over_is_no_less_blind_than_what_they_gave_by_hand(
    given: SupportGrade, first: CitationJudgement, second: CitationJudgement
) -> None:
    seen = []
    for by_hand in (False, True):
        clinic = open_second()
        if by_hand:
            clinic.judge(A, CitationJudgement.SUPPORTING)
            clinic.judge(A, first, 2)
            if second is not first:
                clinic.judge(A, second, 2)
                with clinic.open_work() as work:
                    undo_last_step(work, clinic.claim_ids[0], A, clinic.now())
            clinic.grade(A, given, "理由")
        else:
            take(clinic, A)
        seen.append([see_all(clinic, who) for who in (B, EDITOR, JUDGE)])
    assert seen[0] == seen[1]


def test_the_trail_of_an_open_claim_keeps_what_was_taken_over_to_itself() -> None:
    clinic = open_second()
    take(clinic, A)
    assert {entry.values for entry in read_trail(clinic)} == {()}
    take(clinic, B)
    assert all(entry.values for entry in read_trail(clinic))


def read_trail(clinic: Clinic) -> list[AuditEntry]:
    """What an editor reads of what the first reviewer did at the claim."""
    with clinic.open_work() as work:
        entries = load_trail(work, EDITOR, f"claim:{clinic.claim_ids[0]}")
    return [entry for entry in entries if entry.actor == A.name]
