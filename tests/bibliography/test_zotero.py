"""What Zotero writes of a chapter and of groups: identifiers in a note, names that are no people's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.bibliography import read_bibliography
from claims.records.citation import Author, RetractionCheck, RetractionStatus
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from tests.factories import make_citation, make_moment

GROUPS = (
    Author(collective="SAMPLE Group for Hair, Skin and Nails"),
    Author(collective="SAMPLE and Partners"),
    Author("Roe", "Ann Mary", "AM"),
)
CHAPTER = replace(
    make_citation(),
    title="SAMPLE chapter",
    book="SAMPLE book",
    authors=GROUPS,
    journal="",
    doi="10.5555/sample.ch1",
    pmc="PMC1234567",
)
NOTE = "PMID: 9000000005\nPMCID: PMC1234567\nDOI: 10.5555/sample.5"
CSL = (
    '[{"id": "x", "type": "chapter", "title": "SAMPLE", "author": [{"literal": "A, B and C"}],"note": "%s"}]'
)
BIBTEX = "@incollection{x,\n title = {SAMPLE},\n author = {{A, B and C}},\n note = {%s}\n}\n"


@pytest.mark.parametrize("form", BIBLIOGRAPHIES)
def test_a_chapter_of_groups_comes_in_as_it_went_out(form: str) -> None:
    entry = Entry(CHAPTER, RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment()))
    (paper,) = read_bibliography(BIBLIOGRAPHIES[form].write([entry]))
    assert (paper.pmid, paper.doi, paper.pmcid) == (CHAPTER.pmid, CHAPTER.doi, CHAPTER.pmc)
    for name in ("SAMPLE Group for Hair, Skin and Nails", "SAMPLE and Partners", "Roe AM"):
        assert name in paper.words


@pytest.mark.parametrize("form", [CSL, BIBTEX])
@pytest.mark.parametrize("before", ["", "Citation Key: roe2020\n"])
def test_identifiers_are_read_from_the_lines_of_a_note(form: str, before: str) -> None:
    note = before + NOTE
    (paper,) = read_bibliography(form % (note.replace("\n", "\\n") if form is CSL else note))
    assert (paper.pmid, paper.doi, paper.pmcid) == ("9000000005", "10.5555/sample.5", "PMC1234567")
    assert paper.words.startswith("A, B and C. SAMPLE.")


@pytest.mark.parametrize("form", [CSL, BIBTEX])
def test_a_note_that_names_another_paper_is_no_identifier(form: str) -> None:
    (paper,) = read_bibliography(form % "RETRACTED; notice: PMID 9000000009")
    assert paper.pmid == ""
