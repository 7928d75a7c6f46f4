"""A work stands once among the records on topic, however often PubMed has it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from claims.appraisal.editions import are_editions, find_edition, is_newer
from claims.lexicon.lexicon import load_lexicon
from claims.pipeline import find_evidence, search_query
from claims.records.article import Language
from claims.records.citation import Author, Citation, Correction, Term
from claims.search.record_query import word_pmid_query
from tests.evidence.library_files import open_source
from tests.factories import make_citation, make_claim, make_pmid

TITLE = "SAMPLE: minoxidil in androgenetic alopecia, a trial"
ABSTRACT = "Minoxidil increased hair density in alopecia."
PAPER = replace(make_citation(1, abstract=ABSTRACT, year=2021), title=TITLE)
PREPRINT = replace(
    make_citation(2, abstract=ABSTRACT, year=2020),
    title=f"{TITLE.upper()}.",
    publication_types=(Term("Preprint", "D000076942"),),
)
OTHER = replace(make_citation(3, abstract=ABSTRACT), title="SAMPLE: minoxidil for the beard of some men")


def link(record: Citation, kind: str, other: Citation) -> Citation:
    return replace(record, corrections=(Correction(kind, "SAMPLE J", other.pmid),))


@pytest.mark.parametrize(
    "other",
    [
        PREPRINT,
        link(OTHER, "UpdateIn", PAPER),
        link(OTHER, "UpdateOf", PAPER),
        link(OTHER, "RepublishedFrom", PAPER),
        replace(OTHER, doi="10.5555/SAMPLE.1"),
    ],
)
def test_records_are_editions_by_title_and_author_by_link_or_by_doi(other: Citation) -> None:
    paper = replace(PAPER, doi="10.5555/sample.1")
    assert are_editions(paper, other)
    assert are_editions(other, paper)
    assert find_edition(other, [make_citation(9), paper]) == paper.pmid


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        PAPER,
        replace(PREPRINT, authors=(Author(last_name="Muster"),)),
        replace(PREPRINT, authors=()),
        link(OTHER, "CommentOn", PAPER),
        link(OTHER, "RetractionOf", PAPER),
        link(replace(PREPRINT, publication_types=()), "ErratumFor", PAPER),
    ],
)
def test_what_shares_less_or_tells_of_the_paper_is_no_edition_of_it(other: Citation) -> None:
    assert not are_editions(PAPER, other)
    assert find_edition(other, [PAPER]) is None


def test_papers_of_a_short_title_have_only_that_in_common() -> None:
    one, other = (replace(record, title="SAMPLE acne today") for record in (PAPER, OTHER))
    assert not are_editions(one, other)


def test_records_without_an_author_are_not_taken_for_one_another() -> None:
    assert not are_editions(replace(PAPER, authors=()), replace(PREPRINT, authors=()))


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (PAPER, replace(PREPRINT, published_year=2022)),
        (link(replace(OTHER, published_year=2001), "UpdateOf", PAPER), PAPER),
        (OTHER, link(replace(PAPER, published_year=2024), "RetractedandRepublishedIn", OTHER)),
        (PAPER, replace(OTHER, published_year=2011)),
        (OTHER, replace(PAPER, published_year=OTHER.published_year)),
    ],
)
def test_the_newer_edition_is_the_one_that_nlm_names_then_the_paper_then_the_later(
    newer: Citation, older: Citation
) -> None:
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


@pytest.mark.parametrize("records", list(permutations((PAPER, PREPRINT, OTHER))))
def test_a_work_is_on_topic_once_by_its_newest_edition(tmp_path: Path, records: tuple[Citation, ...]) -> None:
    source = open_source(tmp_path, records)
    (evidence,) = find_evidence(
        [make_claim("Minoxidil increases hair density in alopecia.")], Language.EN, source, load_lexicon()
    )
    shown = {finding.pmid: finding.on_topic for finding in evidence.findings}
    assert shown == {PAPER.pmid: True, OTHER.pmid: True, PREPRINT.pmid: False}
    assert [finding.rank for finding in evidence.findings] == [1, 2, 3]
    assert not evidence.findings[-1].on_topic


def test_an_edition_that_a_person_named_is_on_topic(tmp_path: Path) -> None:
    source = open_source(tmp_path, [PAPER, PREPRINT])
    claim = make_claim("Minoxidil increases hair density in alopecia.")
    evidence = search_query(claim, word_pmid_query(make_pmid(2)), Language.EN, source, load_lexicon())
    assert [(finding.pmid, finding.on_topic) for finding in evidence.findings] == [(PREPRINT.pmid, True)]
