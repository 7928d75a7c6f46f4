"""How a house of a million claims is brought from an earlier schema to this one, and what a kill leaves.

    python -m benchmarks.scale.upgrade DATABASE_URL [--claims 1000000] [--big 50000] [--former 0030]
        [--kill-after SECONDS ...]

Fills the empty database at the address with the schema ``--former``, upgrades it in a process that is killed
after each of these times (kill -9), and then to the end. Prints how long that took, by the clock and of a
processor, the most memory that the process and the database's own (where it is on this machine) had at once,
and what it comes to with a million claims, in proportion. Ends with 1 where a row is gone or changed that
people wrote, or a claim is counted wrongly.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, inspect, select, text

from benchmarks.scale.house import CLAIMS_OF_BIG, count_beside, write_house
from benchmarks.scale.results import Row
from db.engine import open_engine
from db.migrations import find_head, find_revision, upgrade_schema
from db.migrations.upgrading import migrate
from db.models import ClaimRow, VersionRow
from db.unit_of_work import UnitOfWork

MILLION, MEGABYTE = 1_000_000, 1_000_000
# A server hears that nobody waits for it when its statement is over: one that counts a million claims takes
# minutes.
MOST_WAITED = 1_800.0
# So many versions are counted anew afterwards, the largest among them.
_LOOKED_AT = 50
# Counted of the others, and so made anew.
_COUNTS = frozenset({"claim_tally", "open_grade", "claim_words"})


class _Took(NamedTuple):
    """How an upgrade went: whether it was killed; its time by the clock and of a processor, its memory."""

    killed: bool
    seconds: float
    cpu_seconds: float
    process_megabytes: float
    database_megabytes: float


def main() -> None:
    """Fill, upgrade, kill, look, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument("--claims", type=int, default=MILLION)
    parser.add_argument("--big", type=int, default=CLAIMS_OF_BIG)
    parser.add_argument("--former", default="0030")
    parser.add_argument("--kill-after", type=float, nargs="*", default=())
    asked = parser.parse_args()
    row, faults = measure_upgrade(asked.database_url, asked.claims, asked.big, asked.former, asked.kill_after)
    print("  ".join(f"{name} {figure}" for name, figure in row.items()), dict(faults), flush=True)
    sys.exit(1 if faults else 0)


