"""The table of what an article cites."""

from __future__ import annotations

from datetime import UTC

from claims.records.assessment import ClaimStatus
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.reference import AuthorReference, Detail, Identity, LookUp, NamedPaper
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.reference_table import REFERENCE_COLUMNS, build_reference_table
from reviewer.workflow.references import CitedArticle
from tests.factories import make_article, make_citation, make_claim, make_moment, make_pmid


def test_each_reference_is_a_row_with_its_paper_and_the_claims_that_cite_it() -> None:
    differs = (Detail.TITLE, Detail.YEAR)
    told = LookUp(Identity.DIFFERS, make_pmid(1), differs, source="pubmed", looked_at=make_moment())
    failed = LookUp(Identity.LOOKUP_FAILED, failure="source_timeout", source="pubmed")
    zinc, marks = NamedPaper("Roe A. Zinc.", pmid="1", doi="10.5555/1"), ((2, 3), (12, 13))
    references = (
        AuthorReference(1, 1, zinc, "1", True, marks, told),
        AuthorReference(1, 2, NamedPaper("Poe B. Iron."), "2", True, (), failed, added_by="a"),
    )
    claims = tuple(
        ReviewClaim(number, 1, number, make_claim("見本。", start=10 * number - 10), ClaimStatus.EXTRACTED, 1)
        for number in (1, 2)
    )
    record = make_citation(1)
    standing = RetractionCheck(RetractionStatus.RETRACTED, make_moment())
    version = ArticleVersion(1, 1, 3, make_article(), make_moment())
    cited = CitedArticle(version, references, claims, {record.pmid: record}, {record.pmid: standing}, (), ())
    first, second = build_reference_table(cited, UTC)
    assert tuple(first) == tuple(second) == REFERENCE_COLUMNS
    assert (first["number"], first["reference"], first["pmid_cited"]) == ("1", "Roe A. Zinc.", "1")
    assert (first["identity"], first["differs"], first["pmid"]) == ("differs", "title; year", "9000000001")
    assert (first["retraction"], first["claims"], first["title"]) == ("retracted", "1; 2", record.shown_title)
    assert (second["identity"], second["failure"], second["claims"]) == (
        "lookup_failed",
        "source_timeout",
        "",
    )
    assert (second["added_by"], second["pmid"], second["retraction"]) == ("a", "", "")
