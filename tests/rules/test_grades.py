"""What a refused grade is told, and where a claim stands after what was said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import RuleRefused
from claims.records.adjudication import Adjudication
from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.plan import ReviewPlan
from claims.records.retrieval import SearchStatus
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import check_grade, decide_status
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_judgement, make_moment, make_run

MISSING = ("RecordMissing: 9000000007", "RecordMissing: 9000000008")
A, B = make_assessment(graded_by="a"), make_assessment(graded_by="b")


def refusal(dossier: Dossier, comment: str = "") -> tuple[str, dict[str, object]]:
    with pytest.raises(RuleRefused) as refused:
        check_grade(dossier, SupportGrade.UNSUPPORTED, comment)
    return refused.value.code, refused.value.values


def lost(times: int, status: SearchStatus = SearchStatus.FOUND) -> Dossier:
    """A claim whose search lost the same two records this many times."""
    runs = tuple(replace(make_run(), warnings=MISSING, search_id=n + 1) for n in range(times))
    return replace(a_dossier(1, status=status), runs=runs)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (SearchStatus.NOT_SEARCHED, "unsupported_needs_search"),
        (SearchStatus.RUNNING, "unsupported_needs_search"),
        (SearchStatus.FAILED, "unsupported_needs_search"),
        (SearchStatus.NOT_SEARCHABLE, "unsupported_not_searchable"),
    ],
)
def test_unsupported_without_a_search_is_refused_with_how_the_search_stands(
    status: SearchStatus, code: str
) -> None:
    assert refusal(replace(a_dossier(status=status), runs=()), "理由") == (code, {"status": status})


def test_a_run_without_an_answer_is_made_up_for_before_unsupported() -> None:
    runs = (make_run(), replace(make_run(SearchStatus.FAILED), query="another"))
    code, values = refusal(replace(a_dossier(1), runs=runs), "理由")
    assert (code, values) == ("unsupported_needs_search", {"status": SearchStatus.FOUND})


@pytest.mark.parametrize("status", [SearchStatus.FOUND, SearchStatus.FAILED])
def test_records_that_did_not_come_are_asked_for_again_and_then_given_up_with_a_reason(
    status: SearchStatus,
) -> None:
    assert refusal(lost(1, status), "理由") == ("unsupported_needs_records", {"lost": 2})
    assert refusal(lost(2, status), "  ") == ("unsupported_needs_reason", {"lost": 2})
    check_grade(lost(2, status), SupportGrade.UNSUPPORTED, "理由")


def test_a_claim_settles_once_all_that_its_plan_needs_judged_and_graded_alike() -> None:
    two = replace(a_dossier(1, 2), plan=ReviewPlan(needed=2))
    assert decide_status(a_dossier(1)) is ClaimStatus.IN_REVIEW
    assert decide_status(replace(a_dossier(1), assessments=(A,))) is ClaimStatus.GRADED
    assert decide_status(replace(two, assessments=(A,))) is ClaimStatus.IN_REVIEW
    assert decide_status(replace(two, assessments=(A, B))) is ClaimStatus.GRADED
    differing = replace(B, grade=SupportGrade.OVERSTATED)
    assert decide_status(replace(two, assessments=(A, differing))) is ClaimStatus.CONFLICT


def test_a_grade_counts_once_its_grader_judged_all_that_anybody_attached() -> None:
    both = replace(a_dossier(1, 2), plan=ReviewPlan(needed=2), assessments=(A, B))
    attached = make_judgement(1, judged_by="a")
    assert decide_status(replace(both, judgements=(attached,))) is ClaimStatus.IN_REVIEW
    for judgement in (CitationJudgement.SUPPORTING, CitationJudgement.NOT_RELEVANT):
        judged = make_judgement(1, judgement, judged_by="b")
        assert decide_status(replace(both, judgements=(attached, judged))) is ClaimStatus.GRADED


def test_a_decision_stands_whatever_was_graded() -> None:
    text_hash = a_dossier(1).claim.text_hash
    decision = Adjudication(1, SupportGrade.SUPPORTED, "裁定", "judge", make_moment(), text_hash, ())
    assert decide_status(replace(a_dossier(1), adjudication=decision)) is ClaimStatus.ADJUDICATED
