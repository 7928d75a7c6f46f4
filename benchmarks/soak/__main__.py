"""Faults done to a working house, and what came of them.

    python -m benchmarks.soak [--short] [--seed N] [--rounds N] [--only NAME] [--results FILE]

``--rounds`` are those of kill -9, half on each database. ``--short`` takes less than a minute. ``--only``:
the jobs and faults whose names have that in them. ``--results``: a file to which each result is added as
a line of JSON, of which ``python -m benchmarks.soak.figures FILE`` makes ``docs/reliability.md``. Exit code 1
when anything was not as it should be. Everything else lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from secrets import randbelow
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from benchmarks.soak.building import list_articles, write_texts
from benchmarks.soak.faults import FAULTS
from benchmarks.soak.figures import Results
from benchmarks.soak.grounds import POSTGRESQL, SQLITE, Grounds, PostgreSQL
from benchmarks.soak.kills import JOBS, LEASE_SECONDS, Job, Killing
from benchmarks.soak.scene import Scene
from tests.entrez_server import EntrezServer

ROUNDS, SHORT_ROUNDS = 100, 4
LONG_SECONDS, SHORT_SECONDS = 120.0, 6.0
MOST_AT_ONCE = 6


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=randbelow(1_000_000))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--only", default="")
    parser.add_argument("--results", type=Path)
    chosen = parser.parse_args()
    folder = Path(mkdtemp(prefix="konkyo-soak-"))
    results = Results(chosen.results, chosen.seed)
    server = PostgreSQL(folder / "postgresql")
    try:
        (folder / "houses").mkdir()
        write_texts(folder / "houses")
        grounds = Grounds(folder / "houses", server.url)
        rounds = chosen.rounds if chosen.rounds is not None else SHORT_ROUNDS if chosen.short else ROUNDS
        run_kills(grounds, results, rounds, chosen.only)
        scene = Scene(grounds, server, Random(chosen.seed), SHORT_SECONDS if chosen.short else LONG_SECONDS)
        run_faults(scene, results, chosen.short, chosen.only)
    finally:
        server.close()
        rmtree(folder, ignore_errors=True)
    return 1 if results.wrong else 0


def run_kills(grounds: Grounds, results: Results, rounds: int, only: str) -> None:
    """So many rounds in all, both databases beside each other, the jobs of each in turn."""
    with EntrezServer(list_articles(), delay_seconds=0.02) as entrez:
        settings = {
            "KONKYO_ENTREZ_URL": entrez.base_url,
            "NCBI_EMAIL": "nobody@example.org",
            "NCBI_API_KEY": "0" * 36,
            "KONKYO_SOAK_LEASE": str(LEASE_SECONDS),
        }

        def run(database: str) -> None:
            killing = Killing(grounds, Random(f"{results.seed} {database}"), settings)
            jobs = [job for job in JOBS if database in job.databases and only in job.name]
            for job in islice(cycle(jobs), rounds // 2 if jobs else 0):
                results.add("kill", job.name, database, partial(_run_round, killing, job, database))

        _beside_each_other(run, (SQLITE, POSTGRESQL))


def run_faults(scene: Scene, results: Results, short: bool, only: str) -> None:
    """Every fault once on each database that can have it, those that wait for minutes beside each other."""
    chosen = [fault for fault in FAULTS if only in fault.name and (fault.is_short or not short)]
    for alone in (fault for fault in chosen if not fault.beside_others):
        for database in alone.databases:
            results.add("fault", alone.name, database, partial(alone.run, scene, database))
    pairs = [(fault, database) for fault in chosen if fault.beside_others for database in fault.databases]
    _beside_each_other(
        lambda pair: results.add("fault", pair[0].name, pair[1], partial(pair[0].run, scene, pair[1])),
        pairs,
    )


def _run_round(killing: Killing, job: Job, database: str) -> dict[str, Any]:
    return asdict(killing.run(job, database))


def _beside_each_other(run: Callable[[Any], None], of: Iterable[Any]) -> None:
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        for running in [pool.submit(run, one) for one in of]:
            running.result()


if __name__ == "__main__":
    sys.exit(main())
