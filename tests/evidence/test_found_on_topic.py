"""A claim is found by records on its topic; what is related only is kept apart, and never called nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.pipeline import find_evidence, search_query
from claims.records.article import Language
from claims.records.finding import ClaimEvidence
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.search.caching import CachedSource
from claims.search.record_query import word_pmid_query
from tests.evidence.library_files import open_source
from tests.factories import make_citation, make_claim, make_pmid

CLAIM = "Minoxidil increases hair density in alopecia."
ABOUT = make_citation(
    1, title="minoxidil in alopecia", abstract="Minoxidil increased hair density in alopecia."
)
# It names two of the three concepts, in a list, which a wide query is content with.
RELATED = make_citation(
    2, title="drugs", abstract="Rats got minoxidil, finasteride or water. Alopecia was rare."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def find(source: CachedSource, limit: int = 20) -> ClaimEvidence:
    (evidence,) = find_evidence([make_claim(CLAIM)], Language.EN, source, load_lexicon(), limit)
    return evidence


def test_records_on_topic_come_before_those_that_are_related_only(folder: Path) -> None:
    evidence = find(open_source(folder, [RELATED, ABOUT]))
    told = [(finding.pmid, finding.rank, finding.on_topic) for finding in evidence.findings]
    assert told == [(ABOUT.pmid, 1, True), (RELATED.pmid, 2, False)]
    assert [record.pmid for record in evidence.citations] == [ABOUT.pmid, RELATED.pmid]
    assert evidence.status is SearchStatus.FOUND
    assert all(0 <= (finding.relevance or 0) <= 1 for finding in evidence.findings)


def test_where_no_record_is_on_topic_the_claim_is_not_found_and_the_records_are_kept(folder: Path) -> None:
    evidence = find(open_source(folder, [RELATED]))
    assert evidence.status is SearchStatus.RELATED_ONLY
    assert [finding.pmid for finding in evidence.findings] == [RELATED.pmid]
    assert {run.status for run in evidence.runs} > {SearchStatus.FOUND}


def test_a_library_without_a_word_of_it_has_nothing(folder: Path) -> None:
    evidence = find(open_source(folder, [make_citation(3, title="x", abstract="Nails were cut.")]))
    assert evidence.status is SearchStatus.NOTHING_FOUND


def test_a_search_shows_as_many_on_topic_as_it_is_asked_for(folder: Path) -> None:
    many = [make_citation(number, title=ABOUT.title, abstract=ABOUT.abstract_text) for number in range(1, 8)]
    evidence = find(open_source(folder, many), limit=3)
    assert [finding.on_topic for finding in evidence.findings] == [True, True, True]


def test_a_record_that_a_person_named_is_on_topic_whatever_it_says(folder: Path) -> None:
    source = open_source(folder, [RELATED])
    named = word_pmid_query(make_pmid(2))
    worded = Query(Rung.BY_HAND, "minoxidil[tiab]")
    for query, on_topic in ((named, True), (worded, False)):
        evidence = search_query(make_claim(CLAIM), query, Language.EN, source, load_lexicon())
        assert [finding.on_topic for finding in evidence.findings] == [on_topic]


def test_a_search_by_words_alone_is_called_one_and_is_no_query(folder: Path) -> None:
    runs = find(open_source(folder, [ABOUT])).runs
    words = [run for run in runs if run.rung is Rung.WORDS]
    assert [run.query for run in words] != []
    assert not any(sign in run.query for run in words for sign in '[]()"')
    assert [run.rung for run in runs].count(Rung.BROAD) <= 1
