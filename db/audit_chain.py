"""The chain of the audit trail: each line signed with all before it and with the rows stored beside it.

A line's digest is an HMAC-SHA256 (RFC 2104) over the digest of the line before, the line itself and the
digests of the rows that were stored in its transaction. The key is made of the installation's secret, so
that who owns the database alone cannot make the chain anew (ADR 0040).
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from hashlib import sha256
from itertools import takewhile
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, Text, cast, func, inspect, select, text, type_coerce
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import Session

from claims.records.record_json import to_json, to_utc
from db.among import among
from db.base import Base, Stored, write_json
from db.models import (
    AdjudicationRow,
    AnswerRow,
    AssessmentRow,
    AuditRow,
    ClosedVersionRow,
    DecisionRow,
    DeclarationRow,
    DocumentJudgementRow,
    DocumentRow,
    GuidelineRow,
    JudgementRow,
    KeepingRow,
    LevelRow,
    LinkRow,
    OriginalRow,
    OwnViewRow,
    PlanRow,
    ProposalAnswerRow,
    ProposalRow,
    RemarkRow,
    ReopeningRow,
    ResolutionRow,
    ReviewRulesRow,
    RunRow,
    SetDayRow,
    TakenBackRow,
    VersionRow,
    WordingRulesRow,
)

# Rows that never change once they are stored: texts, files, searches, and all that people decided.
BOUND: tuple[type[Base], ...] = (
    AdjudicationRow,
    AnswerRow,
    AssessmentRow,
    ClosedVersionRow,
    DecisionRow,
    DeclarationRow,
    DocumentJudgementRow,
    DocumentRow,
    GuidelineRow,
    JudgementRow,
    KeepingRow,
    LevelRow,
    OriginalRow,
    OwnViewRow,
    PlanRow,
    ProposalAnswerRow,
    ProposalRow,
    RemarkRow,
    ReopeningRow,
    ResolutionRow,
    ReviewRulesRow,
    RunRow,
    SetDayRow,
    TakenBackRow,
    VersionRow,
    WordingRulesRow,
)
# What stood before the first line: of a house from before the chain, or although the chain had begun.
BEFORE, AGAIN = "before", "again"
# The lines up to one that takes another secret, of which some were signed with a former one.
EARLIER = "earlier"
# The schema that brought the chain.
CHAINED_SINCE = "0018"
NO_DIGEST = "0" * 64
_ROW_DIGITS = 32
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class ChainKey:
    """What signs the chain, and by which name a link tells that it was this key."""

    secret: bytes = b""

    @property
    def name(self) -> str:
        """A name that tells the key from others and nothing of it."""
        return hmac.new(self.secret, b"name", sha256).hexdigest()[:16]

    def sign(self, previous: str, entry: Mapping[str, object], bound: Sequence[Sequence[object]]) -> str:
        """The digest of a line after the one whose digest is ``previous``."""
        told = [previous, _list_values(entry), bound]
        return hmac.new(self.secret, _write(told), sha256).hexdigest()


# What tests and tools sign with that have no secret: a chain that anybody could make.
UNSIGNED = ChainKey()


def append_entries(
    session: Session,
    key: ChainKey,
    entries: Sequence[AuditRow],
    stored: Iterable[Base],
    *,
    seals: bool = False,
) -> tuple[int, str]:
    """Add the lines and link each to the one before; the rows ``stored`` with them are bound to the first.

    Returns the place and digest of the last. A first line that ``seals`` begins the trail of a house from
    before the chain; any other that finds rows there tells for ever that it begins once more. A later line
    that seals takes another secret: what was signed with former ones is bound by it as it stands.

    Whoever else adds a line waits from here until this transaction is over. What was changed is flushed
    before, so that they wait no longer than a commit takes.
    """
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE audit_link IN EXCLUSIVE MODE"))
    session.add_all(entries)
    # On SQLite the first change takes the writer's place: the head is read after it.
    session.flush()
    head = find_head_link(session)
    rows = sorted(stored, key=lambda row: (row.__tablename__, get_key(row)))
    bound: list[list[object]] = [
        [row.__tablename__, get_key(row), digest_row(_read_columns(row))] for row in rows
    ]
    position, digest = (head.position, head.digest) if head else (0, NO_DIGEST)
    if head is None:
        bound = [*_describe_before(session, entries[0], bound, BEFORE if seals else AGAIN), *bound]
    elif seals:
        bound = [*describe_earlier(session, head.position), *bound]
    for entry in entries:
        position += 1
        digest = key.sign(digest, _read_columns(entry), bound)
        session.add(
            LinkRow(position=position, entry_id=entry.id, bound=bound, key_name=key.name, digest=digest)
        )
        bound = []
    return position, digest


def find_head_link(session: Session) -> LinkRow | None:
    """The last link, ``None`` before the first step."""
    return session.scalar(select(LinkRow).order_by(LinkRow.position.desc()).limit(1))


def get_key(row: Base) -> int:
    """The row's key; every bound table has one whole number for it."""
    (key,) = inspect(row).mapper.primary_key_from_instance(row)
    number: int = key
    return number


