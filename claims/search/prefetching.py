"""Slow questions asked ahead of who reads the answers, as many at a time as make sense."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, copy_context
from typing import TypeVar

from claims.search.priority import PLACE
from claims.search.stopping import STOP, Stop

Answer = TypeVar("Answer")

# Who reads the answers has other work too: the workers have this many rounds to do meanwhile.
_ROUNDS_AHEAD = 3


def work_ahead(jobs: Iterable[Callable[[], Answer] | None], workers: int) -> Iterator[Answer]:
    """What the jobs return, in their order; up to ``workers`` of them run at a time, begun in their order.

    ``None`` in place of a job: there is none yet, and answers that are ready can be read meanwhile. Jobs are
    made in the reader's thread; one worker needs no other, and does each job when its answer is read. What a
    job raises comes in its place. Leaving before the end drops the jobs not yet begun and gives up those that
    run: what waits in them ends at once, but for a connection that is only being made.
    """
    if workers == 1:
        yield from (job() for job in jobs if job is not None)
        return
    pool = ThreadPoolExecutor(workers)
    begun: deque[Future[Answer]] = deque()
    given, is_over = STOP.get(), False
    stop = given or Stop()
    try:
        for job in jobs:
            if job is not None:
                begun.append(pool.submit(_context_under(stop).run, job))
            while begun and (begun[0].done() or len(begun) > workers * _ROUNDS_AHEAD):
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
        is_over = True
    finally:
        if given is None and not is_over:
            stop.set()
        pool.shutdown(cancel_futures=True)


def _context_under(stop: Stop) -> Context:
    context = copy_context()
    context.run(STOP.set, stop)
    return context


def in_order(jobs: Iterable[Callable[[], Answer]]) -> Iterator[Callable[[], Answer]]:
    """The jobs, each less urgent than those before it, and all less than what is no job of a row."""
    for place, job in enumerate(jobs, start=1):
        yield _placed(job, place)


def _placed(job: Callable[[], Answer], place: int) -> Callable[[], Answer]:
    def in_its_place() -> Answer:
        PLACE.set(place)
        return job()

    return in_its_place
