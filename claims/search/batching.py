"""Many claims searched at a time and their records fetched together: few requests, and no pause between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from math import ceil

from claims.errors import SourceError
from claims.records.citation import Pmid
from claims.records.retrieval import SearchStatus
from claims.search.caching import CachedSource
from claims.search.ladder import ClaimSearch
from claims.search.prefetching import in_order, work_ahead

# Records are fetched for so many claims together at most, so that who watches need not wait for all.
MOST_TOGETHER = 5
# A first run sends no more requests than this for each claim, fetching included.
REQUESTS_PER_CLAIM = 3
# So many groups of claims wait for their records at a time.
_FETCHERS = 4

# Failures of some record's making, not of the source: the other claims' records can be had without it.
_OF_A_RECORD = frozenset({"source_too_large", "source_refused_query"})


def search_together(climbs: Iterable[ClaimSearch], source: CachedSource) -> Iterator[ClaimSearch]:
    """Each climb in order, at its end and with its records at hand.

    A slow source is asked for many claims at once, and goes on while records come; one in the house does one
    claim after the other.
    """
    climbed = work_ahead(in_order(map(_climbing, climbs)), source.workers)
    jobs = (_bringing(together, source) for together in _gather(climbed, source))
    for together in work_ahead(jobs, _FETCHERS if source.is_remote else 1):
        yield from together


def fetch_together(climbs: Sequence[ClaimSearch], source: CachedSource) -> None:
    """Have the records of these climbs at hand; what did not come is told by the search that found it."""
    try:
        source.fetch(pmid for climb in climbs for pmid in climb.rungs)
    except SourceError as error:
        if len(climbs) > 1 and error.code in _OF_A_RECORD:
            for climb in climbs:
                fetch_together([climb], source)
            return
        for climb in climbs:
            if source.find_unknown(climb.rungs):
                climb.fail(error)
            else:
                climb.explain_records()
        return
    for climb in climbs:
        climb.explain_records()


def _climbing(climb: ClaimSearch) -> Callable[[], ClaimSearch]:
    def to_the_end() -> ClaimSearch:
        climb.run_ladder()
        return climb

    return to_the_end


def _bringing(
    climbs: list[ClaimSearch] | None, source: CachedSource
) -> Callable[[], list[ClaimSearch]] | None:
    def with_records() -> list[ClaimSearch]:
        assert climbs is not None
        _narrow_together(climbs, source)
        fetch_together(climbs, source)
        return climbs

    return None if climbs is None else with_records


def _gather(climbs: Iterable[ClaimSearch], source: CachedSource) -> Iterator[list[ClaimSearch] | None]:
    """The climbs in order, as many together as make one request of new records; ``None`` meanwhile."""
    most = MOST_TOGETHER if source.is_remote else 1
    together: list[ClaimSearch] = []
    wanted: set[Pmid] = set()
    for climb in climbs:
        new = set(source.find_unknown(climb.rungs))
        if together and (len(together) == most or len(wanted | new) > source.profile.fetch_batch):
            yield together
            together, wanted = [], set()
            new = set(source.find_unknown(new))
        together.append(climb)
        wanted |= new
        yield None
    if together:
        yield together


def _narrow_together(climbs: Sequence[ClaimSearch], source: CachedSource) -> None:
    """Search systematic reviews alone where the main search has more than was brought, most hits first.

    As far as the requests of a first run go; a source in the house has no such limit.
    """
    more = sorted((climb for climb in climbs if climb.has_more), key=lambda climb: -climb.runs[0].count)
    if source.is_remote:
        more = more[: _spare_requests(climbs, source)]
    for _ in work_ahead((partial(climb.narrow) for climb in more), source.workers):
        pass


def _spare_requests(climbs: Sequence[ClaimSearch], source: CachedSource) -> int:
    """How many more searches these claims have requests for, with all that they would bring fetched."""
    sent = sum(run.status is not SearchStatus.NOT_SEARCHED for climb in climbs for run in climb.runs)
    wanted = len(set().union(*(source.find_unknown(climb.rungs) for climb in climbs)))
    spare = REQUESTS_PER_CLAIM * len(climbs) - sent
    return max(
        (
            more
            for more in range(spare)
            if more + ceil((wanted + more * climbs[0].limit) / source.profile.fetch_batch) <= spare
        ),
        default=0,
    )
