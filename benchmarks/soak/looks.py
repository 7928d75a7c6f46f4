"""What must hold of a house after anything that was done to it; each look gives what does not, in words."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from benchmarks.soak.grounds import SECRET, SQLITE, Ground
from benchmarks.soak.processes import Run
from claims.records.audit import AuditAction
from reviewer.accounts.sealing import derive_audit_key
from tests.backup.houses import read_rows

# Of these it depends on how often a thing was begun how many there are.
Rows = dict[str, list[Any]]
_PASSING = {
    "audit_entry",
    "audit_link",
    "sign_in",
    "request_budget",
    "request_sent",
    "source_answer",
    "fetched_record",
    "effort",
}
_TRACES = ("Traceback (most recent call last)", "PanicException")
_ACKED = re.compile(r"^acked (\d+) (\S+)$", re.MULTILINE)


def look(ground: Ground, runs: Iterable[Run]) -> Iterator[str]:
    """Every rule that needs no knowledge of what was done."""
    runs = list(runs)
    yield from look_outputs(runs)
    yield from look_pages(ground)
    yield from look_trail(ground)
    rows = read_rows(ground.url)
    yield from look_articles(rows)
    yield from look_grades(rows, runs)


def look_outputs(runs: Iterable[Run]) -> Iterator[str]:
    """Nobody is shown the inside of the program."""
    for run in runs:
        if trace := next((trace for trace in _TRACES if trace in run.read()), ""):
            yield f"{run.name} printed: {trace} … {run.read()[-1000:]}"


def look_pages(ground: Ground) -> Iterator[str]:
    """A SQLite file is sound, and every reference finds its other end; PostgreSQL sees to both itself."""
    if ground.database != SQLITE:
        return
    with closing(sqlite3.connect(ground.home / "konkyo.db")) as reading:
        told = [row[0] for row in reading.execute("PRAGMA integrity_check")]
        if told != ["ok"]:
            yield f"integrity_check: {told[0]}"
        if broken := reading.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign_key_check: {len(broken)} rows"


def look_trail(ground: Ground) -> Iterator[str]:
    """The audit trail is as it was written: what ``konkyo audit verify`` asks."""
    with ground.working() as open_work, open_work() as work:
        checked = work.audit.check(derive_audit_key(SECRET))
    if checked.fault is not None:
        yield f"audit verify: {checked.fault}"


def look_articles(rows: Rows) -> Iterator[str]:
    """No version without claims, no claim without its place, no claim twice at one place."""
    versions = {row.id for row in rows["article_version"]}
    places = Counter(
        (row.version_id, row.start_char, row.end_char) for row in rows["placement"] if row.standing
    )
    if empty := versions - {version for version, _, _ in places}:
        yield f"half an article: version {min(empty)} has no claim"
    if doubled := [place for place, number in places.items() if number > 1]:
        yield f"a claim twice: {doubled[0]}"
    if {row.id for row in rows["claim"]} - {row.claim_id for row in rows["placement"]}:
        yield "a claim that stands nowhere"


def look_grades(rows: Rows, runs: Iterable[Run]) -> Iterator[str]:
    """Each acknowledged grade is stored once, and each stored one has its line in the trail."""
    stored = Counter((row.claim_id, row.comment) for row in rows["assessment"])
    for run in runs:
        for claim, words in _ACKED.findall(run.read()):
            if stored[int(claim), words] != 1:
                yield f"acknowledged grade {words} is there {stored[int(claim), words]} times"
    if doubled := [one for one, number in stored.items() if number > 1 and one[1]]:
        yield f"grade {doubled[0]} is doubled"
    graded = AuditAction.CLAIM_GRADED.value
    told = Counter((row.subject, row.actor) for row in rows["audit_entry"] if row.action == graded)
    for (subject, who), number in Counter(
        (f"claim:{r.claim_id}", r.graded_by) for r in rows["assessment"]
    ).items():
        # The house of an earlier program has a line too many, which its builder wrote.
        if told[subject, who] < number:
            yield f"{number} grades of {who} on {subject}, {told[subject, who]} lines of the trail"


def count_acked(runs: Iterable[Run]) -> int:
    """How many grades were acknowledged."""
    return sum(len(_ACKED.findall(run.read())) for run in runs)


def look_searches(ground: Ground) -> Iterator[str]:
    """No search is left running once all is done, and each claim has one that counts."""
    yield from look_stuck(ground)
    claims = Counter(row.claim_id for row in read_rows(ground.url)["search"])
    if doubled := [claim for claim, number in claims.items() if number > 1]:
        yield f"claim {doubled[0]} was searched twice"


def look_stuck(ground: Ground) -> Iterator[str]:
    """No search is left running once all is done."""
    if running := [row for row in read_rows(ground.url)["search"] if row.status == "running"]:
        yield f"{len(running)} searches are stuck"


def count_rows(ground: Ground) -> dict[str, int]:
    """How many rows each table has, but those of which that depends on what was broken off."""
    return {table: len(rows) for table, rows in read_rows(ground.url).items() if table not in _PASSING}
