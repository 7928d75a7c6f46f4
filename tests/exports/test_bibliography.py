"""References for reference managers: other people's readers find in each format what the record has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from bibtexparser.middlewares.names import NameParts
from hypothesis import given
from hypothesis import strategies as st

from claims.medline.nbib import parse_nbib
from claims.records.citation import (
    Author,
    Citation,
    Correction,
    RetractionCheck,
    RetractionStatus,
    Term,
)
from reviewer.exports.bibliography.bibtex import write_bibtex
from reviewer.exports.bibliography.csl_json import write_csl_json
from reviewer.exports.bibliography.entry import Entry, keep_on_line
from reviewer.exports.bibliography.nbib import write_nbib
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.bibliography.ris import write_ris
from tests.factories import make_citation, make_moment, make_pmid

CHECKED = RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment())
RETRACTED = RetractionCheck(RetractionStatus.RETRACTED, make_moment(), make_pmid(9))
GROUP = Author(collective='SAMPLE Group for Hair, Skin and "Nails"')
HARD_TITLE = "SAMPLE: p < 0.05 & 50% {R&D} of x_1 \\ #3 ~ “引用”の𠮷と﨑 😀"
HARD_DOI = "10.5555/sample_(a)15:1<16::b>3.0;c#d"
HARD_NAMES = (
    Author("O'Sample, the elder", 'Ann "Andy"', "A"),
    Author("King", "Charles R", "CR", "Jr"),
    Author("Sand and Sea", "Jürgen"),
    Author("𠮷田", "﨑子"),
    Author("", "Sukarno"),
    GROUP,
)


def an_entry(check: RetractionCheck = CHECKED, **fields: object) -> Entry:
    return Entry(replace(make_citation(), **fields), check)  # type: ignore[arg-type]


HARD = an_entry(
    title=HARD_TITLE,
    doi=HARD_DOI,
    pmc="PMC1234567",
    authors=HARD_NAMES,
    journal="SAMPLE 医学雑誌",
    issn="1234-5678",
    volume="12",
    issue="3",
    pages="113-25",
    published="2020 Jan 5",
)
CHAPTER = an_entry(
    title="SAMPLE chapter",
    book="SAMPLE book, second edition",
    publisher="SAMPLE press",
    journal="",
    journal_abbreviation="",
    editors=(Author("Muster", "Olga", "O"),),
    other_ids=(("isbn", "9780000000000"),),
)


def read_ris(entries: Sequence[Entry]) -> list[dict[str, object]]:
    read: list[dict[str, object]] = rispy.loads(write_ris(entries))
    return read


def read_bibtex(entries: Sequence[Entry]) -> list[dict[str, str]]:
    library = parse_string(write_bibtex(entries), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return [{field.key: str(field.value).strip("{}") for field in entry.fields} for entry in library.entries]


def read_csl(entries: Sequence[Entry]) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads(write_csl_json(entries))
    assert isinstance(items, list)
    return items


def read_back(entry: Entry) -> Citation:
    (record,) = parse_nbib(write_nbib([entry]).encode())
    assert isinstance(record, Citation)
    return record


def test_ris_gives_rispy_every_field_of_the_record() -> None:
    (read,) = read_ris([HARD])
    assert read["title"] == HARD_TITLE
    assert read["doi"] == HARD_DOI
    assert read["accession_number"] == HARD.citation.pmid
    assert read["unknown_tag"] == {"M2": [f"PMID: {HARD.citation.pmid}", "PMCID: PMC1234567"]}
    assert read["authors"] == [
        'O\'Sample, the elder, Ann "Andy"',
        "King, Charles R, Jr",
        "Sand and Sea, Jürgen",
        "𠮷田, 﨑子",
        "Sukarno",
        GROUP.collective,
    ]
    assert (read["secondary_title"], read["volume"], read["number"]) == ("SAMPLE 医学雑誌", "12", "3")
    assert (read["start_page"], read["end_page"]) == ("113", "125")
    assert (read["year"], read["date"], read["issn"]) == ("2020", "2020/01/05", "1234-5678")


def test_bibtex_gives_bibtexparser_every_field_of_the_record() -> None:
    (read,) = read_bibtex([HARD])
    assert (read["title"], read["doi"], read["pmid"]) == (HARD_TITLE, HARD_DOI, HARD.citation.pmid)
    assert (read["pmcid"], read["journal"], read["issn"]) == ("PMC1234567", "SAMPLE 医学雑誌", "1234-5678")
    assert (read["volume"], read["number"], read["pages"]) == ("12", "3", "113–125")
    assert (read["year"], read["month"]) == ("2020", "jan")


def test_no_name_is_cut_where_it_has_a_comma_or_an_and() -> None:
    library = parse_string(write_bibtex([HARD]), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    names: list[NameParts] = library.entries[0]["author"]
    assert [" ".join(name.last) for name in names] == [
        "{O'Sample, the elder}",
        "King",
        "{Sand and Sea}",
        "𠮷田",
        "{Sukarno}",
        f"{{{GROUP.collective}}}",
    ]
    assert [" ".join(name.first) for name in names] == [
        'Ann "Andy"',
        "Charles R",
        "Jürgen",
        "﨑子",
        "",
        "",
    ]
    assert [" ".join(name.jr) for name in names] == ["", "Jr", "", "", "", ""]


def test_csl_json_is_an_array_whose_items_name_people_groups_and_dates() -> None:
    (item,) = read_csl([HARD])
    assert item["author"] == [
        {"family": "O'Sample, the elder", "given": 'Ann "Andy"'},
        {"family": "King", "given": "Charles R", "suffix": "Jr"},
        {"family": "Sand and Sea", "given": "Jürgen"},
        {"family": "𠮷田", "given": "﨑子"},
        {"literal": "Sukarno"},
        {"literal": GROUP.collective},
    ]
    assert (item["title"], item["DOI"], item["PMID"]) == (HARD_TITLE, HARD_DOI, HARD.citation.pmid)
    assert (item["PMCID"], item["page"]) == ("PMC1234567", "113-125")
    assert item["issued"] == {"date-parts": [[2020, 1, 5]]}


def test_nbib_is_read_again_as_the_record_that_it_was() -> None:
    whole = replace(
        HARD.citation,
        authors=(Author("King", "Charles R", "CR", "Jr"), Author("𠮷田", "﨑子"), GROUP),
        abstract=(),
        electronic_date=date(2020, 1, 2),
        publication_types=(Term("Journal Article"), Term("Retracted Publication")),
        corrections=(Correction("RetractionIn", "SAMPLE J. 2021;2:3.", make_pmid(9)),),
        notes=("synthetic sample record of Konkyo, no real study",),
    )
    assert read_back(Entry(whole, CHECKED)) == whole


def test_a_doi_stands_in_bibtex_as_it_is_unless_a_sign_would_end_the_field() -> None:
    assert f"doi = {{{HARD_DOI}}}" in write_bibtex([HARD])
    for doi in ("10.5555/sample%20a", "10.5555/sample{a", "10.5555/sample\\a"):
        assert read_bibtex([an_entry(doi=doi)])[0]["doi"] == doi


def test_a_chapter_names_its_book_its_editors_and_its_isbn() -> None:
    (ris,), (bibtex,), (item,) = read_ris([CHAPTER]), read_bibtex([CHAPTER]), read_csl([CHAPTER])
    book = CHAPTER.citation.book
    assert (ris["type_of_reference"], ris["secondary_title"]) == ("CHAP", book)
    assert ris["secondary_authors"] == ["Muster, Olga"]
    assert (bibtex["booktitle"], bibtex["editor"], bibtex["isbn"]) == (book, "Muster, Olga", "9780000000000")
    assert (item["type"], item["container-title"], item["publisher"]) == ("chapter", book, "SAMPLE press")
    read = read_back(CHAPTER)
    assert (read.title, read.book, read.editors) == ("SAMPLE chapter", book, CHAPTER.citation.editors)


def test_a_retracted_paper_says_so_before_its_title_and_in_a_remark() -> None:
    entry = an_entry(RETRACTED, title="SAMPLE trial.")
    remark = f"RETRACTED (checked 2026-01-05 UTC); notice: PMID {make_pmid(9)}"
    (ris,), (bibtex,), (item,) = read_ris([entry]), read_bibtex([entry]), read_csl([entry])
    assert {read["title"] for read in (ris, bibtex, item)} == {"RETRACTED: SAMPLE trial"}
    assert remark in str(item["note"])
    assert remark in bibtex["note"]
    assert "RETRACTED (checked 2026-01-05 UTC)" in read_back(entry).notes
    assert an_entry(RETRACTED, title="RETRACTED: SAMPLE trial").title == "RETRACTED: SAMPLE trial"
    assert an_entry(title="SAMPLE trial.").title == "SAMPLE trial"


def test_a_standing_that_nobody_looked_up_is_told() -> None:
    unchecked = RetractionCheck(RetractionStatus.NONE_KNOWN)
    assert "retraction not checked" in an_entry(unchecked).remarks
    assert "retraction not checked" not in an_entry().remarks


def test_only_records_of_nlm_have_an_address_in_pubmed() -> None:
    assert "pubmed.ncbi" not in "".join(form.write([HARD]) for form in BIBLIOGRAPHIES.values())
    real = Entry(replace(HARD.citation, pmid=make_pmid(1)[-1:]), CHECKED)  # type: ignore[arg-type]
    assert read_csl([real])[0]["URL"] == "https://pubmed.ncbi.nlm.nih.gov/1/"


DATES = {
    "2020": (2020,),
    "2020 Jan": (2020, 1),
    "2020 Jan 15": (2020, 1, 15),
    "2020 Spring": (2019,),
    "2020 Dec-2021 Jan": (2019,),
    "": (2019,),
}


@pytest.mark.parametrize(("printed", "parts"), DATES.items())
def test_a_date_is_told_as_far_as_it_is_printed_and_else_by_its_year(
    printed: str, parts: tuple[int, ...]
) -> None:
    assert an_entry(published=printed, published_year=2019).date_parts == parts


PAGES = {
    "113-25": ("113", "125"),
    "S113-S25": ("S113", "S25"),
    "e12": ("e12", ""),
    "1-2, 7-9": ("1-2, 7-9", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("printed", "pages"), PAGES.items())
def test_a_range_of_pages_ends_on_a_whole_number(printed: str, pages: tuple[str, str]) -> None:
    assert an_entry(pages=printed).page_range == pages


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(keep_on_line).filter(bool)


@given(titles=st.lists(TEXTS, min_size=1, max_size=3))
def test_any_title_comes_out_of_every_format_as_it_went_in(titles: list[str]) -> None:
    entries = [an_entry(title=f"S{title}s", pmid=make_pmid(n)) for n, title in enumerate(titles, start=1)]
    want = [(entry.citation.pmid, entry.title) for entry in entries]
    assert [(read["accession_number"], read["title"]) for read in read_ris(entries)] == want
    assert [(item["PMID"], item["title"]) for item in read_csl(entries)] == want
    records = [record for record in parse_nbib(write_nbib(entries).encode()) if isinstance(record, Citation)]
    assert [(record.pmid, record.title) for record in records] == want


@given(title=st.text(st.sampled_from(list("ab12 \\{}%&$#_~<>|-,`?!'\"毛𠮷")), min_size=1))
def test_no_title_breaks_bibtex_whatever_signs_of_tex_it_has(title: str) -> None:
    entry = an_entry(title=f"S{keep_on_line(title)}s")
    (read,) = read_bibtex([entry])
    assert (read["title"], read["pmid"]) == (entry.title, entry.citation.pmid)


@given(names=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_any_name_comes_out_of_csl_json_as_it_went_in(names: list[tuple[str, str]]) -> None:
    people = tuple(Author(last, fore) for last, fore in names)
    (item,) = read_csl([an_entry(authors=people)])
    assert item["author"] == [{"family": last, "given": fore} for last, fore in names]
