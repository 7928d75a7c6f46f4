"""Lists of papers as reference managers export them: what each entry says, or the line at fault."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.bibliography import read_bibliography
from claims.bibliography.reading import MOST_ENTRIES, MOST_SIGNS, ListFormat, find_format
from claims.errors import KonkyoError, RecordError
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.reference import NamedPaper
from claims.references.identity import check_identity
from claims.search.reference_query import word_reference_queries
from reviewer.error_messages import describe_error
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.i18n import translator
from tests.factories import make_citation, make_moment

ZINC = NamedPaper(
    "Roé A, Doe B. Zinc restores taste. J Sample. 2019;4(2):1-8.",
    "9000000101",
    "10.5555/zinc.4",
    "PMC9000001",
)
RIS = """TY  - JOUR
AU  - Roé, Anna
AU  - Doe, B.
TI  - Zinc restores
taste
T2  - J Sample
PY  - 2019/01/02
VL  - 4
IS  - 2
SP  - 1
EP  - 8
DO  - 10.5555/zinc.4
AN  - 9000000101
C2  - PMC9000001
ER  -

TY  - BOOK
A1  - 見本太郎
T1  - 亜鉛の本
PB  - 見本社
Y1  - 2018
ER  -
"""
BIBTEX = r"""% exported
@string{js = {J Sample}}
@article{roe2019,
  author = {Ro{\'e}, Anna and Doe, B.},
  title = {{Zinc} restores taste},
  journal = js,
  year = 2019, volume = {4}, number = {2}, pages = {1--8},
  doi = {10.5555/zinc.4}, pmid = {9000000101}, pmcid = {PMC9000001},
}
@book{mihon, author = {見本太郎}, title = {亜鉛の本}, publisher = {見本社}, year = {2018}}
"""
CSL = json.dumps(
    [
        {
            "type": "article-journal",
            "author": [{"family": "Roé", "given": "Anna"}, {"family": "Doe", "given": "B."}],
            "title": "Zinc restores taste",
            "container-title": "J Sample",
            "issued": {"date-parts": [[2019, 1]]},
            "volume": 4,
            "issue": "2",
            "page": "1-8",
            "DOI": "10.5555/zinc.4",
            "PMID": "9000000101",
            "PMCID": "PMC9000001",
        },
        {
            "type": "book",
            "author": [{"literal": "見本太郎"}],
            "title": "亜鉛の本",
            "publisher": "見本社",
            "issued": {"date-parts": [["2018"]]},
        },
    ],
    ensure_ascii=False,
)
NBIB = """PMID- 9000000101
DP  - 2019 Jan
TI  - Zinc restores
      taste
PG  - 1-8
LID - 10.5555/zinc.4 [doi]
AU  - Roé A
AU  - Doe B
TA  - J Sample
VI  - 4
IP  - 2
PMC - PMC9000001
"""


@pytest.mark.parametrize("text", [RIS, "\ufeff" + RIS.replace("\n", "\r\n"), BIBTEX, CSL])
def test_a_list_says_the_same_whatever_it_was_written_as(text: str) -> None:
    assert read_bibliography(text) == (ZINC, NamedPaper("見本太郎. 亜鉛の本. 見本社. 2018."))


def test_an_nbib_file_says_it_too() -> None:
    assert read_bibliography(NBIB) == (ZINC,)


def test_numbers_alone_are_papers_however_they_stand() -> None:
    text = """9000000101, PMID: 9000000102
https://pubmed.ncbi.nlm.nih.gov/9000000103/ doi:10.5555/Zinc.4;
https://doi.org/10.5555/iron.(1) PMC9000001 9000000101
"""
    told = [(one.pmid, one.doi, one.pmcid) for one in read_bibliography(text)]
    assert told == [
        ("9000000101", "", ""),
        ("9000000102", "", ""),
        ("9000000103", "", ""),
        ("", "10.5555/Zinc.4", ""),
        ("", "10.5555/iron.(1)", ""),
        ("", "", "PMC9000001"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        (RIS.replace("TI  - Zinc", "TI -Zinc"), "ris_tag_broken", {"line": 4, "words": "TI -Zinc restores"}),
        (RIS.replace("AU  - Doe", "au  - Doe"), "ris_tag_broken", {"line": 3, "words": "au  - Doe, B."}),
        (RIS.replace("AU  - Doe", "AU  Doe"), "ris_tag_broken", {"line": 3, "words": "AU  Doe, B."}),
        (RIS.replace("AU  - Doe", "AU Doe"), "ris_tag_broken", {"line": 3, "words": "AU Doe, B."}),
        (RIS.replace("PY  -", "PY–"), "ris_tag_broken", {"line": 7, "words": "PY– 2019/01/02"}),
        (RIS.replace("ER  -\n", "", 1), "ris_entry_open", {"line": 1}),
        (RIS.removesuffix("ER  -\n"), "ris_entry_open", {"line": 17}),
        (RIS.replace("\n\nTY", "\nNotes\nTY"), "ris_outside_entry", {"line": 16, "words": "Notes"}),
        (BIBTEX.replace("year = 2019,", "year = {2019,"), "bibtex_broken", {"line": 3}),
        (BIBTEX.replace("year = 2019,", "year = 2019, year = 2018,"), "bibtex_broken", {"line": 3}),
        (CSL[:-1], "json_broken", {"line": 1}),
        ("[1]", "json_no_item", {"position": 1}),
        (f"[{'9' * 5_000}]", "json_broken", {"line": 1}),
        (NBIB.replace("PMID- 9000000101\n", "PMID- zinc\n"), "nbib_entry_unreadable", {"position": 1}),
        ("9000000101\nzinc and taste", "list_no_number", {"line": 2, "words": "zinc"}),
        ("", "bibliography_empty", {}),
        ("[]", "bibliography_empty", {}),
        (
            "\n".join(str(9_000_000_000 + n) for n in range(1, MOST_ENTRIES + 2)),
            "bibliography_too_long",
            {"count": MOST_ENTRIES + 1, "most": MOST_ENTRIES},
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place_in_both_languages(
    text: str, code: str, values: dict[str, object]
) -> None:
    with pytest.raises(RecordError) as refused:
        read_bibliography(text)
    assert (refused.value.code, refused.value.values) == (code, values)
    for locale in ("en", "ja"):
        said = describe_error(refused.value, translator(locale))
        told = [" ".join(str(value).split()) for value in values.values()]
        assert [words for words in told if words not in said.replace(",", "") and words not in said] == []


def test_a_line_of_an_abstract_that_begins_like_a_tag_goes_on_with_it() -> None:
    text = RIS.replace("VL  - 4\n", "AB  - Taste was\nCT-guided and\nco-administered.\nVL  - 4\n")
    assert read_bibliography(text)[0] == ZINC


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_what_we_write_we_read(name: str) -> None:
    """The references that leave the house come back as the papers that they are."""
    record = make_citation(1, title="zinc restores the taste of older adults")
    check = RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment())
    (paper,) = read_bibliography(BIBLIOGRAPHIES[name].write([Entry(record, check)]))
    assert paper.pmid == record.pmid
    assert check_identity(paper.words, record).identity.is_paper


def test_an_entry_without_identifiers_is_looked_for_by_its_title() -> None:
    paper, _ = read_bibliography(re.sub("^(DO|AN|C2)  -", "M1  -", RIS, flags=re.MULTILINE))
    assert (paper.pmid, paper.doi, paper.pmcid) == ("", "", "")
    assert word_reference_queries(paper.words)[0].text == "zinc[ti] AND restores[ti] AND taste[ti]"


@st.composite
def break_list(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([RIS, BIBTEX, CSL, NBIB]))
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(["\n@{[", "\x00", "\n", "}}", "  - "])) + text[at:]


@given(st.text(max_size=300) | break_list())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        said = [paper.words for paper in read_bibliography(text)]
    except KonkyoError as error:
        said = [describe_error(error, translator("en"))]
    assert all(said)


def test_each_format_is_told_by_how_it_begins() -> None:
    assert [find_format(text) for text in (RIS, NBIB, BIBTEX, CSL, "9000000101")] == list(ListFormat)


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        (("AN  - 9000000101",), "9000000101"),
        (("DB  - PubMed", "AN  - 9000000101"), "9000000101"),
        (("DB  - Sample abstracts", "AN  - 9000000101"), ""),
        (("N1  - PMID: 9000000101",), "9000000101"),
        (("N1  - Comment on PMID: 9000000101",), ""),
        (("UR  - https://pubmed.ncbi.nlm.nih.gov/9000000101/",), "9000000101"),
        (("M2  - PMID: 9000000102", "AN  - 9000000101"), "9000000102"),
    ],
)
def test_a_number_in_ris_is_the_papers_own_where_it_says_so(lines: tuple[str, ...], pmid: str) -> None:
    """A note names the paper that is commented on, and another database counts for itself."""
    (paper,) = read_bibliography("\n".join(("TY  - JOUR", "TI  - Zinc restores taste", *lines, "ER  -")))
    assert paper.pmid == pmid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TY  - JOUR\nTI  - a\n" + "go on\n" * 400_000 + "ER  -\n", ""),
        ("@article{a, title = {" + "word " * 200_000 + "}}", "bibliography_too_large"),
        ("@article{a, title = {Zinc}, abstract = {" + "word " * 200_000 + "}}", ""),
        ("@article{a, title = {Zinc}}\n" * 20_000, "bibliography_too_long"),
        ("TY  - JOUR\nTI  - a\nER  -\n" * 20_000, "bibliography_too_long"),
        ("9" * (MOST_SIGNS + 1), "bibliography_too_large"),
    ],
    ids=["RIS goes on", "BibTeX title", "BibTeX abstract", "BibTeX entries", "RIS entries", "signs"],
)
def test_no_list_keeps_anybody_waiting(text: str, code: str) -> None:
    began = time.process_time()
    if code:
        with pytest.raises(RecordError, match=code):
            read_bibliography(text)
    else:
        assert len(read_bibliography(text)) == 1
    assert time.process_time() - began < 3
