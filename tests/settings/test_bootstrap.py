"""What the one place that builds concrete things does on the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from claims.records.retrieval import FetchedRecord
from claims.search.caching import RECORDS_KEPT_DAYS
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from tests.databases import make_database
from tests.factories import make_citation, make_pmid


def test_a_searcher_begins_with_a_cache_that_has_forgotten_what_is_too_old(tmp_path: Path) -> None:
    application = open_application(
        Settings(tmp_path, make_database(tmp_path / "konkyo.db"), ncbi_email="n@example.org")
    )
    cache, now = application.open_cache("pubmed"), application.now()
    old, kept = (now - timedelta(days=RECORDS_KEPT_DAYS + days) for days in (1, -1))
    fetched = {make_pmid(n): FetchedRecord(make_citation(n), at) for n, at in ((1, old), (2, kept))}
    cache.keep_records(fetched)
    assert set(cache.find_records(fetched, old)) == set(fetched)
    application.searcher("pubmed")
    assert set(cache.find_records(fetched, old)) == {make_pmid(2)}
