"""What came since a day: how PubMed is asked for it, what the library tells, what a search keeps of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claims.errors import QueryError, SourceError
from claims.library import Library
from claims.pubmed.source import PubMed
from claims.records.citation import Pmid
from claims.search.ports import DatedSource, RankingSource, RemoteSource
from claims.search.since import limit_to_new
from tests.entrez_server import EntrezServer, sample_article
from tests.evidence.library_files import version, write_document
from tests.evidence.still_clock import StillClock, UncountedBudget

FIRST, SECOND, THIRD = (Pmid(str(9_000_000_000 + number)) for number in (1, 2, 3))
SINCE = date(2026, 2, 3)


def test_pubmed_is_asked_by_the_day_on_which_it_made_the_record_with_both_ends() -> None:
    papers = [sample_article(pmid, "SAMPLE trial") for pmid in (FIRST, SECOND)]
    with EntrezServer(papers, created={SECOND: SINCE}) as server:
        source = PubMed(
            server.base_url,
            tool="konkyo",
            email="nobody@example.org",
            budget=UncountedBudget(),
            clock=StillClock(),
        )
        assert source.search_since("sample[tiab]", 20, SINCE).pmids == (SECOND,)
        assert source.search("sample[tiab]", 20).pmids == (FIRST, SECOND)
        asked, plain = (request.form for request in server.seen)
        with pytest.raises(QueryError, match="query_empty"):
            source.search_since(" ", 20, SINCE)
        limited = limit_to_new(source, SINCE)
        assert isinstance(limited, RemoteSource)
        assert limited.search("sample[tiab]", 20).pmids == (SECOND,)
    assert (asked["term"], asked["datetype"], asked["mindate"]) == ("sample[tiab]", "crdt", "2026/02/03")
    assert int(asked["maxdate"]) > SINCE.year
    assert not {"datetype", "mindate", "maxdate"} & plain.keys()


def test_the_library_tells_what_was_revised_since_and_what_has_no_day(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    with pytest.raises(SourceError, match="library_missing"):
        library.search_since("sample[tiab]", 20, SINCE)
    records = (
        version(int(FIRST), "SAMPLE one", 20260202),
        version(int(SECOND), "SAMPLE two", 20260203),
        version(int(THIRD), "SAMPLE three"),
    )
    library.import_files([write_document(tmp_path / "papers.xml", *records)])
    answer = library.search_since("sample[ti]", 20, SINCE)
    assert (sorted(answer.pmids), answer.count) == ([SECOND, THIRD], 2)
    assert len(library.search_since("sample[ti]", 1, SINCE).pmids) == 1
    limited = limit_to_new(library, SINCE)
    assert sorted(limited.search("sample[ti]", 20).pmids) == [SECOND, THIRD]
    assert limited.fetch([FIRST]).keys() == {FIRST}
    assert limited.profile == library.profile
    # It would rank records of any day.
    assert isinstance(library, RankingSource)
    assert not isinstance(limited, RankingSource | RemoteSource)
    assert isinstance(library, DatedSource)
