"""What a record says of its own standing: NLM's links first, then its publication types."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.appraisal.retraction import read_retraction
from claims.medline.parsing import parse_records
from claims.records.citation import Citation, Correction, Pmid, RetractionStatus, Term
from tests.evidence.shared_data import shared_folder

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
PAPER, NOTICE = Pmid("9000000001"), Pmid("9000000002")
RETRACTED, NOTICE_TYPE = (
    Term("Retracted Publication", "D016441"),
    Term("Retraction of Publication", "D016440"),
)

STANDINGS = {
    "nothing": ((), (), RetractionStatus.NONE_KNOWN),
    "a comment": (("CommentIn",), (), RetractionStatus.NONE_KNOWN),
    "an erratum of another": (("ErratumFor",), (), RetractionStatus.NOTICE),
    "retracted": (("RetractionIn",), (), RetractionStatus.RETRACTED),
    "retracted and under concern": (
        ("ErratumIn", "ExpressionOfConcernIn", "RetractionIn"),
        (),
        RetractionStatus.RETRACTED,
    ),
    "a notice that was retracted": (("RetractionOf", "RetractionIn"), (), RetractionStatus.RETRACTED),
    "republished": (("RetractedandRepublishedIn",), (), RetractionStatus.RETRACTED_AND_REPUBLISHED),
    "a notice": (("RetractionOf",), (), RetractionStatus.RETRACTION_NOTICE),
    "concern": (("ErratumIn", "ExpressionOfConcernIn"), (), RetractionStatus.EXPRESSION_OF_CONCERN),
    "corrected": (("ErratumIn",), (), RetractionStatus.CORRECTED),
    "corrected and republished": (("CorrectedandRepublishedIn",), (), RetractionStatus.CORRECTED),
    "updated": (("UpdateIn",), (), RetractionStatus.UPDATED),
    "an update of another": (("UpdateOf",), (), RetractionStatus.NONE_KNOWN),
    "corrected and updated": (("UpdateIn", "ErratumIn"), (), RetractionStatus.CORRECTED),
    "the republished paper": (("RetractedandRepublishedFrom",), (), RetractionStatus.NONE_KNOWN),
    "a notice of concern": (("ExpressionOfConcernFor",), (), RetractionStatus.NOTICE),
    "a partial notice": (("PartialRetractionOf",), (), RetractionStatus.NOTICE),
    "partly retracted": (("PartialRetractionIn",), (), RetractionStatus.PARTIALLY_RETRACTED),
    "type alone": ((), (RETRACTED,), RetractionStatus.RETRACTED),
    "type with an erratum": (("ErratumIn",), (RETRACTED,), RetractionStatus.RETRACTED),
    "type of a notice alone": ((), (NOTICE_TYPE,), RetractionStatus.RETRACTION_NOTICE),
    "type without name": ((), (Term("", "D016441"),), RetractionStatus.RETRACTED),
    "type without UI": ((), (Term("Retracted Publication"),), RetractionStatus.RETRACTED),
    "UI and name disagree": ((), (Term("Retracted Publication", "D016440"),), RetractionStatus.RETRACTED),
    "link against type": (("RetractionIn",), (NOTICE_TYPE,), RetractionStatus.RETRACTED),
    "notice's link against type": (("RetractionOf",), (RETRACTED,), RetractionStatus.RETRACTION_NOTICE),
}


def paper(kinds: tuple[str, ...], types: tuple[Term, ...]) -> Citation:
    links = tuple(Correction(kind, "SAMPLE journal", NOTICE) for kind in kinds)
    return Citation(PAPER, "SAMPLE", publication_types=types, corrections=links)


@pytest.mark.parametrize(("kinds", "types", "status"), STANDINGS.values(), ids=STANDINGS)
def test_links_decide_before_types(
    kinds: tuple[str, ...], types: tuple[Term, ...], status: RetractionStatus
) -> None:
    check = read_retraction(paper(kinds, types), NOW)
    assert check.status is status
    assert check.checked_at == NOW


def test_the_notice_is_named_by_the_paper_and_names_itself() -> None:
    assert read_retraction(paper(("RetractionIn",), ()), NOW).notice == NOTICE
    assert read_retraction(paper(("RetractionOf",), ()), NOW).notice == PAPER
    assert read_retraction(paper((), (RETRACTED,)), NOW).notice is None


def test_real_retraction_and_notice_are_told_apart() -> None:
    expected = {
        "efetch_retracted_42371203_minimal.xml": RetractionStatus.RETRACTED,
        "efetch_retraction_notice_42507066_minimal.xml": RetractionStatus.RETRACTION_NOTICE,
    }
    for name, status in expected.items():
        (record,) = parse_records((shared_folder("pubmed_xml") / "errors" / name).read_bytes())
        assert isinstance(record, Citation)
        check = read_retraction(record, NOW)
        assert (check.status, check.notice) == (status, "42507066"), name
