"""The claims library: settled claims by the words of any spelling, and those that may say the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, select, union, update
from sqlalchemy.orm import Session, aliased

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.known_claim import KnownClaim, KnownFilter
from db.among import among, rows_of
from db.mapping import Values
from db.models import ClaimKeyRow, ClaimRow, KnownClaimRow
from db.repositories.inserting import insert_into, insert_many

_SETTLED = tuple(status for status in ClaimStatus if status.is_settled)
# A key that so many claims have tells little: claims are looked up by the rarer ones.
_COMMON = 500
# So many more than are asked for are looked at, of those that share alike the ones settled last.
_MORE = 50


def mark_known(session: Session, settled: Collection[int], no_more: Collection[int]) -> None:
    """Have these settled claims taken in anew; those that are settled ``no_more`` leave the library."""
    if no_more:
        for kind in (ClaimKeyRow, KnownClaimRow):
            session.execute(
                delete(kind).where(among(kind.claim_id, no_more)),
                execution_options={"synchronize_session": False},
            )
    if settled:
        values = [{"claim_id": claim_id, "marks": 1, "counted": 0} for claim_id in sorted(settled)]
        fresh = insert_into(session, KnownClaimRow)
        again = {"marks": KnownClaimRow.marks + 1}
        session.execute(fresh.on_conflict_do_update(index_elements=["claim_id"], set_=again), values)


class KnownClaimRepository:
    """Keeps what is found by; the claims themselves and what was said of them stand where they stand."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fill(self) -> None:
        """Mark every settled claim of a house that had no claims library yet."""
        marks = [literal(number) for number in (1, 0)]
        settled = select(ClaimRow.id, *marks).where(ClaimRow.status.in_(_SETTLED))
        self._session.execute(insert(KnownClaimRow).from_select(("claim_id", "marks", "counted"), settled))

    def list_due(self, limit: int) -> dict[int, int]:
        """Claims that are to be taken in, ``limit`` at most, by claim its mark."""
        rows = self._session.execute(
            select(KnownClaimRow.claim_id, KnownClaimRow.marks)
            .where(KnownClaimRow.marks != KnownClaimRow.counted)
            .order_by(KnownClaimRow.claim_id)
            .limit(limit)
        )
        return {row.claim_id: row.marks for row in rows}

    def hold(self, claim_id: int) -> int | None:
        """The mark of a claim that is to be taken in, held until this unit of work ends; ``None`` where it
        left the library meanwhile, or somebody else took it in."""
        return self._session.scalar(
            update(KnownClaimRow)
            .where(KnownClaimRow.claim_id == claim_id, KnownClaimRow.marks != KnownClaimRow.counted)
            .values(counted=KnownClaimRow.counted)
            .returning(KnownClaimRow.marks),
            execution_options={"synchronize_session": False},
        )

    def keep(self, known: KnownClaim, keys: Collection[int], mark: int) -> None:
        """Take the claim in as it stood at this mark, to be found by these keys alone."""
        self._session.execute(
            update(KnownClaimRow)
            .where(KnownClaimRow.claim_id == known.claim_id)
            .values(
                grade=known.grade,
                claim_type=known.type,
                level=known.level,
                settled_at=known.settled_at,
                counted=mark,
            ),
            execution_options={"synchronize_session": False},
        )
        self._session.execute(
            delete(ClaimKeyRow).where(ClaimKeyRow.claim_id == known.claim_id),
            execution_options={"synchronize_session": False},
        )
        rows: list[Values] = [{"key": key, "claim_id": known.claim_id} for key in sorted(keys)]
        insert_many(self._session, ClaimKeyRow, rows)

    def drop(self, claim_id: int) -> None:
        """Leave out a claim of which no grade stands."""
        mark_known(self._session, (), (claim_id,))

    def find(
        self,
        keys: Sequence[int],
        asked: KnownFilter,
        limit: int,
        skip: int = 0,
        named: Collection[Collection[frozenset[int]]] = (),
    ) -> tuple[KnownClaim, ...]:
        """The settled claims that have all of these keys, those settled last first.

        Of each of the things ``named`` they have one of its sets of keys whole. What ``asked`` says of
        substance and condition in words is for the caller to turn into these.
        """
        found = select(KnownClaimRow).where(*_where(asked))
        for key in keys:
            one = aliased(ClaimKeyRow)
            found = found.join(one, (one.claim_id == KnownClaimRow.claim_id) & (one.key == key))
        for sets in named:
            naming = [_select_having(sorted(one)) for one in sorted(sets, key=sorted)]
            found = found.where(KnownClaimRow.claim_id.in_(union(*naming)))
        latest = KnownClaimRow.settled_at.desc(), KnownClaimRow.claim_id.desc()
        rows = self._session.scalars(found.order_by(*latest).limit(limit).offset(skip))
        return tuple(known for row in rows if (known := _read(row)) is not None)

    def find_sharing(self, keys: Collection[int], besides: int, limit: int) -> tuple[KnownClaim, ...]:
        """The settled claims that share most of these keys, ``besides`` left out.

        Keys that very many claims have are passed over, unless the claim has no other.
        """
        rare = self._list_rare(keys)
        number = func.count()
        shared = (
            select(ClaimKeyRow.claim_id, number.label("shared"))
            .where(among(ClaimKeyRow.key, rare), ClaimKeyRow.claim_id != besides)
            .group_by(ClaimKeyRow.claim_id)
            .order_by(number.desc(), ClaimKeyRow.claim_id.desc())
            .limit(limit + _MORE)
            .subquery()
        )
        rows = self._session.scalars(
            select(KnownClaimRow)
            .join(shared, shared.c.claim_id == KnownClaimRow.claim_id)
            .where(*_where(KnownFilter()))
            .order_by(shared.c.shared.desc(), KnownClaimRow.settled_at.desc(), KnownClaimRow.claim_id.desc())
            .limit(limit)
        )
        return tuple(known for row in rows if (known := _read(row)) is not None)

    def load(self, claim_ids: Collection[int]) -> tuple[KnownClaim, ...]:
        """Those of these claims that are settled, in the order of their numbers."""
        rows = select(KnownClaimRow).where(among(KnownClaimRow.claim_id, claim_ids), *_where(KnownFilter()))
        found = self._session.scalars(rows.order_by(KnownClaimRow.claim_id))
        return tuple(known for row in found if (known := _read(row)) is not None)

    def load_grades(self, claim_ids: Collection[int]) -> dict[int, SupportGrade]:
        """The grades of these claims as they were taken in last; one that left the library is absent."""
        rows = self._session.execute(
            select(KnownClaimRow.claim_id, KnownClaimRow.grade).where(
                among(KnownClaimRow.claim_id, claim_ids), KnownClaimRow.grade.is_not(None)
            )
        )
        return {row.claim_id: row.grade for row in rows}

    def _list_rare(self, keys: Collection[int]) -> list[int]:
        """Those of the keys that few claims have, else the rarest as far as they were counted."""
        asked = rows_of(ClaimKeyRow.key, sorted(keys))
        some = (
            select(ClaimKeyRow.claim_id)
            .where(ClaimKeyRow.key == asked.c.value)
            .correlate(asked)
            .limit(_COMMON)
            .subquery()
        )
        counted = select(func.count()).select_from(some).correlate(asked).scalar_subquery()
        counts = {
            row.value: row.many for row in self._session.execute(select(asked.c.value, counted.label("many")))
        }
        rare = [key for key, count in counts.items() if 0 < count < _COMMON]
        return rare or [key for key, count in counts.items() if count][:1]


def _select_having(keys: Sequence[int]) -> Select[int]:
    """The claims that have all of these keys; there is one at least."""
    first, *others = (aliased(ClaimKeyRow) for _ in keys)
    having = select(first.claim_id).where(first.key == keys[0])
    for key, other in zip(keys[1:], others, strict=True):
        having = having.join(other, (other.claim_id == first.claim_id) & (other.key == key))
    return having


def _where(asked: KnownFilter) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = [KnownClaimRow.marks == KnownClaimRow.counted]
    if asked.grade is not None:
        conditions.append(KnownClaimRow.grade == asked.grade)
    if asked.type is not None:
        conditions.append(KnownClaimRow.claim_type == asked.type)
    if asked.level is not None:
        conditions.append(KnownClaimRow.level <= asked.level)
    if asked.since is not None:
        conditions.append(KnownClaimRow.settled_at >= asked.since)
    return tuple(conditions)


def _read(row: KnownClaimRow) -> KnownClaim | None:
    if row.grade is None or row.claim_type is None or row.settled_at is None:
        return None
    return KnownClaim(row.claim_id, row.grade, row.claim_type, row.level, row.settled_at)
