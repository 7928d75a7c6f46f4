"""What is killed in the middle, what is done afterwards, and what must be there then."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from random import Random

from benchmarks.soak.building import BUILDS, OLD_GRADES
from benchmarks.soak.grounds import POSTGRESQL, SQLITE, Ground, Grounds
from benchmarks.soak.looks import count_acked, count_rows, look, look_searches
from benchmarks.soak.processes import Run, start
from claims.errors import KonkyoError
from claims.library import Library
from claims.records.assessment import Settlement
from reviewer.backup.archive import open_archive
from tests.backup.houses import read_rows

LEASE_SECONDS = 3.0
BOTH = (SQLITE, POSTGRESQL)
Look = Callable[[Ground], Iterator[str]]
_GRADER = "benchmarks.soak.grader"
# Of the time that the work takes undisturbed, its last part being the process's own end.
_LATEST = 0.8


@dataclass(frozen=True)
class Job:
    """Work that is killed: the house it is done in, its processes, and what must be true when it was resumed.

    ``once_killed`` is looked at before anything is resumed. ``{home}`` and ``{texts}`` stand for folders.
    """

    name: str
    house: str
    commands: tuple[str, ...]
    databases: Sequence[str] = BOTH
    module: str = "benchmarks.soak.worker"
    pause_seconds: float = 0.0
    once_killed: Look | None = None
    at_the_end: Look | None = None


@dataclass(frozen=True)
class Round:
    """What came of one round: processes killed at work, grades acknowledged, and what is wrong."""

    killed: int
    acked: int
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Undisturbed:
    """The same work when nobody is killed: how long it takes, and how many rows there are then."""

    seconds: float
    rows: dict[str, int]


def look_report(ground: Ground) -> Iterator[str]:
    """The file is whole or not there, and the trail tells of it."""
    file = ground.home / "report.csv"
    if not file.exists():
        return
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if not any(digest in str(row.details) for row in read_rows(ground.url)["audit_entry"]):
        yield "a report of which the trail does not tell, or half of one"


def look_report_there(ground: Ground) -> Iterator[str]:
    """The report is there, and nothing half beside it."""
    yield from look_report(ground)
    files = {file.name for file in ground.home.glob("report*")}
    if files != {"report.csv"}:
        yield f"files of the report: {sorted(files)}"


def look_library(ground: Ground) -> Iterator[str]:
    """Every record is there once, and nothing else of the import."""
    records = Library(ground.home / "library").count()
    if records != 4_500:
        yield f"{records} records in the library instead of 4500"
    if (ground.home / "library" / "spool").exists() or (ground.home / "library" / "unfinished").exists():
        yield "the import left its spool or its mark"


def look_backup(ground: Ground) -> Iterator[str]:
    """A file of that name is whole: what ``konkyo restore`` asks first."""
    file = ground.home / "x.backup"
    try:
        if file.exists():
            with open_archive(file) as archive:
                archive.verify()
    except KonkyoError as error:
        yield f"half a backup: {error.code}"


def look_backup_there(ground: Ground) -> Iterator[str]:
    """The backup is there and whole, and no part of another."""
    yield from look_backup(ground)
    if {file.name for file in ground.home.glob("x*")} != {"x.backup"}:
        yield "the backup is missing, or a part is left"


def look_restored(ground: Ground) -> Iterator[str]:
    """The house is the one of the backup, and nothing half is left."""
    if len(read_rows(ground.url)["article_version"]) != 1:
        yield "the article that came after the backup is still there"
    if left := [file.name for file in ground.home.iterdir() if file.name.endswith(".restoring")]:
        yield f"left behind: {left}"


def look_all_graded(ground: Ground) -> Iterator[str]:
    """Each claim has a grade of both."""
    rows = read_rows(ground.url)
    graded = {(row.claim_id, row.graded_by) for row in rows["assessment"]}
    if missing := [c.id for c in rows["claim"] if not {(c.id, "a"), (c.id, "b")} <= graded]:
        yield f"claim {missing[0]} lacks a grade: {Settlement.AGREED.value} was not reached"


def look_former_kept(ground: Ground) -> Iterator[str]:
    """What the house of before had is there, and a whole copy of its file is beside it."""
    if len(read_rows(ground.url)["assessment"]) != OLD_GRADES:
        yield "a grade from before the upgrade is missing"
    if ground.database == SQLITE and len(list(ground.home.glob("konkyo.db.schema-*Z"))) < 1:
        yield "no copy of before the upgrade"


JOBS = (
    Job("ingest", "nothing", ("ingest {texts}/long.md",)),
    Job(
        "search",
        "article",
        ("search 1 --source pubmed",),
        pause_seconds=LEASE_SECONDS + 0.5,
        at_the_end=look_searches,
    ),
    Job(
        "grading by four",
        "clinic",
        ("a once", "b once", "a once", "b once"),
        module=_GRADER,
        at_the_end=look_all_graded,
    ),
    Job(
        "export",
        "large clinic",
        ("report 1 --out {home}/report.csv",),
        once_killed=look_report,
        at_the_end=look_report_there,
    ),
    Job(
        "library import",
        "nothing",
        ("library import {texts}/pubmed26n0001.xml {texts}/pubmed26n0002.xml {texts}/pubmed26n0003.xml",),
        databases=(SQLITE,),
        at_the_end=look_library,
    ),
    Job(
        "backup",
        "large clinic",
        ("backup --replace {home}/x.backup",),
        once_killed=look_backup,
        at_the_end=look_backup_there,
    ),
    Job("restore", "backed up", ("restore --replace {home}/x.backup",), at_the_end=look_restored),
    Job("migration", "old", ("ingest {texts}/article.md",), at_the_end=look_former_kept),
)


class Killing:
    """Rounds of kills in the houses of ``grounds``; what was measured undisturbed is measured once."""

    def __init__(self, grounds: Grounds, random: Random, settings: dict[str, str]) -> None:
        self._grounds, self._random, self._settings = grounds, random, settings
        self._undisturbed: dict[tuple[str, str], Undisturbed] = {}

    def run(self, job: Job, database: str) -> Round:
        """One round: begin, kill at random moments, look, do it again to the end, look."""
        known = self._undisturbed.get((job.name, database)) or self.measure(job, database)
        with self._lay(job, database) as ground:
            runs = self._begin(job, ground)
            began, killed = time.monotonic(), 0
            moments = sorted((self._random.uniform(0, _LATEST * known.seconds), n) for n in range(len(runs)))
            for moment, number in moments:
                time.sleep(max(0.0, began + moment - time.monotonic()))
                killed += runs[number].kill()
            wrong = [f"{run.name} left a process" for run in runs if run.has_children()]
            if job.house != "old":
                wrong += look(ground, runs)
            wrong += job.once_killed(ground) if job.once_killed else ()
            time.sleep(job.pause_seconds)
            runs += self._finish(job, ground, wrong)
            wrong += look(ground, runs)
            wrong += job.at_the_end(ground) if job.at_the_end else ()
            if job.module != _GRADER and (rows := count_rows(ground)) != known.rows:
                wrong.append(f"rows: {set(rows.items()) ^ set(known.rows.items())}")
            return Round(killed, count_acked(runs), tuple(wrong))

    def measure(self, job: Job, database: str) -> Undisturbed:
        """The work done to its end; raises ``AssertionError`` where even that is not as it should be."""
        with self._lay(job, database) as ground:
            wrong: list[str] = []
            runs = self._begin(job, ground)
            began = time.monotonic()
            codes = [run.end() for run in runs]
            seconds = time.monotonic() - began
            wrong += look(ground, runs)
            wrong += job.at_the_end(ground) if job.at_the_end else ()
            assert (wrong, any(codes)) == ([], False), (job.name, codes, wrong, [r.read() for r in runs])
            known = Undisturbed(seconds, count_rows(ground))
        self._undisturbed[job.name, database] = known
        return known

    def _lay(self, job: Job, database: str) -> AbstractContextManager[Ground]:
        return self._grounds.lay(database, job.house, BUILDS[job.house])

    def _begin(self, job: Job, ground: Ground) -> list[Run]:
        with_settings = ground.set(**self._settings)
        places = {"home": str(ground.home), "texts": str(ground.home.parent)}
        runs = [
            start(with_settings, command.format(**places).split(), job.module) for command in job.commands
        ]
        for run in runs:
            run.wait_ready()
        return runs

    def _finish(self, job: Job, ground: Ground, wrong: list[str]) -> list[Run]:
        runs = self._begin(job, ground)
        wrong += [
            f"{run.name} again: exit code {run.process.returncode}, {run.read()[-300:]}"
            for run in runs
            if run.end()
        ]
        return runs
