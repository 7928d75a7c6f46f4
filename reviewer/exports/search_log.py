"""The search log as rows, with what PRISMA-S asks of each search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from claims.records.retrieval import Rung, SearchRun
from claims.records.review import ArticleVersion, ReviewClaim
from claims.sources import SOURCES
from db.unit_of_work import UnitOfWork
from reviewer.exports.report import tell_failure_values
from reviewer.exports.table import SCHEMA_VERSION, ExportRequest, Row, Table
from reviewer.i18n import mark
from reviewer.moments import write_moment
from reviewer.workflow.loading import load_searches

SEARCH_LOG_COLUMNS = (
    "article",
    "version",
    "claim_no",
    "claim_text",
    "source",
    "interface",
    "searched_at",
    "rung",
    "query",
    "translation",
    "status",
    "hits",
    "failure",
    "failure_detail",
    "warnings",
    "worded_by",
    "searched_by",
    "lexicon_version",
    "ranker_version",
    "schema_version",
)


def build_search_log(
    version: ArticleVersion,
    claims: Sequence[ReviewClaim],
    runs: Mapping[int, Sequence[SearchRun]],
    zone: tzinfo,
) -> list[Row]:
    """One row a search, by claim and then in the order in which they were made.

    The query stands as it was sent, whole. ``hits`` is empty where there was no answer. ``worded_by`` is the
    person who worded the query, ``konkyo`` where it was built from the claim. A search that was not sent,
    because another had brought all of it, has the status ``not_searched`` and says which. Of a claim that is
    open ``another`` stands for whom the viewer may not know.
    """
    return [_row(version, claim, run, zone) for claim in claims for run in runs.get(claim.id, ())]


def _row(version: ArticleVersion, claim: ReviewClaim, run: SearchRun, zone: tzinfo) -> Row:
    source = SOURCES.get(run.source)
    return {
        "article": version.article.title,
        "version": str(version.number),
        "claim_no": str(claim.number),
        "claim_text": claim.claim.text,
        "source": source.database if source else run.source,
        "interface": source.interface if source else "",
        "searched_at": write_moment(run.searched_at, zone),
        "rung": run.rung.value,
        "query": run.query,
        "translation": run.translation,
        "status": run.status.value,
        "hits": str(run.count) if run.status.is_answered else "",
        "failure": run.failure,
        "failure_detail": tell_failure_values(run),
        "warnings": "; ".join(run.warnings),
        "worded_by": run.asked_by if run.rung is Rung.BY_HAND else "konkyo",
        "searched_by": run.asked_by,
        "lexicon_version": run.lexicon_version,
        "ranker_version": run.ranker_version,
        "schema_version": SCHEMA_VERSION,
    }


def _load_rows(work: UnitOfWork, request: ExportRequest) -> list[Row]:
    """Those of dismissed claims too."""
    version, searched = load_searches(work, request.version_id, request.viewer)
    runs = {claim.id: of_claim for claim, of_claim in searched}
    return build_search_log(version, [claim for claim, _ in searched], runs, request.zone)


SEARCH_LOG = Table(mark("Search log"), "searches", SEARCH_LOG_COLUMNS, _load_rows)
