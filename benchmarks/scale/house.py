"""A house of a million claims in minutes: rows written past the workflow, every record a sample.

Articles of ``CLAIMS_EACH`` claims, and a last one of ``CLAIMS_OF_BIG``: all searched, and reviewed by people
who are planned for it. Of a hundred claims sixty are settled by two and twelve wait for a second grade; one
in ten articles has a conflict.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from claims.records.article import Block, BlockKind, text_hash
from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.records.record_json import to_json
from claims.records.retrieval import Rung, SearchStatus
from claims.text.wording import digest_wording
from db.base import write_json
from db.repositories.citations import CitationRepository
from db.repositories.known_claims import KnownClaimRepository
from db.repositories.stages import StageRepository
from db.repositories.tallies import TallyRepository
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from tests.factories import make_audit_entry, make_citation, make_claim, make_finding, make_plan, make_pmid

CLAIMS_EACH, CLAIMS_OF_BIG, REVIEWERS, ADJUDICATORS, CITATIONS = 100, 50_000, 50, 5, 2_000
PASSWORD = "amber-orchard-47-velvet"
_AT = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
_ARTICLES_AT_A_TIME = 100
_TYPES = tuple(ClaimType)
_GRADES = tuple(SupportGrade)
Row: TypeAlias = tuple[Any, ...]


def name_reviewer(number: int) -> str:
    """The account of a reviewer, counted from 0."""
    return f"reviewer-{number % REVIEWERS:02}"


def name_adjudicator(number: int) -> str:
    """The account of an adjudicator, counted from 0."""
    return f"adjudicator-{number % ADJUDICATORS}"


def fill_scale_house(engine: Engine, claims: int, big: int = CLAIMS_OF_BIG) -> int:
    """Fill the empty house with about so many claims; the number of its big version, which is the last."""
    _add_people(engine)
    last = write_house(engine, claims, big)
    started, worked = time.perf_counter(), time.process_time()
    with Session(engine) as session:
        _take_time(session)
        TallyRepository(session).fill()
        session.commit()
    count_beside(engine)
    took, ours = time.perf_counter() - started, time.process_time() - worked
    print(f"counted at once: {took:.1f} s by the clock, {ours:.1f} s of this process", flush=True)
    return last


def write_house(engine: Engine, claims: int, big: int = CLAIMS_OF_BIG) -> int:
    """As ``fill_scale_house``, with nothing counted and no accounts, in a house of this schema or one before.

    Nothing is signed: the chain of the trail binds columns that an earlier schema does not have.
    """
    _add_citations(engine)
    articles = max(1, (claims - big) // CLAIMS_EACH)
    rows = _Rows(engine)
    with engine.begin() as connection:
        for number in range(1, articles + 1):
            rows.add_article(number, CLAIMS_EACH)
            if number % _ARTICLES_AT_A_TIME == 0:
                rows.write(connection)
        rows.add_article(articles + 1, big)
        rows.write(connection)
        if engine.dialect.name == "postgresql":
            _move_sequences(connection)
    _know_rows(engine)
    return articles + 1


def count_beside(engine: Engine) -> None:
    """Count what is counted of the counted claims: everybody's work, where each article stands."""
    with Session(engine) as session:
        _take_time(session)
        TallyRepository(session).fill_shares()
        StageRepository(session).fill()
        KnownClaimRepository(session).fill()
        session.commit()
    _know_rows(engine)


def _take_time(session: Session) -> None:
    """As a migration has it."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))


def _know_rows(engine: Engine) -> None:
    """Have the database count its rows, as it does by itself in a house that people work in."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in ("ANALYZE",) if is_sqlite else ("SET statement_timeout = 0", "VACUUM ANALYZE"):
            connection.execute(text(statement))


def _add_people(engine: Engine) -> None:
    people = [(name_reviewer(n), Role.REVIEWER) for n in range(REVIEWERS)]
    people += [(name_adjudicator(n), Role.ADJUDICATOR) for n in range(ADJUDICATORS)]
    people += [("editor", Role.EDITOR), ("admin", Role.ADMIN)]
    with UnitOfWork(engine) as work:
        for name, role in people:
            add_user(work, OPERATOR, name, PASSWORD, (role,), _AT, name, "Sample")
        work.commit(make_audit_entry())


def _add_citations(engine: Engine) -> None:
    with Session(engine) as session:
        CitationRepository(session).save(make_citation(n) for n in range(1, CITATIONS + 1))
        session.commit()


def _move_sequences(connection: Connection) -> None:
    for table in _COLUMNS:
        if table != "original":
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            )


_COLUMNS = {
    "article": "id title title_hash",
    "article_version": "id article_id number title title_hash version_hash ingested_at language origin text"
    " blocks",
    "claim": "id version_id number status reason by_hand revision steps",
    "placement": "id version_id claim_id start_char end_char claim standing read_since read_after"
    " wording reading",
    "review_plan": "id article_id version_id reviewers adjudicator needed sealed set_by set_at",
    "declaration": "id article_id name qualification statement declared_at",
    "search": "id claim_id status plan taken_by taken_until",
    "search_run": "id search_id rung query source status searched_at count translation warnings failure"
    " lexicon_version ranker_version asked_by failure_values beside",
    "finding": "id claim_id pmid rank finding",
    "assessment": "id claim_id sequence grade comment graded_by graded_at text_hash body_certainty",
    "judgement": "id claim_id sequence pmid judgement basis judged_by judged_at",
    "audit_entry": "id at actor action subject details",
}


