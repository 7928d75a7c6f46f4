"""Whether the audit trail is as it was written: every line, in its order, and every row that it binds."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.audit_chain import (
    AGAIN,
    BEFORE,
    BOUND,
    EARLIER,
    NO_DIGEST,
    ChainKey,
    describe_earlier,
    digest_row,
    find_sealing,
    read_rows,
    summarise,
)
from db.base import Base
from db.models import AuditRow, LinkRow

_AT_A_TIME = 500
# What a driver raises for a value that no step of this program wrote there.
_UNREADABLE = (ValueError, TypeError, LookupError)
_ALL: tuple[type[Base], ...] = (AuditRow, *BOUND)
_KINDS = {kind.__tablename__: kind for kind in _ALL}


class FaultKind(StrEnum):
    """What is wrong with the trail at a place."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    OTHER_KEY = "other_key"
    NOT_ANCHORED = "not_anchored"
    NOT_SEALED = "not_sealed"
    BEGUN_AGAIN = "begun_again"
    EARLIER_CHANGED = "earlier_changed"


class TrailLoss(StrEnum):
    """What is seen at once of a trail that was taken out."""

    OTHER_TRAIL = "other_trail"
    NOT_SEALED = "not_sealed"
    BEGUN_AGAIN = "begun_again"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the trail stood: its last line's place and digest, to be kept elsewhere."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first thing that is not as it was written: of which table, which row, at which line of the chain.

    ``key`` is 0 where no single row is known, and the number of rows that stood there where the trail was
    begun again; ``position`` is 0 for what stood before the chain began and for what no line tells of.
    """

    kind: FaultKind
    table: str
    key: int
    position: int


@dataclass(frozen=True, slots=True)
class Checked:
    """How many lines were checked up to ``head``, and the first fault, ``None`` where all is as written.

    ``before`` are the rows that stood before the first line of a house that is older than its chain, and
    ``sealed_at`` the line that takes another secret and seals ``earlier`` lines of former ones, 0 for none:
    these are as they stood then.
    """

    lines: int
    head: Anchor
    fault: ChainFault | None = None
    before: int = 0
    sealed_at: int = 0
    earlier: int = 0


@dataclass
class _Standing:
    """What stood before the first line, by table: the highest key, number and digest of the rows."""

    tables: dict[str, tuple[int, str]] = field(default_factory=dict)
    begun_again: bool = False
    earlier: int = 0

    @property
    def rows(self) -> int:
        return sum(int(told.partition(":")[0]) for _, told in self.tables.values())


def find_head(session: Session) -> Anchor:
    """Where the trail stands now; place 0 before its first line."""
    row = session.execute(
        select(LinkRow.position, LinkRow.digest).order_by(LinkRow.position.desc()).limit(1)
    ).first()
    return Anchor(*row) if row else Anchor(0, NO_DIGEST)


def check_chain(session: Session, key: ChainKey, anchors: Sequence[Anchor] = ()) -> Checked:
    """The whole trail checked from its first line to its last, as one snapshot has it.

    ``anchors`` are heads that were kept elsewhere: a trail whose end was cut off no longer has them.
    """
    head = find_head(session)
    bound: dict[str, set[int]] = {table: set() for table in _KINDS}
    before, sealing = _Standing(), find_sealing(session, key)
    sealed_at = sealing.position if sealing is not None else 0
    anchored = {one.position: one.digest for one in anchors}
    try:
        lines = _check_links(session, key, bound, before, anchored, sealed_at)
        if not lines and _has_entries(session):
            # A house from before the chain, or one whose links all went: nothing inside it tells which.
            raise _FoundError(FaultKind.NOT_SEALED, AuditRow.__tablename__, 0, 0)
        _check_unlinked(session, bound, before.tables)
        if before.begun_again:
            raise _FoundError(FaultKind.BEGUN_AGAIN, LinkRow.__tablename__, before.rows, 1)
    except _FoundError as found:
        return Checked(head.position, head, found.fault)
    except _UNREADABLE:
        return Checked(head.position, head, ChainFault(FaultKind.CHANGED, LinkRow.__tablename__, 0, 0))
    sealed_at = sealing.position if before.earlier and sealing is not None else 0
    return Checked(lines, head, None, before.rows, sealed_at, before.earlier)


class _FoundError(Exception):
    def __init__(self, kind: FaultKind, table: str, key: int, position: int) -> None:
        super().__init__(kind)
        self.fault = ChainFault(kind, table, key, position)


def _check_links(
    session: Session,
    key: ChainKey,
    bound: dict[str, set[int]],
    before: _Standing,
    anchored: dict[int, str],
    sealed_at: int,
) -> int:
    """How many links there are; each fits the one before, its line and the rows that it binds."""
    position, digest, last_entry = 0, NO_DIGEST, 0
    for links in _slice_links(session):
        entries = _read_entries(session, links)
        rows = _read_bound(session, links)
        for link in links:
            position += 1
            if link.position != position:
                raise _FoundError(FaultKind.MISSING, "audit_link", position, position)
            if link.entry_id not in entries:
                raise _FoundError(FaultKind.MISSING, "audit_entry", link.entry_id, position)
            if link.entry_id <= last_entry:
                raise _FoundError(FaultKind.REORDERED, "audit_entry", link.entry_id, position)
            if link.key_name == key.name:
                expected = key.sign(digest, entries[link.entry_id], link.bound)
                if not hmac.compare_digest(expected, link.digest):
                    raise _FoundError(FaultKind.CHANGED, "audit_entry", link.entry_id, position)
            elif position < sealed_at:
                before.earlier += 1
            else:
                raise _FoundError(FaultKind.OTHER_KEY, "audit_link", position, position)
            if position == sealed_at and describe_earlier(session, position - 1) != link.bound[:2]:
                raise _FoundError(FaultKind.EARLIER_CHANGED, "audit_link", position, position)
            _check_bound(link, rows, bound, before)
            if anchored.get(position, link.digest) != link.digest:
                raise _FoundError(FaultKind.NOT_ANCHORED, "audit_link", position, position)
            digest, last_entry = link.digest, link.entry_id
            bound[AuditRow.__tablename__].add(link.entry_id)
    if anchored.get(0, NO_DIGEST) != NO_DIGEST:
        raise _FoundError(FaultKind.NOT_ANCHORED, "audit_link", 0, 0)
    if beyond := [place for place in anchored if place > position]:
        raise _FoundError(FaultKind.MISSING, "audit_link", min(beyond), position)
    return position


def _has_entries(session: Session) -> bool:
    return session.execute(select(AuditRow.id).limit(1)).first() is not None


def _read_entries(session: Session, links: Sequence[LinkRow]) -> dict[int, dict[str, object]]:
    keys = [link.entry_id for link in links]
    try:
        return dict(read_rows(session, AuditRow, keys))
    except _UNREADABLE:
        if len(keys) == 1:
            return {keys[0]: {}}
        return {key: found for link in links for key, found in _read_entries(session, [link]).items()}


def _slice_links(session: Session) -> Iterator[list[LinkRow]]:
    last = 0
    while links := list(
        session.scalars(
            select(LinkRow).where(LinkRow.position > last).order_by(LinkRow.position).limit(_AT_A_TIME)
        )
    ):
        yield links
        last = links[-1].position
        session.expunge_all()


def _read_bound(session: Session, links: Sequence[LinkRow]) -> dict[tuple[str, int], str]:
    """The digests of the rows that these links bind, as the rows stand now."""
    wanted: dict[str, list[int]] = {}
    for link in links:
        for table, key, _ in link.bound:
            if table in _KINDS:
                wanted.setdefault(table, []).append(key)
    found: dict[tuple[str, int], str] = {}
    for table, keys in wanted.items():
        remaining = iter(keys)
        while some := list(islice(remaining, _AT_A_TIME)):
            found |= {(table, key): digest for key, digest in _digest_rows(session, _KINDS[table], some)}
    return found


def _digest_rows(session: Session, kind: type[Base], keys: list[int]) -> Iterator[tuple[int, str]]:
    """The digests of the rows; "" for one with a value that its column cannot have."""
    try:
        yield from [(key, digest_row(values)) for key, values in read_rows(session, kind, keys)]
    except _UNREADABLE:
        if len(keys) == 1:
            yield keys[0], ""
            return
        for key in keys:
            yield from _digest_rows(session, kind, [key])


def _check_bound(
    link: LinkRow,
    rows: dict[tuple[str, int], str],
    bound: dict[str, set[int]],
    before: _Standing,
) -> None:
    for table, key, digest in link.bound:
        kind, _, of = table.partition(":")
        if kind in (BEFORE, AGAIN):
            before.tables[of] = (key, digest)
            before.begun_again = before.begun_again or kind == AGAIN
            continue
        if kind == EARLIER:
            continue
        if (table, key) not in rows:
            raise _FoundError(FaultKind.MISSING, table, key, link.position)
        if rows[table, key] != digest:
            raise _FoundError(FaultKind.CHANGED, table, key, link.position)
        bound[table].add(key)


def _check_unlinked(session: Session, bound: dict[str, set[int]], before: dict[str, tuple[int, str]]) -> None:
    """No row stands that no line binds, but those that stood before the chain began, and these unchanged."""
    for table, kind in _KINDS.items():
        last, told = before.get(table, (0, f"0:{summarise(())[2]}"))
        unlinked = ((key, values) for key, values in read_rows(session, kind) if key not in bound[table])
        try:
            count, _, digest = summarise(_none_after(last, table, unlinked))
        except _UNREADABLE:
            raise _FoundError(FaultKind.CHANGED, table, 0, 0) from None
        if f"{count}:{digest}" != told:
            fewer = count < int(told.partition(":")[0])
            kind_of = FaultKind.MISSING if fewer else FaultKind.CHANGED
            raise _FoundError(kind_of, table, 0, 0)


def _none_after(
    last: int, table: str, rows: Iterator[tuple[int, dict[str, object]]]
) -> Iterator[tuple[int, dict[str, object]]]:
    for key, values in rows:
        if key > last:
            raise _FoundError(FaultKind.INSERTED, table, key, 0)
        yield key, values
