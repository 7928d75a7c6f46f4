"""The records of an author's references: found by what each names, and compared with what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import parse_article
from claims.errors import SourceError
from claims.matching import MatchedReference, match_references
from claims.records.citation import Author, Citation, Pmid
from claims.records.reference import Detail, Identity
from claims.records.retrieval import FetchedPart, SourceAnswer, UnreadableRecord
from claims.references import name_paper, read_references
from claims.references.identity import check_identity
from claims.search.caching import CachedSource
from claims.search.ports import SourceProfile
from claims.search.reference_query import word_reference_queries
from claims.search.syntax import parse_query

AT = datetime(2026, 11, 29, tzinfo=UTC)
ZINC = Citation(
    Pmid("9000000101"),
    "Zinc restores the taste of older adults: a randomised trial.",
    authors=(Author("Roé", initials="A"), Author("Doe", initials="B")),
    journal="SAMPLE journal",
    published="2019 Jan",
    published_year=2019,
    doi="10.5555/zinc.4",
    pmc="PMC9000001",
)
IRON = Citation(
    Pmid("9000000102"),
    "Iron eases the fatigue of women without anaemia.",
    authors=(Author("Smith", initials="J"),),
    published="2020",
    published_year=2020,
)
RECORDS = {one.pmid: one for one in (ZINC, IRON)}


@dataclass
class Shelf:
    """A source of these records that finds one by its identifiers, or by every word of its title."""

    records: Mapping[Pmid, FetchedPart] = field(default_factory=lambda: dict(RECORDS))
    failing: Callable[[str], bool] = lambda query: False
    profile: SourceProfile = field(default=SourceProfile("shelf", "Shelf", "test", 200))
    asked: list[str] = field(default_factory=list)
    fetches: list[Sequence[Pmid]] = field(default_factory=list)

    def search(self, query: str, limit: int) -> SourceAnswer:
        self.asked.append(query)
        if self.failing(query):
            raise SourceError("source_timeout")
        parse_query(query)
        wanted = [part.partition("[")[0].strip('"').lower() for part in query.split(" AND ")]
        found = [
            pmid
            for pmid, one in self.records.items()
            if isinstance(one, Citation)
            and all(
                word in f"{one.title} {one.doi} {one.pmc} {one.published} {one.authors}".lower()
                for word in wanted
            )
        ]
        return SourceAnswer(tuple(found[:limit]), len(found))

    def fetch(self, pmids: Sequence[Pmid]) -> Mapping[Pmid, FetchedPart]:
        self.fetches.append(pmids)
        return {pmid: self.records[pmid] for pmid in pmids if pmid in self.records}


def test_the_words_of_any_title_make_no_paper_the_one_that_is_cited() -> None:
    mice = Citation(Pmid("9000000103"), "Swimming builds the strength of the mice.", published_year=2019)
    assert check_identity(SAME, mice).identity is Identity.OTHER_PAPER


def match(*entries: str, shelf: Shelf | None = None) -> list[MatchedReference]:
    listed = "\n".join(f"[{number}] {entry}" for number, entry in enumerate(entries, 1))
    article = parse_article(f"# Zinc\n\nZinc restores taste [1].\n\n## References\n\n{listed}\n")
    references = read_references(article)
    assert len(references) == len(entries)
    said = [name_paper(one, article.text) for one in references]
    return list(match_references(said, CachedSource(shelf or Shelf(), lambda: AT)))


SAME = "Roe A, Doe B. Zinc restores the taste of older adults: a randomised trial. J Sample. 2019;4:1-8."
IRONS = "Smith J. Iron eases the fatigue of women without anaemia. J Sample. 2020;1:2."
ANOTHER = "Nobody N. Copper and the growth of sheep. J Other. 2011."


@pytest.mark.parametrize(
    ("words", "doi", "identity", "differs"),
    [
        (SAME, "10.5555/ZINC.4", Identity.SAME, ()),
        (SAME, "10.5555/copper.9", Identity.DIFFERS, (Detail.IDENTIFIER,)),
        ("PMID: 9000000101", "", Identity.SAME, ()),
        ("PMID: 9000000101", "10.5555/copper.9", Identity.OTHER_PAPER, (Detail.IDENTIFIER,)),
        ("味覚と亜鉛の試験。見本誌。", "10.5555/copper.9", Identity.OTHER_PAPER, (Detail.IDENTIFIER,)),
        (ANOTHER, "", Identity.OTHER_PAPER, (Detail.TITLE, Detail.YEAR, Detail.AUTHOR)),
        ("Entirely unrelated. PMID: 9000000101", "", Identity.OTHER_PAPER, (Detail.TITLE, Detail.AUTHOR)),
        ("Roe 2019. PMID: 9000000101", "", Identity.SAME, ()),
        ("Smith, Jones 2019. PMID: 9000000101", "", Identity.OTHER_PAPER, (Detail.AUTHOR,)),
        ("Available from PubMed, full text. PMID: 9000000101", "", Identity.SAME, ()),
    ],
)
def test_identifiers_and_words_that_name_two_papers_are_told_apart(
    words: str, doi: str, identity: Identity, differs: tuple[Detail, ...]
) -> None:
    check = check_identity(words, ZINC, doi)
    assert (check.identity, check.differs) == (identity, differs)


@pytest.mark.parametrize(
    "entry",
    [
        SAME,
        f"{SAME} doi:10.5555/zinc.4",
        f"{SAME} PMID: 9000000101",
        f"{SAME} PMCID: PMC9000001",
        "Roé A, et al. “Zinc restores the taste of older adults: a randomised trial.” SAMPLE 2019; 4: 1-8.",
        "Roe, A., & Doe, B. (2019). Zinc restores the taste of older adults: A randomised trial. J, 4(1).",
        "Roe A. Zinc restores taste of older adults, a randomised trial of ZINC. J Sample. 2019;4:1-8.",
        "https://pubmed.ncbi.nlm.nih.gov/9000000101/",
        "見本太郎ほか. 亜鉛と味覚. 見本学会誌 4: 1-8, 2019. doi:10.5555/zinc.4",
    ],
)
def test_a_paper_cited_as_its_record_stands_is_the_same(entry: str) -> None:
    (found,) = match(entry)
    assert (found.check.identity, found.check.pmid) == (Identity.SAME, ZINC.pmid)
    assert found.record is not None
    assert found.record.citation is ZINC


@pytest.mark.parametrize(
    ("entry", "identity", "differs"),
    [
        (SAME.replace("2019", "2009"), Identity.DIFFERS, (Detail.YEAR,)),
        (SAME.replace("Roe A", "Poe A"), Identity.DIFFERS, (Detail.AUTHOR,)),
        (
            "Roe A, Doe B. Zinc and taste. J Sample. 2019;4:1-8. PMID: 9000000101",
            Identity.DIFFERS,
            (Detail.TITLE,),
        ),
        (
            "Smith J. Copper eases the fatigue of sheep. J Sample. 2020;1:2. doi:10.5555/zinc.4",
            Identity.OTHER_PAPER,
            (Detail.TITLE, Detail.YEAR, Detail.AUTHOR),
        ),
    ],
)
def test_what_a_reference_says_otherwise_is_told(
    entry: str, identity: Identity, differs: tuple[Detail, ...]
) -> None:
    (found,) = match(entry)
    assert (found.check.identity, found.check.differs) == (identity, differs)


@pytest.mark.parametrize(
    "entry",
    [
        "Roe A. Copper restores the hearing of younger mice. J Sample. 2019;4:1-8.",
        "Roe A. Zinc. J Sample. 2019;4:1-8. PMID: 9000000999",
        "Doe B. Zinc restores the sight of older adults: a trial. J Sample. 2018;4:1-8. doi:10.5555/none.1",
    ],
)
def test_a_paper_that_pubmed_does_not_have_has_no_record(entry: str) -> None:
    (found,) = match(entry)
    assert (found.check.identity, found.record) == (Identity.NO_RECORD, None)


def test_what_pubmed_never_has_is_not_asked_for() -> None:
    shelf = Shelf()
    found = match(
        "厚生労働省. 日本人の食事摂取基準（2020年版）. https://www.mhlw.go.jp/example",
        "Roe A. Handbook of zinc. 2nd ed. Sample Press; 2018. https://example.org/zinc",
        "見本太郎. 亜鉛と味覚. 見本学会誌 4: 1-8, 2019.",
        shelf=shelf,
    )
    assert {one.check.identity for one in found} == {Identity.NOT_IN_PUBMED}
    assert (shelf.asked, [pmid for pmids in shelf.fetches for pmid in pmids]) == ([], [])


def test_a_look_up_that_failed_is_none_that_found_nothing_and_the_others_go_on() -> None:
    lost, found = match(
        f"{SAME} doi:10.5555/zinc.9", SAME, shelf=Shelf(failing=lambda query: "zinc.9" in query)
    )
    assert (lost.check.identity, found.check.identity) == (Identity.LOOKUP_FAILED, Identity.SAME)
    assert isinstance(lost.failure, SourceError)


NONE, MIXED = Detail.PMID_WITHOUT_RECORD, Detail.IDENTIFIER


@pytest.mark.parametrize(
    ("identifiers", "differs"),
    [
        ("PMID: 9000000999", (NONE,)),
        ("PMID: 9000000999 doi:10.5555/zinc.4", (NONE,)),
        ("PMID: 9000000999 PMCID: PMC9000001", (NONE,)),
        ("PMID: 9000000999 doi:10.5555/none.9", (MIXED, NONE)),
        ("PMID: 9000000102", (MIXED,)),
        ("PMID: 9000000102 doi:10.5555/zinc.4", (MIXED,)),
        ("doi:10.5555/iron.5", (MIXED,)),
        ("doi:10.5555/iron.5 PMCID: PMC9000001", (MIXED,)),
        ("PMID: 9000000102 doi:10.5555/iron.5", (MIXED,)),
        ("doi:10.5555/none.9", (MIXED,)),
    ],
)
def test_a_wrong_identifier_ends_no_look_up_and_is_told(
    identifiers: str, differs: tuple[Detail, ...]
) -> None:
    shelf = Shelf({ZINC.pmid: ZINC, IRON.pmid: replace(IRON, doi="10.5555/iron.5")})
    (found,) = match(f"{SAME} {identifiers}", shelf=shelf)
    assert (found.check.identity, found.check.pmid) == (Identity.DIFFERS, ZINC.pmid)
    assert (found.check.differs, found.record and found.record.citation) == (differs, ZINC)


def test_a_wrong_pmid_whose_look_up_fails_further_on_is_a_failure() -> None:
    shelf = Shelf(failing=lambda query: "[ti]" in query)
    (lost,) = match(f"{SAME} PMID: 9000000999", shelf=shelf)
    assert lost.check.identity is Identity.LOOKUP_FAILED


def test_an_identifier_of_another_paper_stays_told_where_nothing_else_leads_to_one() -> None:
    (found,) = match(f"{ANOTHER} PMID: 9000000102")
    assert (found.check.identity, found.check.pmid) == (Identity.OTHER_PAPER, IRON.pmid)


@pytest.mark.parametrize("known", ["aid", "pmcid"])
def test_a_number_of_pubmed_central_is_asked_for_in_either_field(known: str) -> None:
    class OneField(Shelf):
        def search(self, query: str, limit: int) -> SourceAnswer:
            answer = super().search(query, limit)
            return answer if query.endswith(f"[{known}]") else SourceAnswer((), 0)

    (found,) = match("PMCID: PMC9000001", shelf=OneField())
    assert found.check.identity is Identity.SAME
    assert found.record is not None
    assert found.record.citation.pmid == ZINC.pmid


def test_a_record_that_cannot_be_read_is_a_look_up_that_failed() -> None:
    shelf = Shelf({ZINC.pmid: UnreadableRecord(ZINC.pmid, "broken")})
    (found,) = match(f"{SAME} PMID: {ZINC.pmid}", shelf=shelf)
    assert found.check.identity is Identity.LOOKUP_FAILED
    assert found.failure is not None
    assert found.failure.values["reason"] == "broken"


def test_the_records_of_many_references_come_in_one_request() -> None:
    shelf = Shelf()
    match(f"{SAME} PMID: 9000000101", f"{IRONS} PMID: 9000000102", shelf=shelf)
    assert (shelf.asked, [list(pmids) for pmids in shelf.fetches]) == ([], [[ZINC.pmid, IRON.pmid]])


WORD = st.sampled_from(
    [
        "zinc",
        "iron",
        "Fatigue",
        "of",
        "the",
        "adults:",
        "(women)",
        "[mg]",
        "α",
        "β-carotene",
        "25(OH)D",
        "AND",
    ]
)


@given(st.lists(WORD, min_size=3, max_size=20), st.sampled_from(["Roe A. ", "O’Neil C, de la Cruz D. ", ""]))
def test_any_title_is_worded_as_a_query_that_pubmed_takes(title: list[str], authors: str) -> None:
    for query in word_reference_queries(f"{authors}{' '.join(title)}. J Sample. 2019;4:1-8."):
        parse_query(query.text)


@given(st.sampled_from([ZINC, IRON]))
def test_a_record_written_as_a_reference_is_itself(citation: Citation) -> None:
    author = citation.authors[0]
    words = (
        f"{author.last_name} {author.initials}. {citation.title} J Sample. {citation.published_year};4:1-8."
    )
    assert check_identity(words, citation).identity is Identity.SAME
