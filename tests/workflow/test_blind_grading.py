"""Two reviewers grade each claim, and neither knows what the other thinks before both have said it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import CitationJudgement, ClaimStatus, Settlement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from claims.records.rationale import Stance
from claims.records.retrieval import Rung
from reviewer.rules.visibility import ANOTHER
from reviewer.workflow.loading import load_searches
from reviewer.workflow.overriding import override_level
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.unblinding import open_grade
from tests.factories import make_audit_entry, make_evidence, make_pmid, make_run, make_user
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, C, Clinic

ONLOOKERS = (B, C, JUDGE, EDITOR, AUTHOR, ADMIN, make_user("all", *Role), None)


@pytest.fixture
def blind(clinic: Clinic) -> Clinic:
    """Two reviewers are assigned, and the first of them has graded."""
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    with clinic.open_work() as work:
        override_level(work, clinic.claim_ids[0], make_pmid(1), 3, "秘密の理由", A, clinic.now())
    clinic.grade(A, SupportGrade.SUPPORTED, "秘密の所見")
    return clinic


@pytest.mark.parametrize("who", ONLOOKERS)
def test_nobody_sees_anothers_open_grade_judgement_or_comment(blind: Clinic, who: User | None) -> None:
    dossier = blind.see(who)
    assert (dossier.assessments, dossier.judgements, dossier.levels) == ((), (), ())
    assert (dossier.verdict, dossier.attached, dossier.to_judge) == (None, (), ())
    assert dossier.claim.status is ClaimStatus.IN_REVIEW
    assert "秘密" not in repr(dossier)
    assert "supported" not in repr(dossier)


def test_who_graded_is_known_to_editor_and_adjudicator_and_to_no_other_reviewer(blind: Clinic) -> None:
    assert blind.see(EDITOR).graders == blind.see(JUDGE).graders == ("a",)
    assert blind.see(B).graders == blind.see(AUTHOR).graders == ()


def test_a_grader_sees_the_own_open_grade(blind: Clinic) -> None:
    dossier = blind.see(A)
    assert [grade.comment for grade in dossier.grades] == ["秘密の所見"]
    assert dossier.level_of(dossier.findings[0]) == 3


@pytest.mark.parametrize("who", [person for person in ONLOOKERS if person is not None])
def test_a_request_for_a_blind_grade_is_refused_and_stands_in_the_trail(blind: Clinic, who: User) -> None:
    claim_id = blind.claim_ids[0]
    for grader in ("a", "nobody"):
        with blind.open_work() as work, pytest.raises(RoleRefused, match="grade_still_blind"):
            open_grade(work, claim_id, grader, who, blind.now())
    with blind.open_work() as work:
        refused = work.audit.list_entries(f"claim:{claim_id}", limit=2)
    assert [(entry.action, entry.actor) for entry in refused] == [(AuditAction.ACCESS_REFUSED, who.name)] * 2
    assert refused[1].values == (("grade_of", "a"),)


def test_once_both_have_graded_the_grades_are_open(blind: Clinic) -> None:
    blind.judge(B)
    blind.grade(B, SupportGrade.SUPPORTED)
    verdict = blind.see(AUTHOR).verdict
    assert verdict is not None
    assert (verdict.agreement, verdict.graders) == (Settlement.AGREED, ("a", "b"))
    with blind.open_work() as work:
        assert open_grade(work, blind.claim_ids[0], "a", B, blind.now()).comment == "秘密の所見"
        with pytest.raises(NotFound, match="grade_not_found"):
            open_grade(work, blind.claim_ids[0], "c", B, blind.now())


def test_grades_that_differ_are_a_conflict_and_stay_hidden(blind: Clinic) -> None:
    blind.judge(B, CitationJudgement.PARTLY)
    blind.grade(B, SupportGrade.PARTIALLY_SUPPORTED)
    assert blind.see(B).claim.status is ClaimStatus.CONFLICT
    for who in (B, JUDGE, EDITOR, AUTHOR, None):
        assert [grade for grade in blind.see(who).grades if grade.graded_by == "a"] == []
    assert blind.see(JUDGE).graders == ("a", "b")


def test_an_open_grade_can_be_changed_and_a_closed_one_cannot(blind: Clinic) -> None:
    blind.judge(A, CitationJudgement.PARTLY, number=2)
    blind.grade(A, SupportGrade.PARTIALLY_SUPPORTED)
    blind.judge(B, CitationJudgement.PARTLY)
    blind.judge(B, CitationJudgement.NOT_RELEVANT, number=2)
    blind.grade(B, SupportGrade.PARTIALLY_SUPPORTED)
    assert blind.see(None).claim.status is ClaimStatus.GRADED
    for who in (A, B, C):
        with pytest.raises((RuleRefused, RoleRefused), match=r"claim_settled|not_assigned"):
            blind.grade(who, SupportGrade.OVERSTATED)


def test_a_claim_is_complete_when_each_grader_judged_what_the_other_attached(blind: Clinic) -> None:
    blind.judge(B, number=2)
    assert blind.see(B).to_judge == (), "before the own grade it would be a hint"
    blind.grade(B, SupportGrade.SUPPORTED)
    assert blind.see(B).claim.status is ClaimStatus.IN_REVIEW
    assert blind.see(A).to_judge == (make_pmid(2),)
    assert blind.see(B).to_judge == (make_pmid(1),)
    with blind.open_work() as work:
        assert load_queue(work, blind.version_id, A).lines[0].is_open
    blind.judge(A, CitationJudgement.NOT_RELEVANT, number=2)
    assert blind.see(None).claim.status is ClaimStatus.IN_REVIEW
    blind.judge(B, CitationJudgement.PARTLY)
    assert blind.see(None).claim.status is ClaimStatus.GRADED
    assert {finding.pmid for finding in blind.see(None).attached} == {make_pmid(1), make_pmid(2)}


def test_the_queue_tells_each_what_waits_for_them(blind: Clinic) -> None:
    def waiting(who: User) -> list[bool]:
        with blind.open_work() as work:
            return [line.is_open for line in load_queue(work, blind.version_id, who).lines]

    assert waiting(A) == [False, True]
    assert waiting(B) == [True, True]
    assert waiting(JUDGE) == [False, False]
    assert waiting(EDITOR) == [True, True]
    blind.grade(B, SupportGrade.OVERSTATED)
    blind.judge(B, CitationJudgement.PARTLY)
    assert waiting(JUDGE) == [True, False]
    assert waiting(A) == waiting(B) == [False, True]


def test_the_machines_stance_is_sealed_until_the_own_grade(blind: Clinic) -> None:
    def stances(who: User) -> tuple[bool, set[Stance]]:
        dossier = blind.see(who)
        return dossier.suggestions_sealed, {finding.stance.stance for finding in dossier.findings}

    sealed, open_ = (True, {Stance.NOT_ENOUGH_INFO}), (False, {Stance.SUPPORTS})
    assert stances(A) == open_
    assert stances(B) == stances(JUDGE) == sealed
    assert stances(EDITOR) == stances(AUTHOR) == open_
    blind.assign(ReviewPlan(("a", "b"), needed=2, sealed=False))
    assert stances(B) == open_


def test_who_had_something_looked_for_is_known_as_graders_are_until_the_claim_is_settled(
    blind: Clinic,
) -> None:
    """What a reviewer asks for by hand, and which record they bring, tells what they think."""
    claim_id = blind.claim_ids[0]
    by_hand = replace(make_run(rung=Rung.BY_HAND), query="no effect", asked_by="a")
    with blind.open_work() as work:
        work.searches.record_evidence(claim_id, replace(make_evidence(1), runs=(by_hand,)))
        work.commit(make_audit_entry())

    def tell(viewer: User | None) -> str:
        with blind.open_work() as work:
            _, searched = load_searches(work, blind.version_id, viewer)
        return next(runs[-1].asked_by for claim, runs in searched if claim.id == claim_id)

    assert tell(A) == tell(EDITOR) == tell(JUDGE) == "a"
    assert {tell(who) for who in (B, C, AUTHOR, ADMIN, None)} == {ANOTHER}
    blind.judge(B)
    blind.grade(B, SupportGrade.SUPPORTED)
    assert {tell(who) for who in ONLOOKERS} == {"a"}
