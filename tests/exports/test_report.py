"""The report says what is known of each claim, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.assessment import (
    Assessment,
    Basis,
    CitationJudgement,
    ClaimStatus,
    JudgedCitation,
    SupportGrade,
)
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.report import MOST_SUGGESTED, REPORT_COLUMNS, Row, build_report
from reviewer.workflow.dossier import Dossier
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
    return build_report(VERSION, [dossier], locale)[0]


def test_every_row_has_every_column_in_the_agreed_order() -> None:
    assert tuple(row(a_dossier(1))) == REPORT_COLUMNS
    assert tuple(row(a_dossier())) == REPORT_COLUMNS


def test_before_grading_the_best_suggestions_are_listed_and_no_grade() -> None:
    cells = row(a_dossier(*range(1, 15)))
    assert cells["support_grade"] == ""
    assert cells["pmids_status"] == "suggested"
    assert cells["pmids"].split(";") == [make_pmid(n) for n in range(1, MOST_SUGGESTED + 1)]


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
