"""The report says what is known of each claim, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.adjudication import Adjudication
from claims.records.assessment import (
    Assessment,
    Basis,
    BodyCertainty,
    CitationJudgement,
    ClaimStatus,
    GuidelineGrade,
    JudgedCitation,
    LevelOverride,
    SupportGrade,
)
from claims.records.decision import Keeping
from claims.records.flag import Flag, FlagReason, FlagResolution
from claims.records.plan import Declaration
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.report import MOST_SUGGESTED, REPORT_COLUMNS, build_report
from reviewer.exports.reviewed import Reviewed
from reviewer.exports.table import Row
from reviewer.rules.dossier import Dossier
from tests.factories import (
    make_article,
    make_assessment,
    make_claim,
    make_evidence,
    make_moment,
    make_pmid,
    make_run,
)

VERSION = ArticleVersion(1, 1, 1, make_article(), make_moment())
DECLARED = {"a": Declaration(1, "a", "皮膚科専門医", "なし", make_moment())}


def a_dossier(*numbers: int, status: SearchStatus = SearchStatus.FOUND) -> Dossier:
    evidence = make_evidence(*numbers)
    return Dossier(
        claim=ReviewClaim(1, 1, 1, make_claim(), ClaimStatus.EXTRACTED, 1),
        search_status=status,
        runs=evidence.runs,
        findings=evidence.findings,
        citations={citation.pmid: citation for citation in evidence.citations},
        assessments=(),
        judgements=(),
    )


def judged(dossier: Dossier, number: int, judgement: CitationJudgement) -> Dossier:
    made = JudgedCitation(make_pmid(number), judgement, Basis.FULL_TEXT, "A", make_moment(1))
    return replace(dossier, judgements=(*dossier.judgements, made))


def graded(dossier: Dossier, *assessments: Assessment) -> Dossier:
    claim = replace(dossier.claim, status=ClaimStatus.GRADED)
    return replace(dossier, claim=claim, assessments=assessments)


def row(dossier: Dossier, locale: str = "en") -> Row:
    return build_report(Reviewed(VERSION, [dossier], declarations=DECLARED), locale)[0]


def test_every_row_has_every_column_in_the_agreed_order() -> None:
    assert tuple(row(a_dossier(1))) == REPORT_COLUMNS
    assert tuple(row(a_dossier())) == REPORT_COLUMNS


def test_before_grading_the_best_suggestions_are_listed_and_no_grade() -> None:
    cells = row(a_dossier(*range(1, 15)))
    assert cells["support_grade"] == ""
    assert cells["pmids_status"] == "suggested"
    assert cells["pmids"].split(";") == [make_pmid(n) for n in range(1, MOST_SUGGESTED + 1)]


def test_related_records_are_no_suggestions_until_somebody_attaches_one() -> None:
    dossier = a_dossier(1, 2, 3)
    first, second, third = dossier.findings
    dossier = replace(
        dossier, findings=(first, replace(second, on_topic=False), replace(third, on_topic=False))
    )
    assert row(dossier)["pmids"] == make_pmid(1)
    assert row(judged(dossier, 2, CitationJudgement.NOT_RELEVANT))["pmids"] == make_pmid(1)
    assert row(judged(dossier, 2, CitationJudgement.PARTLY))["pmids"] == make_pmid(2)
    nothing = replace(dossier, findings=dossier.findings[1:], search_status=SearchStatus.RELATED_ONLY)
    assert (row(nothing)["pmids"], row(nothing)["search_status"]) == ("", "related_only")


def test_what_a_person_attached_replaces_the_suggestions() -> None:
    cells = row(judged(a_dossier(1, 2, 3), 2, CitationJudgement.SUPPORTING))
    assert (cells["pmids"], cells["pmids_status"], cells["basis"]) == (make_pmid(2), "attached", "full_text")


@pytest.mark.parametrize(
    ("grade", "cell", "label"),
    [
        (SupportGrade.SUPPORTED, "4", "支持される"),
        (SupportGrade.CONTRADICTED, "0", "反証あり"),
        (SupportGrade.CANNOT_JUDGE, "cannot_judge", "判断保留"),
    ],
)
def test_a_grade_is_a_step_or_a_code_with_its_label(grade: SupportGrade, cell: str, label: str) -> None:
    cells = row(graded(a_dossier(1), make_assessment(grade=grade, comment="理由")), "ja")
    assert (cells["support_grade"], cells["grade_label"], cells["comment"]) == (cell, label, "理由")
    assert cells["agreement"] == "single"


@pytest.mark.parametrize("status", list(SearchStatus))
def test_not_searched_nothing_found_and_failed_are_told_apart(status: SearchStatus) -> None:
    assert row(a_dossier(status=status))["search_status"] == status.value


def test_a_failed_search_is_told_with_its_reason() -> None:
    failed = make_run(SearchStatus.FAILED, failure="source_timeout")
    assert "failed: source_timeout" in row(replace(a_dossier(), runs=(failed,)))["searches"]


def test_a_quotation_is_printed_only_while_it_is_verbatim_in_its_record() -> None:
    dossier = a_dossier(1)
    quoted = dossier.findings[0].rationales[0].text
    assert f"“{quoted}” (PMID {make_pmid(1)})" in row(dossier)["rationales"]

    citation = dossier.citations[make_pmid(1)]
    revised = replace(citation, abstract=(replace(citation.abstract[0], text="p > 0.05 in this sample."),))
    cells = row(replace(dossier, citations={citation.pmid: revised}))
    assert quoted not in cells["rationales"]
    assert "search again" in cells["rationales"]


def test_each_reference_ends_with_its_pmid() -> None:
    references = row(a_dossier(1, 2))["references"]
    assert [f"PMID: {make_pmid(n)}" in references for n in (1, 2)] == [True, True]


def test_graders_stand_with_their_qualification_and_interests() -> None:
    cells = row(graded(a_dossier(1), make_assessment(graded_by="a"), make_assessment(graded_by="b")))
    assert cells["graders"] == "a (皮膚科専門医, interests: なし); b"
    assert (cells["agreement"], cells["adjudicator"]) == ("agreed", "")


def test_an_open_claim_shows_no_grade_whatever_somebody_gave() -> None:
    open_claim = replace(a_dossier(1), assessments=(make_assessment(comment="秘密"),))
    cells = row(open_claim)
    assert (cells["agreement"], cells["support_grade"], cells["graders"], cells["comment"]) == (
        "open",
        "",
        "",
        "",
    )


def test_an_adjudicated_claim_keeps_both_grades_beside_the_decision() -> None:
    dossier = graded(
        a_dossier(1),
        make_assessment(grade=SupportGrade.SUPPORTED, graded_by="a", comment="十分"),
        make_assessment(grade=SupportGrade.OVERSTATED, graded_by="b"),
    )
    decision = Adjudication(
        1,
        SupportGrade.PARTIALLY_SUPPORTED,
        "対象が狭い",
        "judge",
        make_moment(5),
        dossier.claim.text_hash,
        ("a", "b"),
        BodyCertainty.LOW,
    )
    claim = replace(dossier.claim, status=ClaimStatus.ADJUDICATED)
    cells = row(replace(dossier, claim=claim, adjudication=decision))
    assert (cells["support_grade"], cells["agreement"], cells["adjudicator"]) == ("3", "adjudicated", "judge")
    assert cells["comment"] == (
        "judge (partially_supported): 対象が狭い; a (supported): 十分; b (overstated): "
    )
    assert cells["certainty_of_evidence"] == "low"


def test_what_a_person_entered_stands_in_its_own_columns() -> None:
    assessment = replace(make_assessment(), body_certainty=BodyCertainty.MODERATE)
    dossier = judged(graded(a_dossier(1, 2), assessment), 1, CitationJudgement.SUPPORTING)
    text_hash = dossier.claim.text_hash
    dossier = replace(
        dossier,
        guideline=GuidelineGrade(1, "B", "見本ガイドライン 2017", "a", make_moment(), text_hash),
        levels=(LevelOverride(make_pmid(1), 4, "対照群がない", "a", make_moment()),),
    )
    cells = row(dossier)
    assert (cells["guideline_grade"], cells["guideline_source"]) == ("B", "見本ガイドライン 2017")
    assert (cells["certainty_of_evidence"], cells["evidence_level"]) == ("moderate", "4")


def test_a_claim_that_the_editor_keeps_says_why() -> None:
    dossier = graded(a_dossier(1), make_assessment(grade=SupportGrade.OVERSTATED, comment="弱い"))
    kept = Keeping(
        1, SupportGrade.OVERSTATED, "仮説として示す", "editor", make_moment(), dossier.claim.text_hash
    )
    assert row(replace(dossier, kept=kept))["comment"] == "弱い; kept by editor: 仮説として示す"


def test_a_settled_flag_is_not_open_any_more() -> None:
    flag = Flag(1, "no_evidence_found", FlagReason.NO_EVIDENCE_FOUND, 0, 1)
    settled = FlagResolution(1, flag.key, True, "確認", "editor", make_moment(), "")
    dossier = a_dossier()
    for flags, cell in (((flag,), "no_evidence_found"), ((replace(flag, resolutions=(settled,)),), "")):
        reviewed = Reviewed(VERSION, [dossier], {1: flags})
        assert build_report(reviewed)[0]["open_flags"] == cell
