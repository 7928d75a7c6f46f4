"""What the keys of the grades do for a person is what the rules let them do."""

from __future__ import annotations

import pytest

from claims.errors import RoleRefused, RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.flag import AnswerKind
from claims.records.people import User
from reviewer.rules.tasks import Task, find_task
from reviewer.workflow import drafting
from reviewer.workflow.drafting import keep_draft, load_draft, load_field_drafts
from reviewer.workflow.replying import reply
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, TWO_REVIEWERS, A, B, C, Clinic


def part_of(clinic: Clinic, who: User, declared: bool = True) -> Task:
    return find_task(clinic.see(who), who, declared)


def reach_conflict(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    for who, grade in ((A, SupportGrade.SUPPORTED), (B, SupportGrade.PARTIALLY_SUPPORTED)):
        clinic.judge(who)
        clinic.grade(who, grade)


@pytest.mark.parametrize(
    ("who", "part"),
    [(A, Task.GRADES), (C, Task.READS), (JUDGE, Task.READS), (EDITOR, Task.READS), (AUTHOR, Task.READS)],
)
def test_while_a_claim_is_open_its_reviewers_grade_and_all_others_read(
    clinic: Clinic, who: User, part: Task
) -> None:
    clinic.assign(TWO_REVIEWERS)
    assert part_of(clinic, who) is part


def test_who_did_not_declare_does_so_first_and_who_only_reads_need_not(clinic: Clinic) -> None:
    assert part_of(clinic, A, declared=False) is Task.DECLARES
    assert part_of(clinic, EDITOR, declared=False) is Task.READS


def test_in_a_conflict_the_adjudicator_views_then_decides_and_then_all_read(clinic: Clinic) -> None:
    reach_conflict(clinic)
    assert part_of(clinic, A) is Task.READS
    assert part_of(clinic, JUDGE) is Task.VIEWS
    clinic.write_view(JUDGE)
    assert part_of(clinic, JUDGE) is Task.DECIDES
    clinic.adjudicate(JUDGE, SupportGrade.SUPPORTED)
    assert {part_of(clinic, who) for who in (A, B, JUDGE)} == {Task.READS}


def test_the_only_grader_may_change_a_settled_grade_and_nobody_else(clinic: Clinic) -> None:
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    assert (part_of(clinic, A), part_of(clinic, B)) == (Task.GRADES, Task.READS)


def test_a_draft_is_found_by_its_author_alone(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        keep_draft(work, clinic.claim_ids[0], "下書き", 0, None, A, clinic.now())
    with clinic.open_work() as work:
        assert load_draft(work, clinic.claim_ids[0], A).text == "下書き"
        assert load_draft(work, clinic.claim_ids[0], B).text is None


@pytest.mark.parametrize(
    ("who", "may_write"), [(A, True), (JUDGE, True), (C, False), (EDITOR, False), (AUTHOR, False)]
)
def test_a_draft_is_kept_for_those_who_grade_or_settle_the_article_alone(
    clinic: Clinic, who: User, may_write: bool
) -> None:
    clinic.assign(TWO_REVIEWERS)
    with clinic.open_work() as work:
        if may_write:
            assert keep_draft(work, clinic.claim_ids[0], "下書き", 0, None, who, clinic.now())
        else:
            with pytest.raises(RoleRefused, match="not_assigned"):
                keep_draft(work, clinic.claim_ids[0], "下書き", 0, None, who, clinic.now())
        assert (load_draft(work, clinic.claim_ids[0], who).text is not None) is may_write


def test_a_persons_drafts_have_a_bound_together_and_a_shorter_one_is_taken_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_CHARACTERS", 10)

    def keep(claim: int, text: str, who: User = A) -> bool:
        with clinic.open_work() as work:
            return keep_draft(work, clinic.claim_ids[claim], text, 0, None, who, clinic.now())

    assert keep(0, "六文字の下書")
    with pytest.raises(RuleRefused, match="drafts_too_long"):
        keep(1, "五文字です")
    assert keep(1, "五文字です", B)
    assert keep(0, "二字")
    assert keep(1, "五文字です")


def test_an_answer_is_drafted_by_who_answers_and_a_reply_by_who_replies(clinic: Clinic) -> None:
    claim_id = clinic.claim_ids[0]
    allowed = {
        AnswerKind.REWRITE: {AUTHOR, EDITOR},
        AnswerKind.REPLY: {AUTHOR, EDITOR, A, JUDGE},
    }
    for kind, people in allowed.items():
        for who in (AUTHOR, EDITOR, A, JUDGE, ADMIN):
            with clinic.open_work() as work:
                if who in people:
                    assert keep_draft(work, claim_id, "書きかけ", 0, kind, who, clinic.now())
                else:
                    with pytest.raises(RoleRefused):
                        keep_draft(work, claim_id, "書きかけ", 0, kind, who, clinic.now())


def test_what_was_sent_is_no_draft_any_more_and_the_other_fields_keep_theirs(clinic: Clinic) -> None:
    claim_id = clinic.claim_ids[0]
    for kind in (AnswerKind.REWRITE, AnswerKind.REPLY):
        with clinic.open_work() as work:
            keep_draft(work, claim_id, kind.value, 0, kind, AUTHOR, clinic.now())
    with clinic.open_work() as work:
        reply(work, claim_id, "gesagt", AUTHOR, clinic.now())
    with clinic.open_work() as work:
        drafts = load_field_drafts(work, claim_id, AUTHOR)
        assert not keep_draft(work, claim_id, "zu spät", 0, AnswerKind.REPLY, AUTHOR, clinic.now())
    assert drafts[AnswerKind.REWRITE].text == "rewrite"
    assert drafts[AnswerKind.REPLY].text is None
