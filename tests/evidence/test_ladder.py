"""Up the ladder of one claim: which queries are sent, which need not be, and what each run says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from claims.pubmed.source import PubMed
from claims.records.citation import Pmid
from claims.records.retrieval import Query, Rung, SearchPlan, SearchStatus
from claims.search.caching import CachedSource
from claims.search.ladder import REACH, ClaimSearch
from tests.entrez_server import EntrezServer, Reply, sample_article
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.factories import make_moment

PLAN = SearchPlan(
    concepts=(),
    ladder=(
        Query(Rung.STRICT, "strict[tiab]"),
        Query(Rung.RELAXED, "relaxed[tiab]"),
        Query(Rung.BROAD, "broad[tiab]"),
        Query(Rung.COUNTER, "counter[tiab]"),
    ),
    unmapped=(),
    lexicon_version="sample-lexicon-1",
)
REFUSED = Reply(b"<eSearchResult><ERROR>Unable to obtain query #1</ERROR></eSearchResult>")
Counts = dict[str, int]


def number(first: int, count: int) -> list[str]:
    return [str(9_000_000_001 + first + n) for n in range(count)]


def finding(counts: Counts) -> Callable[[str], Sequence[str]]:
    """As many records for a term as ``counts`` says for its first word, others for each."""
    words = list(counts)

    def find(term: str) -> Sequence[str]:
        word = next(word for word in words if f"{word}[" in term)
        filtered = 3 if " AND " in term else counts[word]
        return number(20_000 * words.index(word), filtered)

    return find


def climb(counts: Counts, *script: Reply, plan: SearchPlan = PLAN) -> tuple[ClaimSearch, EntrezServer]:
    """The climb after its end, and the server that was asked."""
    with EntrezServer(find=finding(counts), script=list(script)) as server:
        pubmed = PubMed(
            server.base_url,
            tool="konkyo",
            email="nobody@example.org",
            budget=UncountedBudget(),
            clock=StillClock(),
        )
        source = CachedSource(pubmed, make_moment)
        climbed = ClaimSearch(source, plan, (), "sample-ranker-1", limit=20)
        climbed.run_ladder()
    return climbed, server


def sent(server: EntrezServer) -> list[str]:
    return [request.form["term"] for request in server.seen]


@pytest.mark.parametrize(
    ("strict", "relaxed", "broad", "asked"),
    [
        (20, 90, 90, ["strict", "counter"]),
        (4, 90, 90, ["strict", "relaxed", "counter"]),
        (0, 90, 90, ["strict", "broad", "counter"]),
    ],
)
def test_little_is_widened_by_a_rung_and_nothing_at_once(
    strict: int, relaxed: int, broad: int, asked: list[str]
) -> None:
    climbed, server = climb({"strict": strict, "relaxed": relaxed, "broad": broad, "counter": 5})
    assert sent(server) == [f"{word}[tiab]" for word in asked]
    assert [run.rung.value for run in climbed.runs] == asked


@pytest.mark.parametrize(("strict", "relaxed", "holder"), [(4, 20, "relaxed"), (0, 90, "broad")])
def test_a_counter_search_that_could_bring_nothing_new_is_not_sent_and_says_so(
    strict: int, relaxed: int, holder: str
) -> None:
    climbed, server = climb({"strict": strict, "relaxed": relaxed, "broad": 0, "counter": 5})
    assert "counter[tiab]" not in sent(server)
    assert climbed.runs[-1].rung is Rung.COUNTER
    assert climbed.runs[-1].status is SearchStatus.NOT_SEARCHED
    assert climbed.runs[-1].warnings == (f"HeldBy: {holder}",)


def test_more_than_can_be_reached_is_narrowed_by_a_filter_below_the_narrowest_rung() -> None:
    climbed, server = climb({"strict": REACH + 1, "relaxed": 0, "broad": 0, "counter": 5})
    assert sent(server) == ["strict[tiab]", "(strict[tiab]) AND systematic[sb]", "counter[tiab]"]
    assert [run.count for run in climbed.runs] == [REACH + 1, 3, 5]


def test_more_than_can_be_reached_is_narrowed_to_the_rung_that_was_left_out() -> None:
    _, server = climb({"strict": 0, "relaxed": 30, "broad": REACH + 1, "counter": 5})
    assert sent(server) == ["strict[tiab]", "broad[tiab]", "relaxed[tiab]", "counter[tiab]"]


def test_a_source_that_stopped_answering_is_not_asked_on() -> None:
    climbed, server = climb({"strict": 1}, *[Reply(b"", 503)] * 4)
    assert [run.failure for run in climbed.runs] == ["source_unavailable"]
    assert len(server.seen) == 4


def test_a_query_that_was_refused_says_nothing_of_the_next() -> None:
    climbed, _ = climb({"strict": 9, "relaxed": 9, "broad": 9, "counter": 5}, REFUSED)
    assert [(run.rung, run.failure) for run in climbed.runs] == [
        (Rung.STRICT, "source_refused_query"),
        (Rung.BROAD, ""),
        (Rung.COUNTER, ""),
    ]


def test_a_run_keeps_what_was_sent_when_and_how_it_was_read() -> None:
    climbed, _ = climb({"strict": 0, "relaxed": 0, "broad": 7, "counter": 0})
    strict, broad, counter = climbed.runs
    assert (broad.query, broad.count, broad.status) == ("broad[tiab]", 7, SearchStatus.FOUND)
    assert (broad.source, broad.searched_at) == ("pubmed", make_moment())
    assert (broad.translation, broad.lexicon_version) == ("broad[tiab]", "sample-lexicon-1")
    assert broad.ranker_version == "sample-ranker-1"
    assert strict.warnings == ("OutputMessage: No items found.",)
    assert counter.status is SearchStatus.NOTHING_FOUND


def test_a_record_counts_for_the_search_that_brought_it_first() -> None:
    with EntrezServer(find=lambda term: number(0, 2)) as server:
        pubmed = PubMed(server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget())
        climbed = ClaimSearch(CachedSource(pubmed, make_moment), PLAN, (), "", limit=20)
        climbed.run_ladder()
    assert set(climbed.rungs.values()) == {Rung.STRICT}


def test_a_plan_without_queries_is_not_searched() -> None:
    climbed, server = climb({}, plan=SearchPlan((), (), ("未知",), "sample-lexicon-1"))
    assert climbed.runs == []
    assert server.seen == []


def test_deleted_and_renumbered_records_are_told_by_the_search_that_found_them() -> None:
    deleted, old, new = (Pmid(pmid) for pmid in number(0, 3))
    with EntrezServer([sample_article(new, "SAMPLE: new")], became={old: new}) as server:
        pubmed = PubMed(server.base_url, tool="konkyo", email="n@example.org", budget=UncountedBudget())
        source = CachedSource(pubmed, make_moment)
        for pmid, told in ((deleted, f"RecordMissing: {deleted}"), (old, f"RecordBecame: {old} is {new}")):
            climbed = ClaimSearch(source, PLAN, (), "", limit=20)
            server.find = lambda term, pmid=pmid: [pmid]
            climbed.search(Query(Rung.BY_HAND, f"{pmid}[pmid]"))
            source.fetch(climbed.rungs)
            climbed.explain_records()
            assert climbed.runs[0].warnings[-1:] == (told,)
