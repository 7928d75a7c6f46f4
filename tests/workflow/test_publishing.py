"""The gate and the way to the reader: nothing passes an open gate, and each decision is of one text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import RoleRefused, RuleRefused, VersionConflict
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import ObstacleKind
from claims.records.decision import VersionState as State
from claims.records.people import User
from claims.records.plan import ReviewPlan
from reviewer.workflow.adjudicating import reopen_claim
from reviewer.workflow.amending import dismiss_claim, retype_claim
from reviewer.workflow.flagging import raise_flag, resolve_flag
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.publishing import decide_version, keep_claim
from reviewer.workflow.states import load_state
from tests.factories import make_article, make_audit_entry, make_evidence, make_signature
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, Clinic


def obstacles(clinic: Clinic) -> list[tuple[int, ObstacleKind]]:
    with clinic.open_work() as work:
        return [(found.claim.number, found.kind) for found in find_obstacles(work, clinic.version_id)]


def decide(
    clinic: Clinic, state: State, comment: str = "", who: User = EDITOR, version_hash: str = ""
) -> None:
    with clinic.open_work() as work:
        known = work.articles.get_version(clinic.version_id).version_hash
        decide_version(
            work,
            clinic.version_id,
            version_hash or known,
            state,
            comment,
            who,
            clinic.now(),
            make_signature(),
        )


def state(clinic: Clinic) -> State:
    with clinic.open_work() as work:
        return load_state(work, clinic.version_id)


def keep(clinic: Clinic, reason: str, who: User = EDITOR, claim: int = 0) -> None:
    with clinic.open_work() as work:
        keep_claim(work, clinic.claim_ids[claim], reason, who, clinic.now())


def settle_flags(clinic: Clinic, *keys: str) -> None:
    for key in keys:
        with clinic.open_work() as work:
            resolve_flag(work, clinic.claim_ids[0], key, True, "確認済み", EDITOR, clinic.now())


@pytest.fixture
def graded(clinic: Clinic) -> Clinic:
    """Both claims stand supported: nothing is in the way."""
    for claim in (0, 1):
        clinic.judge(A, claim=claim)
        clinic.grade(A, SupportGrade.SUPPORTED, claim=claim)
    return clinic


def regrade(clinic: Clinic, judgement: CitationJudgement, grade: SupportGrade, comment: str = "") -> None:
    """Grade the first claim otherwise, on its second citation."""
    clinic.judge(A, judgement, number=2)
    clinic.grade(A, grade, comment)


def test_what_nobody_graded_is_in_the_way(clinic: Clinic) -> None:
    assert obstacles(clinic) == [(1, ObstacleKind.UNGRADED), (2, ObstacleKind.UNGRADED)]
    with pytest.raises(VersionConflict, match="state_not_reachable"):
        decide(clinic, State.APPROVED)
    clinic.assign(ReviewPlan(("a",)))
    with pytest.raises(RuleRefused) as refused:
        decide(clinic, State.APPROVED)
    assert (refused.value.code, refused.value.values) == ("gate_not_free", {"count": 2, "number": 1})


def test_a_free_gate_lets_a_version_through_to_the_reader(graded: Clinic) -> None:
    assert obstacles(graded) == []
    assert state(graded) is State.IN_REVIEW
    for wanted in (State.APPROVED, State.PUBLISHED):
        decide(graded, wanted)
        assert state(graded) is wanted
    with pytest.raises(RuleRefused, match="refusal_needs_comment"):
        decide(graded, State.WITHDRAWN)
    decide(graded, State.WITHDRAWN, "根拠論文が撤回された")
    assert state(graded) is State.WITHDRAWN
    assert graded.actions(f"version:{graded.version_id}")[:4] == [
        AuditAction.VERSION_WITHDRAWN,
        AuditAction.VERSION_PUBLISHED,
        AuditAction.VERSION_APPROVED,
        AuditAction.VERSION_OPENED,
    ]


def test_an_open_conflict_is_in_the_way_and_tells_no_grade(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.grade(A, SupportGrade.OVERSTATED)
    assert obstacles(clinic)[0] == (1, ObstacleKind.UNGRADED)
    clinic.grade(B, SupportGrade.UNSUPPORTED)
    with clinic.open_work() as work:
        first = find_obstacles(work, clinic.version_id)[0]
    assert (first.kind, first.about) == (ObstacleKind.OPEN_CONFLICT, "")


def test_a_claim_opened_again_and_an_open_flag_are_in_the_way(graded: Clinic) -> None:
    claim = graded.see(EDITOR).claim
    with graded.open_work() as work:
        reopen_claim(work, claim.id, claim.revision, "見直し", EDITOR, graded.now())
    with graded.open_work() as work:
        raise_flag(work, graded.claim_ids[1], "出典は?", EDITOR, graded.now())
    assert obstacles(graded) == [(1, ObstacleKind.UNGRADED), (2, ObstacleKind.OPEN_FLAG)]


@pytest.mark.parametrize(
    ("retraction", "kinds"),
    [
        (
            RetractionCheck(RetractionStatus.RETRACTED, make_audit_entry().at),
            ["retracted_citation", "open_flag"],
        ),
        (RetractionCheck(RetractionStatus.NONE_KNOWN, None), ["unchecked_citation"]),
        (RetractionCheck(RetractionStatus.UNCHECKED, make_audit_entry().at), ["unchecked_citation"]),
        (RetractionCheck(RetractionStatus.EXPRESSION_OF_CONCERN, make_audit_entry().at), []),
    ],
)
def test_an_attached_citation_that_is_retracted_or_unchecked_is_in_the_way(
    graded: Clinic, retraction: RetractionCheck, kinds: list[str]
) -> None:
    evidence = make_evidence(1, 2)
    findings = tuple(replace(finding, retraction=retraction) for finding in evidence.findings)
    with graded.open_work() as work:
        work.searches.record_evidence(graded.claim_ids[0], replace(evidence, findings=findings))
        work.commit(make_audit_entry())
    assert [kind.value for _, kind in obstacles(graded)] == kinds


@pytest.mark.parametrize("grade", [SupportGrade.OVERSTATED, SupportGrade.UNSUPPORTED])
def test_a_low_grade_is_in_the_way_until_the_editor_keeps_the_claim_with_a_reason(
    graded: Clinic, grade: SupportGrade
) -> None:
    graded.grade(A, grade)
    assert obstacles(graded) == [(1, ObstacleKind.LOW_GRADE)]
    with pytest.raises(RuleRefused, match="reason_missing"):
        keep(graded, " ")
    keep(graded, "仮説として示す")
    assert obstacles(graded) == []
    kept = graded.see(None).kept
    assert kept is not None
    assert (kept.reason, kept.kept_by) == ("仮説として示す", "editor")


def test_what_is_kept_is_kept_with_its_grade_only(graded: Clinic) -> None:
    graded.grade(A, SupportGrade.OVERSTATED)
    keep(graded, "仮説として示す")
    graded.grade(A, SupportGrade.UNSUPPORTED)
    assert obstacles(graded) == [(1, ObstacleKind.LOW_GRADE)]


def test_a_contradicted_claim_is_kept_with_a_reason_but_never_one_on_safety(graded: Clinic) -> None:
    regrade(graded, CitationJudgement.REFUTING, SupportGrade.CONTRADICTED)
    settle_flags(graded, "contradicted")
    assert obstacles(graded) == [(1, ObstacleKind.LOW_GRADE)]
    keep(graded, "歴史的な記述")
    assert obstacles(graded) == []
    with graded.open_work() as work:
        retype_claim(work, graded.see(EDITOR).claim, ClaimType.SAFETY, A, graded.now())
    assert obstacles(graded) == [(1, ObstacleKind.SAFETY_CONTRADICTED)]
    with pytest.raises(RuleRefused, match="safety_contradicted"):
        keep(graded, "歴史的な記述")


def test_cannot_judge_blocks_and_not_checkable_passes_with_its_reason(graded: Clinic) -> None:
    graded.grade(A, SupportGrade.CANNOT_JUDGE, "全文が必要")
    assert obstacles(graded) == [(1, ObstacleKind.CANNOT_JUDGE)]
    with pytest.raises(RuleRefused, match="nothing_to_keep"):
        keep(graded, "残す")
    graded.grade(A, SupportGrade.NOT_CHECKABLE, "比喩である")
    assert obstacles(graded) == []


def test_a_dismissed_claim_is_in_nobodys_way(graded: Clinic) -> None:
    graded.grade(A, SupportGrade.OVERSTATED)
    with graded.open_work() as work:
        dismiss_claim(work, graded.see(EDITOR).claim, "本筋でない", A, graded.now())
    assert obstacles(graded) == []


def test_a_version_is_sent_back_with_a_comment_and_can_come_again(graded: Clinic) -> None:
    with pytest.raises(RuleRefused, match="refusal_needs_comment"):
        decide(graded, State.CHANGES_REQUESTED, " ")
    decide(graded, State.CHANGES_REQUESTED, "二つ目の主張を弱める")
    assert state(graded) is State.CHANGES_REQUESTED
    graded.grade(A, SupportGrade.SUPPORTED)
    decide(graded, State.APPROVED)
    with pytest.raises(RuleRefused, match="version_closed"):
        graded.grade(A, SupportGrade.OVERSTATED)
    decide(graded, State.CHANGES_REQUESTED, "まだ早い")
    decide(graded, State.IN_REVIEW)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ((), State.PUBLISHED),
        ((), State.WITHDRAWN),
        ((), State.DRAFT),
        ((State.APPROVED,), State.WITHDRAWN),
        ((State.APPROVED, State.PUBLISHED), State.CHANGES_REQUESTED),
        ((State.APPROVED, State.PUBLISHED, State.WITHDRAWN), State.IN_REVIEW),
    ],
)
def test_no_other_way_leads_anywhere(graded: Clinic, path: tuple[State, ...], wanted: State) -> None:
    for step in path:
        decide(graded, step, "理由")
    with pytest.raises(VersionConflict, match="state_not_reachable"):
        decide(graded, wanted, "理由")


def test_a_decision_is_of_the_text_that_was_read(graded: Clinic) -> None:
    with pytest.raises(VersionConflict, match="version_changed"):
        decide(graded, State.APPROVED, version_hash="0" * 64)


def test_of_two_editors_the_second_is_told(graded: Clinic) -> None:
    decide(graded, State.APPROVED)
    with pytest.raises(VersionConflict, match="state_not_reachable"):
        decide(graded, State.APPROVED)


def test_of_an_article_the_newest_version_is_approved(graded: Clinic) -> None:
    with graded.open_work() as work:
        newer = work.articles.add_version(make_article("改めた文。"), graded.now())
        work.commit(make_audit_entry())
    with pytest.raises(RuleRefused) as refused:
        decide(graded, State.APPROVED)
    assert (refused.value.code, refused.value.values) == (
        "version_older",
        {"number": 2, "version": newer.id},
    )


def test_what_came_up_after_the_approval_keeps_a_version_from_the_reader(graded: Clinic) -> None:
    decide(graded, State.APPROVED)
    with graded.open_work() as work:
        (found, *others) = work.searches.load_findings(graded.claim_ids)[graded.claim_ids[0]]
        retracted = RetractionCheck(RetractionStatus.RETRACTED, graded.now())
        work.searches.revise_findings(graded.claim_ids[0], [replace(found, retraction=retracted), *others])
        work.commit(make_audit_entry())
    with pytest.raises(RuleRefused, match="gate_not_free"):
        decide(graded, State.PUBLISHED)


@pytest.mark.parametrize("who", [A, JUDGE, AUTHOR, ADMIN])
def test_only_editors_decide_and_keep(graded: Clinic, who: User) -> None:
    with pytest.raises(RoleRefused):
        decide(graded, State.APPROVED, who=who)
    graded.grade(A, SupportGrade.OVERSTATED)
    with pytest.raises(RoleRefused):
        keep(graded, "残す", who=who)


def test_the_first_step_on_a_draft_puts_it_in_review(clinic: Clinic) -> None:
    assert state(clinic) is State.DRAFT
    clinic.judge(A)
    assert state(clinic) is State.IN_REVIEW
    assert clinic.actions(f"version:{clinic.version_id}")[0] is AuditAction.VERSION_OPENED


def test_an_approval_without_a_signature_is_refused_and_a_signed_one_says_by_whom_and_as_what(
    graded: Clinic,
) -> None:
    with graded.open_work() as work:
        known = work.articles.get_version(graded.version_id).version_hash
        with pytest.raises(RuleRefused, match="signature_missing"):
            decide_version(work, graded.version_id, known, State.APPROVED, "", EDITOR, graded.now())
    decide(graded, State.APPROVED)
    with graded.open_work() as work:
        decision = work.decisions.list_decisions(graded.version_id)[-1]
        entry = next(e for e in work.audit.list_entries() if e.action is AuditAction.VERSION_APPROVED)
    assert decision.signature == make_signature()
    assert dict(entry.values).items() >= {
        ("signed_by", "Sample Editor"),
        ("signed_as", "editor"),
        ("proved_by", "password"),
    }
