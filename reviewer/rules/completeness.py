"""Whether a claim's searches brought all that they found; until then, what is absent says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.records.finding import Finding
from claims.records.retrieval import SearchRun, SearchStatus


@dataclass(frozen=True, slots=True)
class Lost:
    """Hits that did not come, as their searches' warnings tell them.

    ``repeated``: a search asked the same before, and the same did not come then either.
    """

    warnings: tuple[str, ...] = ()
    repeated: bool = False


def list_standing(runs: Sequence[SearchRun]) -> tuple[SearchRun, ...]:
    """The runs that the claim rests on: of its latest whole search and those asked for beside it.

    Of a query that was sent several times the latest.
    """
    latest = max((run.search_id for run in runs if not run.beside), default=0)
    return tuple({run.query: run for run in runs if run.beside or run.search_id == latest}.values())


def find_lost(runs: Sequence[SearchRun], findings: Iterable[Finding]) -> Lost:
    """What the claim's searches found and did not bring; what came by another search is not lost."""
    came = {finding.pmid for finding in findings}
    lost = [
        (run, loss) for run in list_standing(runs) for loss in run.losses if _what_is_lost(loss) not in came
    ]
    repeated = all(_was_lost_before(run, loss, runs) for run, loss in lost)
    return Lost(tuple(dict.fromkeys(loss for _, loss in lost)), bool(lost) and repeated)


def list_unanswered(runs: Sequence[SearchRun]) -> tuple[SearchRun, ...]:
    """The runs of the latest whole search that got no answer, but for queries that the source refused."""
    return tuple(
        run
        for run in list_standing(runs)
        if run.status is SearchStatus.FAILED and not (run.beside or run.losses or _is_refused(run))
    )


def is_complete(runs: Sequence[SearchRun], findings: Iterable[Finding]) -> bool:
    """Whether another search of the claim has nothing to make up for."""
    whole = [run for run in runs if not run.beside]
    return not (find_lost(whole, findings).warnings or list_unanswered(whole))


def _is_refused(run: SearchRun) -> bool:
    """Whether asking the same again cannot help."""
    return run.failure.startswith("query_") or run.failure == "source_refused_query"


def _what_is_lost(loss: str) -> str:
    """The PMID that a loss names, or the number of those that it cannot name."""
    return loss.partition(": ")[2].partition(" ")[0]


def _was_lost_before(run: SearchRun, loss: str, runs: Iterable[SearchRun]) -> bool:
    return any(
        _what_is_lost(loss) in map(_what_is_lost, other.losses)
        for other in runs
        if other.query == run.query and other.search_id < run.search_id
    )
