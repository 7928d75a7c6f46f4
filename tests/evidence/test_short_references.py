"""References without a title: found by journal, year, volume and page, and compared by what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from claims.errors import QueryError
from claims.matching import MatchedReference, match_references
from claims.records.citation import Author, Citation, Pmid
from claims.records.reference import Detail, Identity, NamedPaper
from claims.records.retrieval import FetchedPart, SourceAnswer
from claims.references.identity import check_identity, fold
from claims.search.caching import CachedSource
from claims.search.ports import SourceProfile
from claims.search.syntax import And, SearchTerm, parse_query

AT = datetime(2026, 11, 29, tzinfo=UTC)
KNEE = Citation(
    Pmid("9000000201"),
    "Sample injections for the knee: a randomised trial.",
    authors=(Author("Fílard", initials="G"), Author("Kon", initials="E")),
    journal="The American journal of sample medicine",
    journal_abbreviation="Am J Sample Med",
    published="2015 Jul",
    published_year=2015,
    volume="43",
    pages="1575-82",
)
NEXT = replace(KNEE, pmid=Pmid("9000000202"), title="Sample plasma for tendons.", pages="9-15")
ALONE = replace(KNEE, pmid=Pmid("9000000203"), published="2011", published_year=2011, volume="39")
HEAD = Citation(
    Pmid("9000000204"),
    "Migraine.",
    authors=(Author("Roe", initials="A"),),
    journal="Sample (London, England)",
    journal_abbreviation="Sample",
    published="2018",
    published_year=2018,
    volume="391",
    pages="1315-30",
)
RECORDS = (KNEE, NEXT, ALONE, HEAD)


@dataclass
class Shelf:
    """A source that finds by journal, year, volume, page and author; without a place as the library is."""

    has_places: bool = True
    asked: list[str] = field(default_factory=list)
    profile: SourceProfile = field(default=SourceProfile("shelf", "Shelf", "test", 200))

    def search(self, query: str, limit: int) -> SourceAnswer:
        self.asked.append(query)
        tree = parse_query(query)
        terms = tree.parts if isinstance(tree, And) else (tree,)
        found = [one.pmid for one in RECORDS if all(self._has(one, term) for term in terms)]
        return SourceAnswer(tuple(found[:limit]), len(found))

    def _has(self, one: Citation, term: object) -> bool:
        assert isinstance(term, SearchTerm)
        if term.field in ("vi", "pg") and not self.has_places:
            raise QueryError("query_tag_not_in_library", tag=term.field)
        names = {name.lower() for name in (one.journal, one.journal_abbreviation)}
        return {
            "ta": term.text.lower() in names,
            "dp": term.text == str(one.published_year),
            "vi": term.text == one.volume,
            "pg": term.text == one.pages.partition("-")[0],
            "au": term.text == fold(one.authors[0].last_name),
        }.get(term.field, False)

    def fetch(self, pmids: Sequence[Pmid]) -> Mapping[Pmid, FetchedPart]:
        return {one.pmid: one for one in RECORDS if one.pmid in pmids}


def match(words: str, shelf: Shelf | None = None) -> MatchedReference:
    (found,) = match_references([NamedPaper(words)], CachedSource(shelf or Shelf(), lambda: AT))
    return found


SHORT = "Filard G, et al. Am J Sample Med. 2015;43:1575-82."


@pytest.mark.parametrize(
    ("words", "identity", "differs"),
    [
        (SHORT, Identity.SAME, ()),
        ("Filard G et al.: Am J Sample Med 43: 1575-1582, 2015", Identity.SAME, ()),
        ("Filard G et al., 2015. PMID: 9000000201", Identity.SAME, ()),
        ("Filard 2015", Identity.SAME, ()),
        ("AJSM 2015; 43: 1575", Identity.SAME, ()),
        ("Am. J. Sample Med. 2015;43(7):1575–82", Identity.SAME, ()),
        (SHORT.replace("2015", "2014"), Identity.DIFFERS, (Detail.YEAR,)),
        (SHORT.replace("Filard", "Kon"), Identity.DIFFERS, (Detail.AUTHOR,)),
        (SHORT.replace("43", "44"), Identity.DIFFERS, (Detail.VOLUME, Detail.PAGE)),
        (SHORT.replace("1575", "1577"), Identity.DIFFERS, (Detail.PAGE,)),
        (SHORT.replace("Am J Sample Med", "Lancet"), Identity.DIFFERS, (Detail.JOURNAL,)),
        ("Kon E et al., 2015.", Identity.OTHER_PAPER, (Detail.AUTHOR,)),
        (
            "Roe A, et al. Lancet. 2019;7:1-9.",
            Identity.OTHER_PAPER,
            (Detail.AUTHOR, Detail.JOURNAL, Detail.YEAR, Detail.VOLUME, Detail.PAGE),
        ),
        (
            "Filard G. Wrong words of it. Am J Sample Med. 2015;43:1575.",
            Identity.DIFFERS,
            (Detail.TITLE,),
        ),
    ],
)
def test_a_reference_without_a_title_is_compared_by_what_it_names(
    words: str, identity: Identity, differs: tuple[Detail, ...]
) -> None:
    check = check_identity(words, KNEE)
    assert (check.identity, check.differs) == (identity, differs)


@pytest.mark.parametrize(
    ("words", "pmid"),
    [
        (SHORT, KNEE.pmid),
        ("Am J Sample Med 2015; 43: 1575-82", KNEE.pmid),
        ("Filard Gら：Am J Sample Med 43：1575-1582，2015", KNEE.pmid),
        ("Filard G, et al. A J Samp 2015;43:9-15", NEXT.pmid),
        ("Roe A. Migraine. Sample. 2018;391:1315-1330.", HEAD.pmid),
        ("Filard G, et al. Am J Sample Med, 2011", ALONE.pmid),
    ],
)
def test_a_reference_without_a_title_is_found_by_where_it_stands(words: str, pmid: Pmid) -> None:
    assert match(words).check.pmid == pmid


@pytest.mark.parametrize(
    "words",
    [
        # Another page, another author's, and two papers of one author in one year.
        "Filard G, et al. Am J Sample Med. 2015;43:777-82.",
        "Kon E, et al. Lancet. 2015;12:1575-82.",
        "Filard G, et al. Am J Sample Med, 2015",
    ],
)
def test_no_paper_is_taken_for_one_that_is_only_near(words: str) -> None:
    assert match(words).record is None


def test_the_library_answers_by_journal_author_and_year_or_is_told_that_it_cannot() -> None:
    assert match(SHORT, Shelf(has_places=False)).check.pmid == KNEE.pmid
    lost = match("Am J Sample Med 2015; 43: 1575-82", Shelf(has_places=False))
    assert lost.check.identity is Identity.LOOKUP_FAILED
    assert isinstance(lost.failure, QueryError)


def test_journal_year_volume_page_and_author_are_asked_for_in_the_fields_of_pubmed() -> None:
    shelf = Shelf()
    match(SHORT, shelf)
    assert shelf.asked == ['"Am J Sample Med"[ta] AND 2015[dp] AND 43[vi] AND 1575[pg] AND filard[au]']
