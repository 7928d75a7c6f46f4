"""How long the queries of each page take in a house of a million claims, on SQLite or PostgreSQL.

    python -m benchmarks.scale.pages DATABASE_URL [--claims 1000000] [--big 50000] [--rounds 40] [--out FILE]

Fills the database at the address where it is empty (``benchmarks/scale/house.py``), and then loads what each
page loads, each time of another person or article. Prints p50 and p95 in
milliseconds: the processor's time in the queries alone, whatever else the machine does, and by the clock
that of loading the page with its records.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, func, select

from benchmarks.scale.house import (
    CLAIMS_EACH,
    CLAIMS_OF_BIG,
    fill_scale_house,
    name_adjudicator,
    name_reviewer,
)
from benchmarks.scale.results import add_results
from claims.lexicon.lexicon import load_lexicon
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.models import ArticleRow, ClaimRow
from db.unit_of_work import UnitOfWork
from reviewer.workflow.agreeing import load_agreement
from reviewer.workflow.audit_trail import count_trail, load_trail
from reviewer.workflow.board import Chosen, load_board
from reviewer.workflow.due_searches import count_due
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.grading import record_grade
from reviewer.workflow.loading import load_dossiers, load_shown
from reviewer.workflow.my_work import list_articles, load_my_work
from reviewer.workflow.overview import count_articles, list_versions, load_conflicts, load_overview
from reviewer.workflow.queue_lists import WHOLE, QueueList
from reviewer.workflow.queueing import load_queue
from reviewer.workflow.viewing import view_claim

REACH_MS, REACH_AGREEMENT_MS = 20, 1_000
SHOWN_AT_ONCE, SHOWN_OF_PILE, SHOWN_OF_TRAIL, MOST_REACHED = 25, 10, 100, 10_000
# Of an article that is in nobody's way: the claims after these are not graded yet.
_UNGRADED = 80
Load = Callable[[UnitOfWork, int], object]


def main() -> None:
    """Fill, measure, print, keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--big", type=int, default=CLAIMS_OF_BIG)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    engine = open_engine(asked.database_url)
    upgrade_schema(engine)
    with engine.connect() as connection:
        empty = connection.scalar(select(ArticleRow.id).limit(1)) is None
    if empty:
        fill_scale_house(engine, asked.claims, asked.big)
    with engine.connect() as connection:
        articles = connection.scalar(select(func.max(ArticleRow.id))) or 0
        claims = connection.scalar(select(func.max(ClaimRow.id))) or 0
    print(f"{engine.dialect.name}: {claims} claims in {articles} articles")
    watch = _ProcessorTime(engine)
    rows: list[dict[str, float | str]] = []
    for name, (load, rounds) in list_pages(articles, claims, asked.rounds).items():
        times, asked_for = [], []
        for turn in range(rounds):
            watch.seconds = 0.0
            started = time.perf_counter()
            with UnitOfWork(engine) as work:
                load(work, turn)
                times.append(1_000 * (time.perf_counter() - started))
            asked_for.append(1_000 * watch.seconds)
        row = {
            "queries_cpu_ms_p50": _tell_p50(asked_for),
            "queries_cpu_ms_p95": _tell_p95(asked_for),
            "loaded_ms_p50": _tell_p50(times),
            "loaded_ms_p95": _tell_p95(times),
        }
        rows.append({"page": name, **row})
        print(f"{name:30}", *(f"{of} {figure:8.1f} " for of, figure in row.items()), flush=True)
    if asked.out:
        add_results(asked.out, f"pages_{engine.dialect.name}", rows)


