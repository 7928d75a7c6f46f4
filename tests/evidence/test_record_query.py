"""A PMID or DOI is found in what a person pastes, and what is neither is told."""

from __future__ import annotations

import pytest

from claims.errors import QueryError
from claims.search.record_query import word_doi_query, word_pmid_query, word_record_query
from claims.search.syntax import parse_query

DOI = "10.1000/right"
PASTED_DOIS = [
    "10.1000/right",
    "doi:10.1000/right.",
    "doi:10.1000/right,",
    "doi:10.1000/right)",
    "DOI: 10.1000/right;",
    "(doi: 10.1000/right)",
    "[10.1000/right]",
    "<https://doi.org/10.1000/right>",
    "“10.1000/right”",
    '"10.1000/right".',
    "「10.1000/right」",
    "10.1000/right。",
    "doi:10.1000/right、ほか",
    "https://doi.org/10.1000/right",
    "http://dx.doi.org/10.1000/right",
    "https://doi.org/10.1000%2Fright",
    "https://doi.org/10.1000/right?utm_source=sample#abstract",
    "https://sample.org/doi/10.1000/right/full",
    "https://sample.org/doi/pdf/10.1000/right.pdf",
    "ＤＯＩ：１０．１０００／ｒｉｇｈｔ．",
    "\u200b10.1000/right\ufeff",
    "Sample A. Title. Samples. 2024. doi:10.1000/right.",
    "10.1000/right[doi]",
    "10.1000/right[AID]",
    "10.1000/right [doi]",
    "10.1000/right［ｄｏｉ］",
    "10.1000/right[Location ID]",
    '"10.1000/right"[doi] OR hair',
    "(10.1000/right[doi])",
    "10.1000/right</a>",
    '<a href="https://doi.org/10.1000/right">10.1000/right</a>',
    "<a href='https://doi.org/10.1000/right'>here</a>",
    "10.1000/right<br/>",
    "10.1000/right&lt;/a&gt;",
    "10.1000/right&amp;",
    "10.1000/right&nbsp;(in press)",
    "10.1000&#47;right",
    "10.1000/right (in press)",
    "10.1000/right(in press)",
    "10.1000/right(",
    "10.1000/right[",
    "10.1000/right.(",
    "`10.1000/right`",
    "| 10.1000/right| Samples |",
    "10.1000/right|Samples",
    "10.1000/right\\",
    '{"doi": "10.1000\\/right"}',
    "\\url{https://doi.org/10.1000/right}",
    "[10.1000/right](https://doi.org/10.1000/right)",
    "**10.1000/right**",
    "_10.1000/right_",
    "https://sample.org/article?doi=10.1000/right&amp;from=sample",
]
WHOLE_DOIS = [
    "10.1016/S0140-6736(20)30183-5",
    "10.1000/(SICI)1000-0000(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    "10.1000.10/123456",
    "10.1000/a.b-c_d;e",
    "10.1000/0000-0000(2006)87[2614:PVT]2.0.CO;2",
    "10.1000/SAMPLE(a)[1]&b",
]


@pytest.mark.parametrize("pasted", PASTED_DOIS)
def test_what_stands_around_a_doi_is_no_part_of_it(pasted: str) -> None:
    assert word_doi_query(pasted).text == f'"{DOI}"[doi]'


@pytest.mark.parametrize("doi", WHOLE_DOIS)
@pytest.mark.parametrize("around", ["{}", "({}).", "doi:{},", "https://doi.org/{}"])
def test_a_bracket_that_the_doi_opens_belongs_to_it(doi: str, around: str) -> None:
    query = word_doi_query(around.format(doi)).text
    assert query == f'"{doi}"[doi]'
    parse_query(query)


@pytest.mark.parametrize("text", ["", "10.1/x", "10.1000/", "10.1000/.", "minoxidil"])
def test_what_is_no_doi_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="doi_unreadable"):
        word_doi_query(text)


@pytest.mark.parametrize(
    "pasted",
    [
        "9000000001",
        "PMID: 9000000001",
        "PMID：９０００００００01",
        "pmid9000000001.",
        "(PMID 9000000001)",
        "[PMID: 9000000001]。",
        "9000000001,",
        "「9000000001」",
        "9000000001[pmid]",
        "9000000001 [PMID]",
        "https://pubmed.ncbi.nlm.nih.gov/9000000001/",
        "https://pubmed.ncbi.nlm.nih.gov/9000000001/?from=sample",
        "https://pubmed.ncbi.nlm.nih.gov/?term=9000000001",
        "http://www.ncbi.nlm.nih.gov/pubmed/9000000001",
        "https://europepmc.org/article/MED/9000000001",
        "PMID: 9000000001; PMCID: PMC900",
    ],
)
def test_a_pmid_is_read_alone_after_its_label_and_in_addresses(pasted: str) -> None:
    assert word_record_query(pasted).text == "9000000001[pmid]"


@pytest.mark.parametrize(
    "text", ["PMC1234567", "pmcid: ＰＭＣ1234567", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/"]
)
def test_a_number_of_pubmed_central_is_said_to_be_no_pmid(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        word_record_query(text)
    assert (refusal.value.code, refusal.value.values) == ("pmc_is_no_pmid", {"number": "PMC1234567"})


@pytest.mark.parametrize("text", ["", "0123", "123, 456", "PMID:", "12345678901", "hair"])
def test_what_is_no_pmid_is_refused_and_not_cut_to_one(text: str) -> None:
    with pytest.raises(QueryError, match="pmid_unreadable"):
        word_pmid_query(text)
