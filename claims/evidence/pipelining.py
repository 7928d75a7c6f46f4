"""Slow questions asked ahead of who reads the answers, as many at a time as make sense."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")

# Who reads the answers also fetches and ranks: the workers have this many rounds to do meanwhile.
_ROUNDS_AHEAD = 3


def work_ahead(jobs: Iterable[Callable[[], Answer]], workers: int) -> Iterator[Answer]:
    """What the jobs return, in their order; up to ``workers`` of them run at a time, begun in their order.

    The jobs themselves are made in the reader's thread. One worker needs no thread: each job is done when its
    answer is read. What a job raises comes in its place. Closing waits for those that run and drops the rest.
    """
    if workers == 1:
        yield from (job() for job in jobs)
        return
    pool = ThreadPoolExecutor(workers)
    begun: deque[Future[Answer]] = deque()
    try:
        for job in jobs:
            begun.append(pool.submit(job))
            if len(begun) > workers * _ROUNDS_AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
