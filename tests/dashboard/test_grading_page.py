"""The grading page for each of those who come to a claim."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from claims.errors import RuleRefused
from claims.records.assessment import Basis, BodyCertainty, CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from reviewer.labels import tell_unblinded
from reviewer.workflow.grading import judge_citation
from tests.dashboard.conftest import OpenRoom
from tests.factories import make_audit_entry, make_evidence, make_pmid
from tests.workflow.clinic import EDITOR, JUDGE, OTHER_JUDGE, TWO_REVIEWERS, A, B, Clinic


def read_page(app: AppTest) -> str:
    """All that the page shows as HTML."""
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def message(app: AppTest) -> str:
    return next(line for line in read_page(app).splitlines() if "konkyo message" in line)


def reach_conflict(clinic: Clinic) -> None:
    clinic.assign(TWO_REVIEWERS)
    for who, grade in ((A, SupportGrade.SUPPORTED), (B, SupportGrade.PARTIALLY_SUPPORTED)):
        clinic.judge(who)
        clinic.grade(who, grade, f"{who.name} meint <b>p < 0.05</b>")


def test_a_reviewer_grades_and_is_told_who_is_not_done(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(TWO_REVIEWERS)
    room = open_room(A, claim=clinic.claim_ids[0])
    assert "not graded this claim yet" in message(room)
    room.button("judge_s").click().run()
    room.button("grade_4").click().run()
    assert "Saved: Supported" in message(room)
    assert "The other reviewer is not done yet" in message(room.run())


def test_the_other_reviewer_sees_nothing_of_it(clinic: Clinic, open_room: OpenRoom) -> None:
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, "secret reason")
    page = read_page(open_room(B, claim=clinic.claim_ids[0]))
    assert "secret reason" not in page
    assert "What was said" not in page
    assert "Machine&#x27;s suggestion" not in page


def test_a_link_to_a_blind_grade_is_refused_and_audited_and_opens_once_it_is_settled(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    clinic.assign(TWO_REVIEWERS)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED, "secret reason")
    refused = open_room(B, claim=claim_id, grade_of="a")
    assert "This grade is still blind" in message(refused)
    assert "secret reason" not in read_page(refused)
    assert clinic.actions(f"claim:{claim_id}").count(AuditAction.ACCESS_REFUSED) == 1
    clinic.judge(B)
    clinic.grade(B, SupportGrade.SUPPORTED)
    assert "a: Supported secret reason" in message(open_room(B, claim=claim_id, grade_of="a"))


def test_an_adjudicator_sees_the_grades_after_the_own_view_and_decides_with_a_reason(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    reach_conflict(clinic)
    room = open_room(JUDGE, claim=clinic.claim_ids[0])
    assert "a, b differ" in message(room)
    assert "What was said" not in read_page(room)
    room.button("grade_2").click().run()
    assert "a meint &lt;b&gt;p &lt; 0.05&lt;/b&gt;" in read_page(room)
    room.button("grade_3").click().run()
    assert "Chosen: Partially supported" in message(room)
    assert clinic.see(EDITOR).verdict is None
    room.button("decide").click().run()
    assert "A decision needs its reason" in message(room)
    room.text_area(f"comment_{clinic.claim_ids[0]}").input("B reads the confidence interval rightly").run()
    room.button("decide").click().run()
    assert "Final grade: Partially supported (settled by an adjudicator)" in read_page(room)
    assert room.button("grade_3").disabled


def test_of_two_adjudicators_the_second_is_told_and_overwrites_nothing(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    reach_conflict(clinic)
    room = open_room(JUDGE, claim=clinic.claim_ids[0])
    room.button("grade_2").click().run()
    room.button("grade_0").click().run()
    room.text_area(f"comment_{clinic.claim_ids[0]}").input("too late").run()
    clinic.write_view(OTHER_JUDGE)
    clinic.adjudicate(OTHER_JUDGE, SupportGrade.SUPPORTED)
    room.button("decide").click().run()
    assert "Somebody changed this claim in the meantime" in message(room)
    verdict = clinic.see(EDITOR).verdict
    assert verdict is not None
    assert verdict.grade is SupportGrade.SUPPORTED


def test_undo_takes_back_the_last_step_and_keeps_the_comment(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id = clinic.claim_ids[0]
    room = open_room(A, claim=claim_id)
    room.button("judge_s").click().run()
    room.text_area(f"comment_{claim_id}").input("well measured").run()
    room.button("grade_4").click().run()
    room.button("undo").click().run()
    assert "Taken back: your grade" in message(room)
    assert tell_unblinded(str) in message(room)
    again = open_room(A, claim=claim_id)
    assert again.text_area(f"comment_{claim_id}").value == "well measured"
    assert "not graded this claim yet" in message(again)
    again.button("grade_4").click().run()
    assert tell_unblinded(str) in read_page(open_room(A, claim=claim_id))


def test_a_comment_is_kept_as_its_field_is_left_and_is_gone_from_the_drafts_with_the_grade(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    open_room(A, claim=claim_id).text_area(f"comment_{claim_id}").input("unfinished").run()
    room = open_room(A, claim=claim_id)
    assert room.text_area(f"comment_{claim_id}").value == "unfinished"
    assert open_room(B, claim=claim_id).text_area(f"comment_{claim_id}").value == ""
    room = open_room(A, claim=claim_id)
    room.button("judge_s").click().run()
    room.button("grade_4").click().run()
    with clinic.open_work() as work:
        assert work.drafts.load(claim_id, A.name).text is None
    assert open_room(A, claim=claim_id).text_area(f"comment_{claim_id}").value == "unfinished"


@pytest.mark.parametrize(("lang", "asked"), [("en", "Declare"), ("ja", "申告する")])
def test_who_has_not_declared_does_so_in_the_place_of_the_decision(
    clinic: Clinic, open_room: OpenRoom, lang: str, asked: str
) -> None:
    with clinic.open_work() as work:
        newcomer = work.people.add_user("new", "Dr. New", A.roles, "", "Dermatologist")
        work.commit(make_audit_entry())
    room = open_room(newcomer, lang, claim=clinic.claim_ids[0])
    assert room.button("declare").label == asked
    assert room.text_input("declared_qualification").value == "Dermatologist"
    assert "grade_4" not in {button.key for button in room.button}
    room.button("declare").click().run()
    assert "refused" in message(room)
    room.text_area("declared_interests").input("none").run()
    room.button("declare").click().run()
    assert "grade_4" in {button.key for button in room.button}


def test_a_flag_is_raised_where_the_claim_is_read_and_shown_as_text(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    dialog = open_room(A, claim=claim_id).button("to_flag").click().run()
    dialog.text_area(f"flag_{claim_id}").input("<script>alert(1)</script> too strong")
    dialog.button("flag").click().run()
    page = read_page(open_room(A, claim=claim_id))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; too strong" in page
    assert "too strong" not in read_page(open_room(B, claim=claim_id))


def test_the_level_of_a_citation_needs_its_reason(clinic: Clinic, open_room: OpenRoom) -> None:
    claim_id, pmid = clinic.claim_ids[0], make_pmid(1)
    room = open_room(A, claim=claim_id)
    room.selectbox(f"level_{claim_id}_{pmid}").set_value(3)
    assert "needs its reason" in message(room.button("set_level").click().run())
    room.text_input(f"reason_{claim_id}_{pmid}").input("not blinded")
    room.selectbox(f"level_{claim_id}_{pmid}").set_value(3)
    room.button("set_level").click().run()
    assert "Level 3 (not blinded)" in read_page(room)


def test_a_guideline_and_the_certainty_of_the_body_go_with_the_grade(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    room = open_room(A, claim=claim_id)
    room.text_input("guideline_grade").input("B")
    room.text_input("guideline_source").input("Sample society 2017")
    room.button("enter_guideline").click().run()
    room.selectbox(f"certainty_{claim_id}").set_value(BodyCertainty.LOW)
    room.button("judge_s").click().run()
    room.button("grade_4").click().run()
    dossier = clinic.see(A)
    assert dossier.guideline is not None
    assert dossier.guideline.grade == "B"
    assert [grade.body_certainty for grade in dossier.grades] == [BodyCertainty.LOW]


def test_a_visit_is_recorded_as_the_claim_is_left(clinic: Clinic, open_room: OpenRoom) -> None:
    room = open_room(A, claim=clinic.claim_ids[0])
    room.button("judge_s").click().run()
    room.button("way_j").click().run()
    with clinic.open_work() as work:
        spent = work.effort.sum_of_claim(clinic.claim_ids[0], A.name)
    assert (spent.visits, spent.actions) == (1, 1)


def test_the_own_grade_is_marked_also_where_it_can_only_be_read(clinic: Clinic, open_room: OpenRoom) -> None:
    reach_conflict(clinic)
    room = open_room(A, claim=clinic.claim_ids[0])
    assert room.button("grade_4").disabled
    marked = {str(button.key) for button in room.button if button.label.startswith("✓")}
    assert marked == {"grade_4"}


def test_unsupported_with_unread_citations_is_refused_once_with_the_count(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    room = open_room(A, claim=clinic.claim_ids[0])
    room.button("grade_1").click().run()
    assert "Judged so far: 0 of" in message(room)
    assert clinic.see(A).grades == ()
    room.button("grade_1").click().run()
    assert "Saved: Unsupported" in message(room)


def test_the_rest_of_the_list_is_put_aside_and_taken_back_in_one_step(
    clinic: Clinic, open_room: OpenRoom
) -> None:
    claim_id = clinic.claim_ids[0]
    with clinic.open_work() as work:
        work.searches.record_evidence(claim_id, make_evidence(1, 2, 3))
        work.commit(make_audit_entry())
    room = open_room(A, claim=claim_id)
    room.button("judge_s").click().run()
    room.button("judge_rest").click().run()
    aside = [(one.pmid, one.judgement, one.basis) for one in clinic.see(A).judgements][1:]
    assert aside == [(make_pmid(n), CitationJudgement.NOT_RELEVANT, Basis.TITLE) for n in (2, 3)]
    room.button("undo").click().run()
    assert [one.pmid for one in clinic.see(A).judgements] == [make_pmid(1)]


def test_a_rationale_that_does_not_stand_in_the_abstract_is_refused(clinic: Clinic) -> None:
    with pytest.raises(RuleRefused, match="quotation_not_in_abstract"), clinic.open_work() as work:
        judge_citation(
            work,
            clinic.claim_ids[0],
            make_pmid(1),
            CitationJudgement.SUPPORTING,
            Basis.ABSTRACT,
            A,
            clinic.now(),
            "nobody wrote this",
        )


def test_a_step_that_is_refused_is_logged_with_its_code_and_the_account(
    clinic: Clinic, open_room: OpenRoom, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "konkyo.room"):
        open_room(A, claim=clinic.claim_ids[0]).button("grade_4").click().run()
    told = [vars(one) for one in caplog.records if vars(one).get("event") == "refused"]
    assert [(one["code"], one["person"] > 0) for one in told] == [("supported_needs_citation", True)]