def list_pages(articles: int, claims: int, rounds: int) -> dict[str, tuple[Load, int]]:
    """What each page loads, by its name, and how often it is measured."""
    editor = make_person("editor", Role.EDITOR)
    of_big = claims - (claims - (articles - 1) * CLAIMS_EACH) // 2
    turns = count()

    def one(turn: int) -> int:
        return 1 + turn * 37 % (articles - 1)

    def reviewer_of(article: int) -> User:
        return make_person(name_reviewer(2 * article), Role.REVIEWER)

    def grade(work: UnitOfWork, turn: int) -> None:
        claim_id = CLAIMS_EACH * (one(turn) - 1) + _UNGRADED + turn % 15
        grade_one(work, claim_id, reviewer_of(one(turn)))

    def grade_in_big(work: UnitOfWork, turn: int) -> None:
        first = CLAIMS_EACH * (articles - 1)
        grade_one(work, first + CLAIMS_EACH * (next(turns) + 1) + _UNGRADED, reviewer_of(articles))

    def grade_one(work: UnitOfWork, claim_id: int, person: User) -> None:
        at = work.audit.list_entries(limit=1)[0].at
        record_grade(work, claim_id, SupportGrade.CANNOT_JUDGE, "見本", person, at)

    def trail_of(work: UnitOfWork, turn: int) -> object:
        return _load_trail(work, editor, actor=name_reviewer(turn))

    lexicon = load_lexicon()

    def see_queue(work: UnitOfWork, article: int, asked: QueueList = WHOLE) -> object:
        person = reviewer_of(article)
        queue = load_queue(work, article, person, asked, SHOWN_AT_ONCE)
        flags = load_flags(work, load_dossiers(work, queue.claims, person), person)
        return count_due(work, queue.version, queue.counts, "library", lexicon), flags

    def queue_of_big(show: str = "all", sort: str = "article", find: str = "") -> tuple[Load, int]:
        return lambda work, _: see_queue(work, articles, QueueList(show, sort, find)), rounds

    def claim_of(work: UnitOfWork, turn: int) -> object:
        return view_claim(work, CLAIMS_EACH * one(turn) - 50, reviewer_of(one(turn)))

    def claim_in_big(work: UnitOfWork, turn: int) -> object:
        return view_claim(work, of_big + turn, reviewer_of(articles))

    def dossier_of(work: UnitOfWork, turn: int) -> object:
        return load_shown(work, work.claims.get_claim(of_big + turn), reviewer_of(articles))

    judge = make_person(name_adjudicator(1), Role.ADJUDICATOR)
    author, now = make_person("author", Role.AUTHOR), datetime.now(UTC)
    rare = AuditAction.REVIEW_ASSIGNED
    return {
        "articles": (lambda work, _: list_versions(work, editor, 21), rounds),
        "overview, first page": (lambda work, _: _load_overview(work, editor, 0), rounds),
        "overview, last page": (lambda work, _: _load_overview(work, editor, articles - 25), rounds),
        "articles, one row each": (lambda work, _: list_articles(work, editor, 21), rounds),
        "my work, of a reviewer": (
            lambda work, t: load_my_work(work, reviewer_of(one(t)), SHOWN_OF_PILE, now),
            rounds,
        ),
        "my work, of an adjudicator": (lambda work, _: load_my_work(work, judge, SHOWN_OF_PILE, now), rounds),
        "my work, of an author": (lambda work, _: load_my_work(work, author, SHOWN_OF_PILE, now), rounds),
        "my work, of an editor": (lambda work, _: load_my_work(work, editor, SHOWN_OF_PILE, now), rounds),
        "board, under way": (lambda work, _: _load_board(work, editor, Chosen.UNDER_WAY, now), rounds),
        "board, done": (lambda work, _: _load_board(work, editor, Chosen.DONE, now), rounds),
        "what is to be counted": (lambda work, _: work.stages.list_due(SHOWN_AT_ONCE), rounds),
        "conflicts, of the house": (lambda work, _: load_conflicts(work, editor, SHOWN_AT_ONCE), rounds),
        "conflicts, of an adjudicator": (lambda work, _: load_conflicts(work, judge, SHOWN_AT_ONCE), rounds),
        "audit trail": (lambda work, _: _load_trail(work, editor), rounds),
        "audit trail, of a person": (trail_of, rounds),
        "audit trail, of a rare step": (lambda work, _: _load_trail(work, editor, action=rare), rounds),
        "audit trail, of a record": (lambda work, t: _load_trail(work, editor, f"claim:{50 + t}"), rounds),
        "queue of 100": (lambda work, t: see_queue(work, one(t)), rounds),
        "claim of 100": (claim_of, rounds),
        "claim of 50,000": (claim_in_big, rounds),
        "dossier of one of 50,000": (dossier_of, rounds),
        "grade in 100": (grade, rounds),
        "grade in 50,000": (grade_in_big, rounds),
        "agreement of 100": (lambda work, t: load_agreement(work, editor, one(t)), min(rounds, 10)),
        "agreement of 50,000": (lambda work, _: load_agreement(work, editor, articles), min(rounds, 5)),
        "agreement of the house": (lambda work, _: load_agreement(work, editor), min(rounds, 5)),
        "queue of 50,000": queue_of_big(),
        "queue of 50,000, worst first": queue_of_big(sort="worst"),
        "queue of 50,000, most papers first": queue_of_big(sort="papers"),
        "queue of 50,000, best evidence first": queue_of_big(sort="level"),
        "queue of 50,000, what waits": queue_of_big("open"),
        "queue of 50,000, what is done, worst first": queue_of_big("graded", "worst"),
        "queue of 50,000, by words": queue_of_big(find="毛包 42%"),
    }


class _ProcessorTime:
    """The processor's time in the statements of an engine: in SQLite here, in PostgreSQL by its process.

    Unlike the clock it does not tell what else the machine does. A server elsewhere counts as 0; rows
    that SQLite finds while they are fetched are left out.
    """

    def __init__(self, engine: Engine) -> None:
        self.seconds = 0.0
        self._began = 0.0
        self._is_sqlite = engine.dialect.name == "sqlite"
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def _begin(self, connection: Connection, *_: object) -> None:
        self._began = self._read(connection)

    def _end(self, connection: Connection, *_: object) -> None:
        self.seconds += self._read(connection) - self._began

    def _read(self, connection: Connection) -> float:
        if self._is_sqlite:
            return time.process_time()
        driver: Any = connection.connection.driver_connection
        told = Path(f"/proc/{driver.info.backend_pid}/schedstat")
        return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def _tell_p50(times: list[float]) -> float:
    return round(statistics.median(times), 1)


def _tell_p95(times: list[float]) -> float:
    return round(sorted(times)[min(len(times) - 1, int(0.95 * len(times)))], 1)


def make_person(name: str, role: Role) -> User:
    """Somebody of the house that was filled."""
    return User(1, name, name, (role,), qualification="Sample")


def _load_board(work: UnitOfWork, editor: User, chosen: Chosen, now: datetime) -> object:
    return load_board(work, editor, chosen, now.date(), SHOWN_AT_ONCE)


def _load_overview(work: UnitOfWork, editor: User, skip: int) -> object:
    return count_articles(work, editor), load_overview(work, editor, SHOWN_AT_ONCE, skip)


def _load_trail(
    work: UnitOfWork, editor: User, subject: str = "", *, actor: str = "", action: AuditAction | None = None
) -> object:
    found = load_trail(work, editor, subject, SHOWN_OF_TRAIL, actor=actor, action=action)
    return count_trail(work, editor, MOST_REACHED, subject, actor=actor, action=action), found


if __name__ == "__main__":
    main()