def digest_row(values: Mapping[str, object]) -> str:
    """The digest of a row by its columns, alike on both databases. An empty column counts as none, so that
    the digests of old rows hold when a table gets one more."""
    return sha256(_write(_list_values(values))).hexdigest()[:_ROW_DIGITS]


def read_rows(
    session: Session, kind: type[Base], keys: Collection[int] | None = None
) -> Iterator[tuple[int, dict[str, object]]]:
    """Key and columns of the rows in the order of their keys: all, or those of ``keys``.

    Records are given as the JSON text that is stored, and codes as text: not as this version reads them.
    """
    mapper = inspect(kind)
    (key,) = mapper.primary_key
    columns = [_as_it_stands(column) for column in mapper.columns]
    chosen = select(key.label("key of the row"), *columns).order_by(key)
    if keys is not None:
        chosen = chosen.where(among(key, keys))
    for found in session.execute(chosen.execution_options(yield_per=_AT_A_TIME)):
        number, *values = found
        yield number, dict(zip((column.name for column in mapper.columns), values, strict=True))


def is_bound(row: object) -> bool:
    """Whether the row is one that the chain holds."""
    return isinstance(row, BOUND)


def is_begun_again(first: LinkRow) -> bool:
    """Whether the first line found rows there although the chain had begun before."""
    return any(str(table).startswith(f"{AGAIN}:") for table, _, _ in first.bound)


def summarise(rows: Iterable[tuple[int, Mapping[str, object]]]) -> tuple[int, int, str]:
    """Number, highest key and digest of rows in the order of their keys."""
    count, last, digest = 0, 0, sha256()
    for key, values in rows:
        count, last = count + 1, key
        digest.update(digest_row(values).encode())
    return count, last, digest.hexdigest()


def _describe_before(
    session: Session, first: AuditRow, bound: Sequence[Sequence[object]], word: str
) -> list[list[object]]:
    """What stands already when the chain begins: of each table the highest key, number and digest of its
    rows."""
    own = {(table, key) for table, key, _ in bound}
    described: list[list[object]] = []
    kinds: tuple[type[Base], ...] = (AuditRow, *BOUND)
    for kind in kinds:
        count, last, digest = summarise(
            (key, values)
            for key, values in read_rows(session, kind)
            if (kind.__tablename__, key) not in own and not (kind is AuditRow and key >= first.id)
        )
        if count:
            described.append([f"{word}:{kind.__tablename__}", last, f"{count}:{digest}"])
    return described


def describe_earlier(session: Session, position: int) -> list[list[object]]:
    """Links and lines up to this place as they stand: of each table the highest key, number and digest."""
    last = session.scalar(select(LinkRow.entry_id).where(LinkRow.position == position)) or 0
    described: list[list[object]] = []
    for kind, highest in ((LinkRow, position), (AuditRow, last)):
        rows = takewhile(partial(_is_up_to, highest), read_rows(session, kind))
        count, key, digest = summarise(rows)
        described.append([f"{EARLIER}:{kind.__tablename__}", key, f"{count}:{digest}"])
    return described


def find_sealing(session: Session, key: ChainKey) -> LinkRow | None:
    """The last line by which this key seals what was signed with former ones."""
    seals = cast(LinkRow.bound, Text).contains(f'"{EARLIER}:')
    chosen = select(LinkRow).where(LinkRow.key_name == key.name, seals)
    return session.scalar(chosen.order_by(LinkRow.position.desc()).limit(1))


def has_unsealed(session: Session, key: ChainKey) -> bool:
    """Whether a line was signed with another key and is not sealed by a line of this one."""
    sealing = find_sealing(session, key)
    others = select(LinkRow.position).where(LinkRow.key_name != key.name)
    if sealing is not None:
        others = others.where(LinkRow.position > sealing.position)
    return session.execute(others.limit(1)).first() is not None


def _is_up_to(highest: int, row: tuple[int, object]) -> bool:
    return row[0] <= highest


def count_links(session: Session) -> int:
    """How many lines are linked."""
    return session.scalar(select(func.count(LinkRow.position))) or 0


def _as_it_stands(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Stored | JSON):
        return cast(column, Text)
    return type_coerce(column, String) if isinstance(column.type, SqlEnum) else column


def _read_columns(row: Base) -> dict[str, object]:
    """The columns of a row in hand as ``read_rows`` would give them."""
    mapper = inspect(row).mapper
    held = {column: getattr(row, mapper.get_property_by_column(column).key) for column in mapper.columns}
    return {column.name: _store(column, value) for column, value in held.items() if value is not None}


def _store(column: ColumnElement[Any], value: object) -> object:
    if isinstance(column.type, Stored):
        return write_json(to_json(value))
    return write_json(value) if isinstance(column.type, JSON) else value


def _list_values(values: Mapping[str, object]) -> list[list[object]]:
    return [[name, _plain(values[name])] for name in sorted(values) if values[name] is not None]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return to_utc(value).isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return to_json(value)


def _write(told: object) -> bytes:
    return write_json(told).encode()
