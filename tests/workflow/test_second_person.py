"""Nobody takes away alone what another settled: a second person confirms it, and only then it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from claims.errors import KonkyoError, RoleRefused, RuleRefused, VersionConflict
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from claims.records.decision import ObstacleKind
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.proposal import Proposal, ProposedStep
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import dismiss_claim, restore_claim, retype_claim, reword_reading
from reviewer.workflow.flagging import raise_flag, resolve_flag
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.merging_splitting import add_claim, merge_claims, split_claim
from reviewer.workflow.overriding import enter_guideline
from reviewer.workflow.proposing import answer_proposal, change_by_hand, list_proposals
from reviewer.workflow.undoing import undo_last_step
from tests.conftest import OpenWork
from tests.factories import make_article, make_audit_entry, make_moment, make_user
from tests.workflow.articles import GROWTH, SATO, STEM, find, ingest, work_on
from tests.workflow.clinic import EDITOR, JUDGE, OTHER_JUDGE, TWO_REVIEWERS, A, B, C, Clinic

AT = make_moment(600)
OTHER_EDITOR = make_user("other-editor", Role.EDITOR)
CONTRADICTED, OVERSTATED, UNSUPPORTED = (
    SupportGrade.CONTRADICTED,
    SupportGrade.OVERSTATED,
    SupportGrade.UNSUPPORTED,
)
STEPS: dict[ProposedStep, tuple[str, ...]] = {
    ProposedStep.DISMISS: ("本筋でない",),
    ProposedStep.RETYPE: (ClaimType.MECHANISM.value,),
    ProposedStep.MERGE: (),
    ProposedStep.SPLIT: ("一つ目", "二つ目"),
}


def see_claims(clinic: Clinic) -> tuple[ReviewClaim, ...]:
    with clinic.open_work() as work:
        return work.claims.list_claims(clinic.version_id)


def change(clinic: Clinic, step: ProposedStep, who: User) -> tuple[ReviewClaim, ...] | Proposal:
    claims = see_claims(clinic)[: 2 if step is ProposedStep.MERGE else 1]
    with clinic.open_work() as work:
        return change_by_hand(work, step, claims, STEPS[step], who, clinic.now())


def propose(clinic: Clinic, step: ProposedStep, who: User) -> Proposal:
    proposed = change(clinic, step, who)
    assert isinstance(proposed, Proposal)
    return proposed


def answer(clinic: Clinic, proposal: Proposal, who: User, confirmed: bool = True) -> None:
    with clinic.open_work() as work:
        answer_proposal(work, proposal.id, confirmed, who, clinic.now())


def waiting(clinic: Clinic) -> tuple[Proposal, ...]:
    with clinic.open_work() as work:
        return list_proposals(work, clinic.version_id)


def contradict(clinic: Clinic, who: User = A) -> None:
    """Let the first claim stand contradicted."""
    clinic.judge(who, CitationJudgement.REFUTING)
    clinic.grade(who, CONTRADICTED)


@pytest.fixture
def safety(clinic: Clinic) -> Clinic:
    """The first claim is one of safety, and A contradicted it."""
    clinic.assign(ReviewPlan(("a", "b")))
    with clinic.open_work() as work:
        retype_claim(work, see_claims(clinic)[0], ClaimType.SAFETY, EDITOR, clinic.now())
    contradict(clinic)
    return clinic


@pytest.fixture
def graded(clinic: Clinic) -> Clinic:
    """Two claims stand overstated, as A said, who reviews with B."""
    clinic.assign(ReviewPlan(("a", "b")))
    for claim in (0, 1):
        clinic.grade(A, OVERSTATED, claim=claim)
    return clinic


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", [B, EDITOR])
def test_what_another_settled_changes_when_a_second_person_confirms_it(
    graded: Clinic, step: ProposedStep, who: User
) -> None:
    before = see_claims(graded)
    proposal = propose(graded, step, who)
    assert see_claims(graded) == before
    assert waiting(graded) == (proposal,)
    with pytest.raises(RuleRefused, match="second_person_needed"):
        answer(graded, proposal, who)
    answer(graded, proposal, A)
    assert see_claims(graded) != before
    assert waiting(graded) == ()
    with graded.open_work() as work:
        entry = work.audit.list_entries(f"claim:{before[0].id}")[0]
    assert (entry.actor, ("proposed_by", who.name) in entry.values) == ("a", True)
    with pytest.raises(VersionConflict, match="proposal_over"):
        answer(graded, proposal, EDITOR if who is B else B)


BY_ONESELF: dict[str, Callable[[UnitOfWork, ReviewClaim, ReviewClaim], object]] = {
    "dismiss": lambda work, first, _: dismiss_claim(work, first, "本筋でない", B, AT),
    "retype": lambda work, first, _: retype_claim(work, first, ClaimType.MECHANISM, B, AT),
    "merge": lambda work, first, second: merge_claims(work, (first, second), B, AT),
    "split": lambda work, first, _: split_claim(work, first, ("一つ目", "二つ目"), B, AT),
}


@pytest.mark.parametrize("step", BY_ONESELF)
def test_the_steps_themselves_are_refused_to_one_person(graded: Clinic, step: str) -> None:
    with graded.open_work() as work, pytest.raises(RuleRefused, match="second_person_needed"):
        BY_ONESELF[step](work, *see_claims(graded))


@pytest.mark.parametrize("step", STEPS)
def test_an_own_verdict_is_ones_own_to_take_away(graded: Clinic, step: ProposedStep) -> None:
    assert not isinstance(change(graded, step, A), Proposal)


def test_a_rejected_proposal_changes_nothing_and_is_in_the_trail(graded: Clinic) -> None:
    before = see_claims(graded)
    answer(graded, propose(graded, ProposedStep.DISMISS, EDITOR), A, confirmed=False)
    assert (see_claims(graded), waiting(graded)) == (before, ())
    assert graded.actions(f"claim:{before[0].id}")[:2] == [
        AuditAction.PROPOSAL_REJECTED,
        AuditAction.STEP_PROPOSED,
    ]


def test_who_proposed_takes_the_proposal_back(graded: Clinic) -> None:
    answer(graded, propose(graded, ProposedStep.DISMISS, EDITOR), EDITOR, confirmed=False)
    assert waiting(graded) == ()


def test_one_proposal_waits_at_a_time(graded: Clinic) -> None:
    propose(graded, ProposedStep.DISMISS, EDITOR)
    with pytest.raises(RuleRefused, match="proposal_waits"):
        change(graded, ProposedStep.MERGE, B)


def test_a_proposal_of_a_claim_that_changed_since_is_over(graded: Clinic) -> None:
    proposal = propose(graded, ProposedStep.DISMISS, EDITOR)
    with graded.open_work() as work:
        reword_reading(work, see_claims(graded)[0], "別の読み", B, graded.now())
    assert waiting(graded) == ()
    with pytest.raises(VersionConflict, match="proposal_over"):
        answer(graded, proposal, A)


def test_a_proposal_ends_with_the_version(graded: Clinic) -> None:
    proposal = propose(graded, ProposedStep.DISMISS, EDITOR)
    with graded.open_work() as work:
        work.articles.add_version(make_article("改めた文。"), graded.now())
        work.commit(make_audit_entry())
    assert waiting(graded) == ()
    with pytest.raises(RuleRefused, match="version_older"):
        answer(graded, proposal, A)


@pytest.mark.parametrize("who", [A, EDITOR])
def test_a_contradicted_safety_claim_stays_in_the_way_of_whoever_is_alone(safety: Clinic, who: User) -> None:
    for step in STEPS:
        with pytest.raises(RuleRefused, match="second_person_needed"):
            answer(safety, propose(safety, step, who), who)
        answer(safety, waiting(safety)[0], who, confirmed=False)
    with safety.open_work() as work:
        assert find_obstacles(work, safety.version_id)[0].kind is ObstacleKind.SAFETY_CONTRADICTED
    answer(safety, propose(safety, ProposedStep.RETYPE, who), B)
    with safety.open_work() as work:
        assert find_obstacles(work, safety.version_id)[0].kind is ObstacleKind.LOW_GRADE


def test_opening_it_again_does_not_let_an_editor_do_it_alone(safety: Clinic) -> None:
    claim = see_claims(safety)[0]
    with safety.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, safety.now())
    for step in STEPS:
        answer(safety, propose(safety, step, EDITOR), EDITOR, confirmed=False)


def test_an_open_conflict_is_not_dismissed_by_one(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, OVERSTATED)
    clinic.grade(B, UNSUPPORTED)
    for who in (A, EDITOR):
        answer(clinic, propose(clinic, ProposedStep.DISMISS, who), who, confirmed=False)
    clinic.write_view(JUDGE)
    clinic.adjudicate(JUDGE, OVERSTATED)
    answer(clinic, propose(clinic, ProposedStep.DISMISS, EDITOR), B)
    assert clinic.see(None).claim.status is ClaimStatus.DISMISSED


def test_what_is_blind_binds_nobody_so_that_nobody_is_told_who_graded(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, OVERSTATED)
    assert not isinstance(change(clinic, ProposedStep.DISMISS, B), Proposal)


@pytest.mark.parametrize("who", [C, make_user("nobody", Role.REVIEWER)])
def test_who_does_not_review_the_article_changes_no_claim_and_confirms_nothing(
    graded: Clinic, who: User
) -> None:
    proposal = propose(graded, ProposedStep.DISMISS, EDITOR)
    first, _ = see_claims(graded)
    for step in STEPS:
        with pytest.raises(RoleRefused, match="not_assigned"):
            change(graded, step, who)
    with pytest.raises(RoleRefused, match="not_assigned"):
        answer(graded, proposal, who)
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        reword_reading(work, first, "別の読み", who, graded.now())
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        restore_claim(work, first, who, graded.now())
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        add_claim(work, graded.version_id, 0, 3, who, graded.now())


def test_a_step_that_would_be_refused_is_not_proposed(graded: Clinic) -> None:
    first, _ = see_claims(graded)
    for step, words in ((ProposedStep.DISMISS, (" ",)), (ProposedStep.SPLIT, ("一つだけ",))):
        with graded.open_work() as work, pytest.raises(KonkyoError, match="needs"):
            change_by_hand(work, step, [first], words, EDITOR, graded.now())
    assert waiting(graded) == ()


def test_another_editor_confirms_too(safety: Clinic) -> None:
    answer(safety, propose(safety, ProposedStep.DISMISS, EDITOR), OTHER_EDITOR)
    assert safety.see(None).claim.status is ClaimStatus.DISMISSED


@pytest.mark.parametrize("who", [C, OTHER_JUDGE])
def test_who_does_not_review_the_article_settles_no_flag(graded: Clinic, who: User) -> None:
    graded.assign(ReviewPlan(("a", "b"), "judge"))
    with graded.open_work() as work:
        raise_flag(work, graded.claim_ids[0], "出典は?", EDITOR, graded.now())
    key = "raised_by_person:1"
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        resolve_flag(work, graded.claim_ids[0], key, True, "済", who, AT)
    for person in (JUDGE, B, EDITOR):
        with graded.open_work() as work:
            resolve_flag(work, graded.claim_ids[0], key, True, "済", person, AT)


TWIN = make_user("twin", Role.REVIEWER, Role.EDITOR)


def test_who_opened_a_claim_again_that_others_settled_leaves_its_grade_to_others(safety: Clinic) -> None:
    safety.assign(ReviewPlan())
    safety.declare(TWIN)
    claim = see_claims(safety)[0]
    with safety.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", TWIN, safety.now())
    with pytest.raises(RuleRefused, match="reopener_grades"):
        safety.grade(TWIN, SupportGrade.NOT_CHECKABLE)
    safety.judge(B)
    safety.grade(B, SupportGrade.SUPPORTED)
    assert safety.see(None).claim.status is ClaimStatus.GRADED


def test_an_own_verdict_is_opened_again_and_graded_by_the_same_person(graded: Clinic) -> None:
    both = replace(A, roles=(Role.REVIEWER, Role.EDITOR))
    claim = see_claims(graded)[0]
    with graded.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", both, graded.now())
    graded.grade(both, UNSUPPORTED)
    assert graded.see(None).claim.status is ClaimStatus.GRADED


def test_taking_the_grade_back_does_not_let_its_grader_retype_a_contradicted_safety_claim(
    safety: Clinic,
) -> None:
    with safety.open_work() as work:
        undo_last_step(work, safety.claim_ids[0], A, safety.now())
    for step in STEPS:
        answer(safety, propose(safety, step, A), A, confirmed=False)


def test_a_command_line_and_its_namesake_are_one_person(safety: Clinic) -> None:
    at_the_command_line = make_user("cli:B", Role.EDITOR)
    proposal = propose(safety, ProposedStep.DISMISS, at_the_command_line)
    with pytest.raises(RuleRefused, match="second_person_needed"):
        answer(safety, proposal, B)
    answer(safety, proposal, OTHER_EDITOR)


def test_a_reworded_safety_claim_keeps_its_type_and_needs_two_until_it_is_graded_anew(
    open_work: OpenWork,
) -> None:
    first = find(ingest(open_work, GROWTH, STEM), GROWTH)
    with open_work() as work:
        typed = retype_claim(work, first, ClaimType.SAFETY, EDITOR, make_moment(1))
    work_on(open_work, typed, SupportGrade.CONTRADICTED)
    second = ingest(open_work, GROWTH.replace("します", "させます"), STEM, minutes=30)
    (reworded,) = (claim for claim in second.claims if claim.claim.text != STEM)
    assert (reworded.status, reworded.claim.type) == (ClaimStatus.STALE, ClaimType.SAFETY)
    for who in (SATO, EDITOR):
        with open_work() as work, pytest.raises(RuleRefused, match="second_person_needed"):
            dismiss_claim(work, reworded, "本筋でない", who, make_moment(31))
    third = ingest(open_work, GROWTH.replace("します", "させるのです"), STEM, minutes=40)
    (again,) = (claim for claim in third.claims if claim.claim.text != STEM)
    assert again.claim.type is ClaimType.SAFETY
    with open_work() as work, pytest.raises(RuleRefused, match="second_person_needed"):
        dismiss_claim(work, again, "本筋でない", EDITOR, make_moment(41))
    work_on(open_work, again, SupportGrade.SUPPORTED, minutes=45)
    with open_work() as work:
        now = work.claims.get_claim(again.id)
        dismissed = dismiss_claim(work, now, "本筋でない", SATO, make_moment(50))
    assert dismissed.status is ClaimStatus.DISMISSED


@pytest.mark.parametrize("who", [C, OTHER_JUDGE])
def test_who_does_not_review_the_article_raises_no_flag_and_enters_no_guideline(
    graded: Clinic, who: User
) -> None:
    graded.assign(ReviewPlan(("a", "b"), "judge"))
    claim_id = graded.claim_ids[0]
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        raise_flag(work, claim_id, "出典は?", who, AT)
    with graded.open_work() as work, pytest.raises(RoleRefused, match="not_assigned"):
        enter_guideline(work, claim_id, "見本の推奨度", "見本の指針", who, AT)
    for person in (JUDGE, B, EDITOR):
        with graded.open_work() as work:
            raise_flag(work, claim_id, "出典は?", person, AT)
        with graded.open_work() as work:
            enter_guideline(work, claim_id, "見本の推奨度", "見本の指針", person, AT)


@pytest.mark.parametrize(
    ("roles", "active", "code"),
    [((Role.REVIEWER,), False, "proposer_closed"), ((Role.ADMIN,), True, "role_refused")],
)
def test_what_somebody_proposed_who_may_not_any_more_is_rejected_and_never_confirmed(
    safety: Clinic, roles: tuple[Role, ...], active: bool, code: str
) -> None:
    proposal = propose(safety, ProposedStep.DISMISS, B)
    with safety.open_work() as work:
        change_roles(work, OPERATOR, B.name, roles, active, safety.now())
    with pytest.raises(RoleRefused) as refused:
        answer(safety, proposal, EDITOR)
    assert refused.value.code == code
    assert waiting(safety) == (proposal,)
    answer(safety, proposal, EDITOR, confirmed=False)
    assert waiting(safety) == ()
