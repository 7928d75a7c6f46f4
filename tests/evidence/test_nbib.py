"""NBIB files as citations: each field, wrapped lines, refused records, and files that are none."""

from __future__ import annotations

from datetime import date

import pytest

from claims.errors import RecordError
from claims.medline.nbib import parse_nbib
from claims.medline.parsing import RefusedRecord
from claims.records.citation import Citation, Correction, Grant, MeshHeading, Pmid, Substance, Term

RECORD = """\
PMID- 9000000001
OWN - NLM
STAT- MEDLINE
LR  - 20210304
IS  - 0000-0001 (Electronic)
IS  - 0000-0002 (Linking)
VI  - 7
IP  - 2
DP  - 2020 Jul-Aug
TI  - SAMPLE of a title that
      runs over two lines.
PG  - 11-9
LID - S1 [pii]
LID - 10.1/sample [doi]
AB  - AIM: To see whether p < 0.05. RESULTS: It was
      not.
FAU - Sample, Ann Bea Jr
AU  - Sample AB Jr
AD  - SAMPLE house.
FAU - Muster, Otto
AU  - Muster O
CN  - SAMPLE Group
LA  - eng
LA  - jpn
SI  - ClinicalTrials.gov/NCT0
GR  - A/1/XX/SAMPLE Fund/Japan
PT  - Journal Article
PT  - Randomized Controlled Trial
TT  - SAMPLE no daimei
DEP - 20200715
TA  - Sample J
JT  - Sample journal
RN  - 0 (Formates)
RN  - EC 1.2.- (Aldehyde Oxidoreductases)
RIN - Sample J. 2021 Jan;8(1):1. doi: 10.1/notice.
      PMID: 9000000002
MH  - Humans
MH  - *Alopecia/drug therapy/*metabolism
OTO - NOTNLM
OT  - a keyword of
      two lines
COIS- None.
PMC - PMC0
AID - 10.1/sample [doi]
"""


def read_one(text: str) -> Citation:
    (citation,) = parse_nbib(text.encode())
    assert isinstance(citation, Citation)
    return citation


def test_a_record_carries_what_the_format_has() -> None:
    citation = read_one(RECORD)
    assert citation.title == "SAMPLE of a title that runs over two lines."
    assert citation.abstract_text == "AIM: To see whether p < 0.05. RESULTS: It was not."
    assert (citation.journal, citation.volume, citation.issue, citation.pages) == (
        "Sample journal",
        "7",
        "2",
        "11-9",
    )
    assert (citation.issn, citation.status, citation.vernacular_title) == (
        "0000-0001",
        "MEDLINE",
        "SAMPLE no daimei",
    )
    assert (citation.published, citation.published_year) == ("2020 Jul-Aug", 2020)
    assert (citation.electronic_date, citation.revised_on) == (date(2020, 7, 15), date(2021, 3, 4))
    assert (citation.doi, citation.pmc) == ("10.1/sample", "PMC0")
    assert citation.other_ids == (("pii", "S1"), ("ClinicalTrials.gov", "NCT0"))
    assert citation.languages == ("eng", "jpn")
    assert citation.grants == (Grant("A/1", "SAMPLE Fund", "Japan"),)
    assert citation.conflict_statement == "None."


def test_people_come_before_groups_with_initials_and_suffix() -> None:
    first, second, group = read_one(RECORD).authors
    assert (first.last_name, first.fore_name, first.initials, first.suffix) == (
        "Sample",
        "Ann Bea",
        "AB",
        "Jr",
    )
    assert (second.last_name, second.fore_name) == ("Muster", "Otto")
    assert group.collective == "SAMPLE Group"


def test_indexing_is_read_without_uis() -> None:
    citation = read_one(RECORD)
    assert citation.publication_types == (Term("Journal Article"), Term("Randomized Controlled Trial"))
    assert citation.mesh == (
        MeshHeading(Term("Humans")),
        MeshHeading(Term("Alopecia"), (Term("drug therapy"), Term("metabolism")), major=True),
    )
    assert citation.chemicals == (
        Substance("Formates", registry_number="0"),
        Substance("Aldehyde Oxidoreductases", registry_number="EC 1.2.-"),
    )
    assert citation.keywords == ("a keyword of two lines",)


def test_a_wrapped_retraction_names_its_notice() -> None:
    assert read_one(RECORD).corrections == (
        Correction("RetractionIn", "Sample J. 2021 Jan;8(1):1. doi: 10.1/notice.", Pmid("9000000002")),
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_records_are_parted_by_blank_lines_and_a_bad_one_is_named(line_end: str) -> None:
    text = "PMID- 9000000001\nTI  - SAMPLE\n\nPMID- none\nTI  - SAMPLE\n\n\nPMID- 9000000003\n"
    first, refused, last = parse_nbib(text.replace("\n", line_end).encode("utf-8-sig"))
    assert refused == RefusedRecord("bad_pmid", "none", 2)
    assert isinstance(first, Citation)
    assert isinstance(last, Citation)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"<html></html>", "not_nbib"),
        (b"PMID- 9000000001\nTI  - \xff\xfe", "not_utf8"),
    ],
)
def test_a_file_that_is_no_nbib_has_a_code(content: bytes, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        list(parse_nbib(content))
    assert (caught.value.code, caught.value.values["reason"]) == ("nbib_unreadable", reason)