class _Rows:
    """Gathers rows by table in the order of their keys, and writes them by the thousand."""

    def __init__(self, engine: Engine) -> None:
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._rows: dict[str, list[Row]] = {table: [] for table in _COLUMNS}
        with engine.connect() as connection:
            held: int = connection.execute(text("SELECT coalesce(max(id), 0) FROM audit_entry")).scalar_one()
        self._keys: dict[str, int] = dict.fromkeys(_COLUMNS, 0) | {"audit_entry": held}
        self._plan = write_json(to_json(make_plan()))

    def add_article(self, number: int, claims: int) -> None:
        """An article with its plan and its claims, and what was done with them."""
        at = self._moment(number)
        texts = [
            f"見本成分{number}は、{place}番目の機序で毛包の血流を{place % 90 + 1}%改善します。"
            for place in range(claims)
        ]
        whole, title = "\n".join(texts), f"見本の記事 第{number}号"
        self._add("article", title, text_hash(title))
        blocks = write_json(to_json((Block(BlockKind.PARAGRAPH, 0, len(whole)),)))
        hashes = text_hash(title), text_hash(whole)
        version = self._add(
            "article_version", number, 1, title, *hashes, at, "ja", "sample.txt", whole, blocks
        )
        people = [name_reviewer(2 * number), name_reviewer(2 * number + 1)]
        judge = name_adjudicator(number)
        self._add("review_plan", number, version, write_json(people), judge, 2, True, "editor", at)
        for name in (*people, judge):
            self._add("declaration", number, name, "Sample", "Sample: none", at)
        self._log(at, "editor", AuditAction.REVIEW_ASSIGNED, f"version:{version}")
        start = 0
        for place, words in enumerate(texts):
            self._add_claim(version, place, words, start, people, number)
            start += len(words) + 1

    def _add_claim(
        self, version: int, place: int, words: str, start: int, people: list[str], number: int
    ) -> None:
        at = self._moment(number, place)
        given, status = _choose_grades(place, number)
        claim = make_claim(words, start=start, type=_TYPES[place % len(_TYPES)])
        steps = 2 * len(given)
        claim_id = self._add("claim", version, place + 1, status.value, "", "[]", 1 + len(given), steps)
        placed = (start, start + len(words), write_json(to_json(claim)), True, None, 0)
        self._add("placement", version, claim_id, *placed, *map(digest_wording, (claim.text, claim.read_as)))
        search = self._add("search", claim_id, SearchStatus.FOUND.value, self._plan, "", 0.0)
        query = '"sample agent"[tiab]'
        told = (Rung.STRICT.value, query, "library", SearchStatus.FOUND.value, at, 7, query, "[]", "")
        self._add("search_run", search, *told, "sample-lexicon-1", "sample-ranker-1", "editor", None, False)
        self._log(at, "editor", AuditAction.CLAIM_SEARCHED, f"claim:{claim_id}")
        pmid = 1 + claim_id * 7 % CITATIONS
        self._add("finding", claim_id, make_pmid(pmid), 1, _write_finding(pmid))
        for step, (name, grade) in enumerate(zip(people, given, strict=False)):
            judged = (CitationJudgement.SUPPORTING.value, Basis.ABSTRACT.value, name, at)
            self._add("judgement", claim_id, 2 * step + 1, make_pmid(pmid), *judged)
            graded = (2 * step + 2, grade.value, "", name, at, text_hash(words), None)
            self._add("assessment", claim_id, *graded)
            self._log(at, name, AuditAction.CLAIM_GRADED, f"claim:{claim_id}")

    def write(self, connection: Connection) -> None:
        """Write what was gathered."""
        driver: Any = connection.connection.driver_connection
        for table, rows in self._rows.items():
            columns = _COLUMNS[table].split()
            if self._is_sqlite:
                marks = ", ".join("?" * len(columns))
                driver.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
            else:
                with driver.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            rows.clear()

    def _add(self, table: str, *values: Any) -> int:
        self._keys[table] += 1
        self._rows[table].append((self._keys[table], *values))
        return self._keys[table]

    def _log(self, at: str, actor: str, action: AuditAction, subject: str) -> None:
        self._add("audit_entry", at, actor, action.value, subject, "[]")

    def _moment(self, number: int, place: int = 0) -> str:
        at = _AT + timedelta(minutes=number, seconds=place)
        return at.strftime("%Y-%m-%d %H:%M:%S.%f") + ("" if self._is_sqlite else "+00")


def _choose_grades(place: int, number: int) -> tuple[tuple[SupportGrade, ...], ClaimStatus]:
    """What the claim at this place was given, and where it stands with that."""
    grade, kind = _GRADES[(place // 7 + number) % len(_GRADES)], place % 100
    if kind == 99 and number % 10 == 0:
        return (SupportGrade.SUPPORTED, SupportGrade.UNSUPPORTED), ClaimStatus.CONFLICT
    if kind < 50:
        return (grade, grade), ClaimStatus.GRADED
    if kind < 60:
        return (grade, _GRADES[(place + number) % len(_GRADES)]), ClaimStatus.ADJUDICATED
    return ((grade,), ClaimStatus.IN_REVIEW) if kind < 72 else ((), ClaimStatus.EXTRACTED)


@cache
def _write_finding(number: int) -> str:
    return write_json(to_json(make_finding(number)))