def measure_upgrade(
    url: str, claims: int, big: int, former: str, kill_after: Sequence[float] = ()
) -> tuple[Row, Counter[str]]:
    """How the upgrade from the schema ``former`` to its end went, and what was wrong, by how often."""
    engine = open_engine(url)
    with engine.begin() as connection:
        is_empty = find_revision(connection) is None
        if is_empty:
            migrate(connection, former)
    if is_empty:
        started = time.perf_counter()
        write_house(engine, claims, big)
        print(f"filled in {time.perf_counter() - started:.0f} s", flush=True)
    with engine.connect() as connection:
        held = connection.scalar(select(func.count()).select_from(ClaimRow)) or 0
    before, faults = _sum_up(engine), Counter[str]()
    for seconds in kill_after:
        print(f"killed after {seconds:g} s:", _upgrade(engine, url, seconds), flush=True)
        faults["changed by a kill"] += len(_tell_difference(before, _sum_up(engine)))
    load = os.getloadavg()[0]
    took = _upgrade(engine, url)
    print(took, f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after", flush=True)
    faults["changed"] += len(_tell_difference(before, _sum_up(engine)))
    count_beside(engine)
    faults["counted wrongly"] += _recount_some(engine)
    row: Row = {
        "database": engine.dialect.name,
        "claims": held,
        "former": former,
        "seconds": round(took.seconds, 1),
        "cpu_seconds": round(took.cpu_seconds, 1),
        "cpu_seconds_a_million": round(took.cpu_seconds * MILLION / held, 1),
        "process_megabytes": round(took.process_megabytes),
        "database_megabytes": round(took.database_megabytes),
        "faults": sum(faults.values()),
    }
    engine.dispose()
    return row, +faults


def _upgrade(engine: Engine, url: str, kill_after: float | None = None) -> _Took:
    """Upgrade in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(url,))
    started, own, theirs = time.perf_counter(), 0.0, 0.0
    worked: dict[int, float] = {}
    process.start()
    while process.is_alive():
        process.join(0.5)
        servers = _list_servers(engine)
        own, theirs = max(own, _measure(process.pid)), max(theirs, sum(map(_measure, servers)))
        for pid in (process.pid or 0, *servers):
            worked[pid] = max(worked.get(pid, 0.0), _time(pid))
        if kill_after is not None and time.perf_counter() - started > kill_after:
            process.kill()
            process.join()
            break
    seconds = time.perf_counter() - started
    wait_for_servers(lambda: _list_servers(engine))
    with engine.connect() as connection:
        is_done = find_revision(connection) == find_head()
    if is_done == (process.exitcode != 0):
        raise RuntimeError(f"ended with {process.exitcode}, at the newest schema: {is_done}")
    return _Took(not is_done, seconds, sum(worked.values()), own, theirs)


def wait_for_servers(
    list_servers: Callable[[], Sequence[int]], most: float = MOST_WAITED, pause: float = 0.5
) -> None:
    """Return once PostgreSQL works for nobody else: of a dead client it hears with its next word to it.

    Raises ``TimeoutError`` where it has not within ``most`` seconds.
    """
    until = time.monotonic() + most
    while servers := list_servers():
        if time.monotonic() > until:
            raise TimeoutError(
                f"after {most:g} s PostgreSQL still works for a client that is gone, in the processes"
                f" {', '.join(map(str, servers))}; end them by pg_terminate_backend and begin anew"
            )
        time.sleep(pause)


def _run(url: str) -> None:
    upgrade_schema(open_engine(url))


def _measure(pid: int | None) -> float:
    """The memory that the process has for itself, in megabytes; 0 where it is gone or elsewhere."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(told.get("RssAnon", "0 kB").split()[0]) * 1024 / MEGABYTE


def _time(pid: int) -> float:
    """The processor's time that the process took so far; 0 where it is gone or elsewhere."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _list_servers(engine: Engine) -> tuple[int, ...]:
    """The processes of PostgreSQL that work for others than ourselves in this database."""
    if engine.dialect.name == "sqlite":
        return ()
    others = (
        "datname = current_database() AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'"
    )
    with engine.connect() as connection:
        return tuple(connection.scalars(text(f"SELECT pid FROM pg_stat_activity WHERE {others}")))


def _sum_up(engine: Engine) -> dict[str, tuple[int, ...]]:
    """Of each table that holds more than counts how many rows there are, and the sum of their numbers."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        names = sorted(set(inspect(connection).get_table_names()) - _COUNTS - {"alembic_version"})
        return {name: _sum_up_table(connection, name) for name in names}


def _sum_up_table(connection: Connection, name: str) -> tuple[int, ...]:
    told = "count(*)"
    if connection.dialect.name == "postgresql":
        # A column that is empty counts as none: a later schema has more of them.
        row = f'jsonb_strip_nulls(to_jsonb("{name}"))'
        told += f", coalesce(sum(hashtextextended({row}::text, 0)), 0)"
    return tuple(connection.execute(text(f'SELECT {told} FROM "{name}"')).one())


def _tell_difference(before: dict[str, tuple[int, ...]], now: dict[str, tuple[int, ...]]) -> list[str]:
    """The tables that are not as they were; one that is new has no row."""
    nothing = {name: tuple(0 for _ in sums) for name, sums in now.items()}
    differ = [name for name, sums in sorted((nothing | before).items()) if sums != now.get(name)]
    for name in differ:
        print(f"{name}: {before.get(name)}, now {now.get(name)}", flush=True)
    return differ


def _recount_some(engine: Engine) -> int:
    """How many rows of some versions were not as they are counted by themselves."""
    with engine.connect() as connection:
        versions = connection.scalars(select(VersionRow.id).order_by(VersionRow.id)).all()
    wrong = 0
    for version_id in (*versions[: -1 : max(1, len(versions) // _LOOKED_AT)], versions[-1]):
        with UnitOfWork(engine) as work:
            wrong += work.tallies.recount(version_id)
    return wrong


if __name__ == "__main__":
    main()
