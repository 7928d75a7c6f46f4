"""Why a search failed survives with all that it names: in the store, the room, the report and the log."""

from __future__ import annotations

import string
from datetime import UTC

import pytest

from claims.errors import QueryError, SourceError
from claims.pubmed.source import PUBMED, PubMed
from claims.records.citation import Citation, Pmid
from claims.records.finding import ClaimEvidence
from claims.records.retrieval import Query, Rung, SearchRun, SearchStatus, SourceAnswer
from claims.search.caching import CachedSource
from claims.search.ladder import ClaimSearch
from claims.search.ports import EvidenceSource
from reviewer.dashboard.components.searches import describe_failure, render_searches
from reviewer.error_messages import MESSAGES, describe_error
from reviewer.exports.exporting import write_table
from reviewer.exports.table import ExportRequest
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.entrez_server import EntrezServer, Reply
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_audit_entry, make_moment, make_plan
from tests.workflow.clinic import EDITOR, Clinic, copy_clinic

INVALID = Reply(b"<eSearchResult><ERROR>Invalid db name</ERROR></eSearchResult>", 400)
OF_A_SEARCH = [code for code in MESSAGES if code.startswith(("source_", "query_", "library_", "no_concept"))]


class Refusing:
    """A source that answers every query with one error."""

    profile = PUBMED

    def __init__(self, error: SourceError | QueryError) -> None:
        self.error = error

    def search(self, query: str, limit: int) -> SourceAnswer:
        raise self.error

    def fetch(self, pmids: object) -> dict[Pmid, Citation]:
        raise self.error


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return copy_clinic(LENT, open_work)


def store_failure(clinic: Clinic, source: EvidenceSource) -> SearchRun:
    """The run of a search that failed, as it comes back from the database."""
    climb = ClaimSearch(CachedSource(source, make_moment), make_plan(), (), "sample-ranker-1", 20)
    climb.search(Query(Rung.STRICT, "minoxidil[tiab]"))
    with clinic.open_work() as work:
        work.searches.record_evidence(
            clinic.claim_ids[0], ClaimEvidence(make_plan(), tuple(climb.runs), (), ())
        )
        work.commit(make_audit_entry())
    return clinic.see(None).runs[-1]


def test_a_failure_is_told_after_storing_as_it_was_told_before(clinic: Clinic) -> None:
    for code in OF_A_SEARCH:
        blanks = [name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name]
        kind = SourceError if code.startswith("source_") else QueryError
        values = {name: f"SAMPLE {name}" for name in blanks} | {"source": PUBMED.database}
        error = kind(code, **values)
        run = store_failure(clinic, Refusing(error))
        told = describe_failure(run, str)
        assert (run.status, told) == (SearchStatus.FAILED, describe_error(error))
        assert all(values[name] in told for name in blanks)


def test_what_pubmed_says_of_a_refused_query_reaches_room_report_and_log(clinic: Clinic) -> None:
    with EntrezServer(script=[INVALID]) as server:
        pubmed = PubMed(
            server.base_url, tool="t", email="n@example.org", budget=UncountedBudget(), clock=StillClock()
        )
        run = store_failure(clinic, pubmed)
    assert run.failure_values == (("reason", "Invalid db name"),)
    assert "(Invalid db name)" in render_searches(clinic.see(None), "en")
    with clinic.open_work() as work:
        version_id = clinic.version_id
        request = ExportRequest(version_id, EDITOR, UTC)
        report = write_table(work, "claims", request).decode()
        log = write_table(work, "searches", request).decode()
    assert "source_refused_query (reason: Invalid db name)" in report
    assert '"source_refused_query","reason: Invalid db name",' in log
