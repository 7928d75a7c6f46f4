"""The search log tells found, nothing found, failed and not sent apart, and who worded what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from claims.records.assessment import ClaimStatus
from claims.records.retrieval import Rung, SearchRun, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.exports.search_log import SEARCH_LOG_COLUMNS, build_search_log
from tests.factories import make_article, make_claim, make_moment, make_run

VERSION = ArticleVersion(1, 1, 3, make_article(), make_moment())
CLAIMS = [ReviewClaim(10 + n, 1, n, make_claim(), ClaimStatus.EXTRACTED, 1) for n in (1, 2)]


def log_of(*runs: SearchRun) -> list[dict[str, str]]:
    return build_search_log(VERSION, CLAIMS, {11: runs}, UTC)


def test_every_row_has_every_column_and_a_claim_without_searches_has_none() -> None:
    (row,) = log_of(make_run())
    assert tuple(row) == SEARCH_LOG_COLUMNS
    assert (row["claim_no"], row["version"]) == ("1", "3")


def test_the_four_ends_of_a_search_look_different() -> None:
    rows = log_of(
        make_run(SearchStatus.FOUND, count=42),
        make_run(SearchStatus.NOTHING_FOUND),
        make_run(SearchStatus.FAILED, failure="source_timeout"),
        replace(make_run(SearchStatus.NOT_SEARCHED), warnings=("HeldBy: relaxed",)),
    )
    assert [(row["status"], row["hits"], row["failure"], row["warnings"]) for row in rows] == [
        ("found", "42", "", ""),
        ("nothing_found", "0", "", ""),
        ("failed", "", "source_timeout", ""),
        ("not_searched", "", "", "HeldBy: relaxed"),
    ]


def test_a_query_by_hand_names_who_worded_it() -> None:
    built, by_hand = log_of(
        replace(make_run(), asked_by="dr. a"), replace(make_run(rung=Rung.BY_HAND), asked_by="dr. b")
    )
    assert (built["worded_by"], built["searched_by"]) == ("konkyo", "dr. a")
    assert (by_hand["worded_by"], by_hand["searched_by"]) == ("dr. b", "dr. b")


def test_the_query_stands_whole_with_its_source_and_time() -> None:
    query = " OR ".join(f'"sample agent {n}"[tiab]' for n in range(300))
    (row,) = log_of(replace(make_run(minutes=5), query=query, source="pubmed"))
    assert row["query"] == query
    assert (row["source"], row["interface"]) == ("PubMed", "NCBI E-utilities, ESearch")
    assert row["searched_at"] == "2026-01-05T12:05:00+00:00"
