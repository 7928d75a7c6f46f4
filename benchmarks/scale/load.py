"""Many reviewers at once: every grade that was acknowledged is there exactly once, and how long each waited.

    python -m benchmarks.scale.load DATABASE_URL [--people 50] [--seconds 300] [--every 5] [--out FILE]

Works in a house of ``benchmarks/scale/pages.py``. Each person opens the next claim of their own articles and
grades it, as the room does, every so many seconds (0: without a pause). Ends with 1 where a grade that was
acknowledged is missing or there twice, has no line in the trail or more than one, or was counted wrongly.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Engine, select

from benchmarks.scale.house import REVIEWERS, name_reviewer
from benchmarks.scale.results import add_results
from claims.errors import KonkyoError
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from db.among import among
from db.engine import open_engine
from db.models import AssessmentRow, AuditRow, TallyRow
from db.unit_of_work import UnitOfWork
from reviewer.workflow.grading import record_grade
from reviewer.workflow.viewing import view_claim

_ARTICLES_EACH, _OF_PAIR = 20, REVIEWERS // 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of a person: what was told of it, and how long it took to open the claim and to grade it."""

    name: str
    claim_id: int
    refused: str
    opened_ms: float
    graded_ms: float


def main() -> None:
    """Work, look at what is stored, print, keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    engine = open_engine(asked.database_url)
    servers = os.cpu_count() or 1
    shares = [range(server, asked.people, servers) for server in range(servers)]
    work = partial(_serve, asked.database_url, asked.seconds, asked.every)
    with multiprocessing.get_context("spawn").Pool(servers) as pool:
        steps = [step for served in pool.map(work, shares) for step in served]
    told = [step for step in steps if not step.refused]
    refusals = Counter(step.refused for step in steps if step.refused)
    faults = _look(engine, told)
    row: dict[str, float | str] = {
        "database": engine.dialect.name,
        "people": asked.people,
        "seconds": asked.seconds,
        "every_seconds": asked.every,
        # Of the last five minutes: what else shared the machine.
        "load_average": round(os.getloadavg()[1], 1),
        "acknowledged": len(told),
        "lost_or_doubled": sum(faults.values()),
        "refused": ", ".join(f"{code} {times}" for code, times in refusals.items()),
        **_tell("open", [step.opened_ms for step in told]),
        **_tell("grade", [step.graded_ms for step in told]),
    }
    print("  ".join(f"{name} {figure}" for name, figure in row.items()), dict(faults), flush=True)
    if asked.out:
        add_results(asked.out, f"load_{engine.dialect.name}", [row])
    sys.exit(1 if sum(faults.values()) else 0)


def _serve(url: str, seconds: float, every: float, people: range) -> list[Asked]:
    """What the people of one server did, each in a thread of their own."""
    engine = open_engine(url, connections=len(people) + 1)
    steps: list[Asked] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=_review, args=(engine, n, until, every, steps)) for n in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return steps


def _review(engine: Engine, number: int, until: float, every: float, steps: list[Asked]) -> None:
    name, random = name_reviewer(number), Random(number)
    person = User(1, name, name, (Role.REVIEWER,), qualification="Sample")
    claims = _list_claims(engine, number)
    time.sleep(random.uniform(0, every))
    while time.monotonic() < until and (claim_id := next(claims, None)) is not None:
        refused = ""
        started = opened = time.perf_counter()
        try:
            with UnitOfWork(engine, for_reading=True) as work:
                view_claim(work, claim_id, person)
            opened = time.perf_counter()
            with UnitOfWork(engine) as work:
                record_grade(work, claim_id, SupportGrade.CANNOT_JUDGE, "sample", person, datetime.now(UTC))
        except KonkyoError as error:
            refused = error.code
        ended = time.perf_counter()
        steps.append(Asked(name, claim_id, refused, 1_000 * (opened - started), 1_000 * (ended - opened)))
        time.sleep(max(0.0, every * random.uniform(0.5, 1.5) - (ended - started)))


def _list_claims(engine: Engine, number: int) -> Iterator[int]:
    """Claims of the person's articles that nobody has graded; who shares them takes every other one."""
    pair, half = number // 2 % _OF_PAIR, number % 2
    articles = [_OF_PAIR * turn + pair for turn in range(1, _ARTICLES_EACH)]
    with engine.connect() as connection:
        ungraded = (
            select(TallyRow.claim_id)
            .where(among(TallyRow.version_id, articles), TallyRow.status == ClaimStatus.EXTRACTED)
            .order_by(TallyRow.claim_id)
        )
        found = connection.scalars(ungraded).all()
    return iter([claim_id for claim_id in found if claim_id % 2 == half])


def _look(engine: Engine, told: list[Asked]) -> Counter[str]:
    """What is wrong with what is stored, by how often."""
    faults: Counter[str] = Counter()
    ids = sorted({step.claim_id for step in told})
    with UnitOfWork(engine) as work, engine.connect() as connection:
        grades = select(AssessmentRow.claim_id, AssessmentRow.graded_by).where(
            among(AssessmentRow.claim_id, ids)
        )
        stored = Counter((claim_id, name) for claim_id, name in connection.execute(grades))
        told_of = select(AuditRow.subject, AuditRow.actor).where(
            among(AuditRow.subject, [f"claim:{claim_id}" for claim_id in ids]),
            AuditRow.action == AuditAction.CLAIM_GRADED,
        )
        lines = Counter((subject, name) for subject, name in connection.execute(told_of))
        of_claims = select(TallyRow.version_id).where(among(TallyRow.claim_id, ids)).distinct()
        for version_id in connection.scalars(of_claims).all():
            faults["counted wrongly"] += work.tallies.recount(version_id)
    for step in told:
        faults["lost"] += stored[(step.claim_id, step.name)] == 0
        faults["doubled"] += stored[(step.claim_id, step.name)] > 1
        faults["not one line"] += lines[(f"claim:{step.claim_id}", step.name)] != 1
    return +faults


def _tell(name: str, times: list[float]) -> dict[str, float | str]:
    if not times:
        return {}
    ordered = sorted(times)
    return {
        f"{name}_ms_p50": round(statistics.median(ordered), 1),
        f"{name}_ms_p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
        f"{name}_ms_max": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
