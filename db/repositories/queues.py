"""The queue of an open version by what is kept of each claim: only what is shown is read, however long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.records.assessment import ClaimStatus
from claims.records.queue import Ask, Kind, QueueCounts, QueueOrder, Waiting
from claims.records.retrieval import SearchStatus
from claims.records.review import ReviewClaim
from db.among import among
from db.mapping import claim_record, select_claims
from db.models import ClaimWordsRow, OpenGradeRow, PlacementRow, TallyRow
from db.repositories.counting import rate
from db.repositories.latest import group_by_claim

Key: TypeAlias = InstrumentedAttribute[int] | ColumnElement[int]
_SORTED: dict[QueueOrder, InstrumentedAttribute[int]] = {
    QueueOrder.WORST: TallyRow.badness,
    QueueOrder.PAPERS: TallyRow.minus_papers,
    QueueOrder.LEVEL: TallyRow.level,
}
_other = aliased(TallyRow)
_STANDS = TallyRow.status != ClaimStatus.DISMISSED


class QueueRepository:
    """Reads what the viewer of a queue may know: of what is open, their own grades and nobody else's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"

    def count(self, version_id: int, name: str) -> QueueCounts:
        """How many claims of the version stand alike, and what this person has graded of them."""
        # As the index has them, by which they are counted as they come.
        kinds = (
            *(TallyRow.status, TallyRow.answered, TallyRow.search),
            *(TallyRow.risky, TallyRow.answered_by),
        )
        rows = self._session.execute(
            select(*kinds, func.count()).where(TallyRow.version_id == version_id, _STANDS).group_by(*kinds)
        )
        own = OpenGradeRow.status, OpenGradeRow.done
        of_person = OpenGradeRow.version_id == version_id, OpenGradeRow.name == name
        graded = self._session.execute(select(*own, func.count()).where(*of_person).group_by(*own))
        groups = (
            select(func.count().label("claims"))
            .where(TallyRow.version_id == version_id, _STANDS)
            .group_by(TallyRow.reading, TallyRow.claim_type)
            .having(func.count() > 1)
            .subquery()
        )
        repeated = self._session.scalar(select(func.coalesce(func.sum(groups.c.claims), 0)))
        return QueueCounts(
            {Kind(status, search, risky, by): count for status, _, search, risky, by, count in rows},
            {(status, done): count for status, done, count in graded},
            int(repeated or 0),
        )

    def count_own(self, version_id: int, name: str) -> int:
        """How many claims that are not settled this person has graded."""
        of_person = OpenGradeRow.version_id == version_id, OpenGradeRow.name == name
        return self._session.scalar(select(func.count()).select_from(OpenGradeRow).where(*of_person)) or 0

    def count_listed(self, version_id: int, asked: Ask, waiting: Waiting) -> int:
        """How many claims the list has."""
        where = TallyRow.version_id == version_id, _STANDS, *self._where(version_id, asked, waiting)
        return self._session.scalar(select(func.count()).select_from(TallyRow).where(*where)) or 0

    def list_ids(
        self,
        version_id: int,
        asked: Ask,
        waiting: Waiting,
        limit: int | None,
        *,
        are_open: bool = False,
    ) -> tuple[int, ...]:
        """The claims of the list in its order, ``limit`` at most; with ``are_open`` those alone that wait."""
        where = self._where(version_id, asked, waiting)
        if are_open:
            where.append(_waits(waiting))
        rows = self._session.execute(self._order(version_id, asked.order, waiting.name, where, limit))
        return tuple(row.claim_id for row in rows)

    def find_ways(
        self, version_id: int, claim_id: int, asked: Ask, waiting: Waiting
    ) -> tuple[int | None, int | None, int | None]:
        """The claims before and after this one in the list, whether it is in it or not, and the first after
        it that waits; ``None`` for each where there is none, and all for one that is in no list."""
        itself = [TallyRow.claim_id == claim_id]
        here = self._session.execute(self._order(version_id, asked.order, waiting.name, itself, 1)).first()
        if here is None:
            return None, None, None
        where, place = self._where(version_id, asked, waiting), (here.key, here.number)

        def find(onward: bool, *more: ColumnElement[bool]) -> int | None:
            beside = self._order(
                version_id, asked.order, waiting.name, [*where, *more], 1, place, onward=onward
            )
            found = self._session.execute(beside).first()
            return None if found is None else found.claim_id

        return find(False), find(True), find(True, _waits(waiting))

    def load(self, version_id: int, claim_ids: Sequence[int]) -> tuple[ReviewClaim, ...]:
        """These claims as they stand in the version, in this order."""
        rows = self._session.execute(
            select_claims()
            .add_columns(TallyRow.number)
            .join(TallyRow, _is_placed())
            .where(PlacementRow.version_id == version_id, among(PlacementRow.claim_id, claim_ids))
        )
        claims = {row.id: claim_record(row, row.number) for row in rows}
        return tuple(claims[id] for id in claim_ids)

    def load_alike(self, version_id: int, claim_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """Of those of these claims that are not alone in their words the numbers of all that have them."""
        rows = self._session.execute(
            select(TallyRow.claim_id, _other.number)
            .join(_other, _is_alike())
            .where(TallyRow.version_id == version_id, among(TallyRow.claim_id, claim_ids))
            .order_by(_other.number)
        )
        found = group_by_claim(claim_ids, ((row.claim_id, row.number) for row in rows))
        return {claim_id: numbers for claim_id, numbers in found.items() if len(numbers) > 1}

    def list_unsure(self, version_id: int) -> tuple[int, ...]:
        """The claims that were searched and of which not all was answered."""
        rows = select(TallyRow.claim_id).where(
            TallyRow.version_id == version_id,
            _STANDS,
            TallyRow.search != SearchStatus.NOT_SEARCHED,
            TallyRow.answered_by == "",
        )
        return tuple(self._session.scalars(rows))

    def _order(
        self,
        version_id: int,
        order: QueueOrder,
        name: str,
        where: Sequence[ColumnElement[bool]],
        limit: int | None,
        place: tuple[int, int] | None = None,
        *,
        onward: bool = True,
    ) -> Select[Any]:
        """Claims with the key and number by which they are put in order, those beyond ``place`` alone.

        What the viewer graded and is open has its key of that grade: both parts are read in their order,
        and so much of each only as is asked for.
        """
        parts = []
        for part, key in _split(version_id, order, name):
            by: tuple[Key, ...] = (TallyRow.number,) if key is None else (key, TallyRow.number)
            shown = part.where(_STANDS, *where)
            if place is not None:
                here = tuple_(*by)
                there = tuple_(*map(literal, place[2 - len(by) :]))
                shown = shown.where(here > there if onward else here < there)
            shown = shown.order_by(*(column if onward else column.desc() for column in by)).limit(limit)
            parts.append(shown)
        if len(parts) == 1:
            return parts[0]
        whole = union_all(*(select(*part.subquery().c) for part in parts)).subquery()
        by = whole.c.key, whole.c.number
        return select(*whole.c).order_by(*(c if onward else c.desc() for c in by)).limit(limit)

    def _where(self, version_id: int, asked: Ask, waiting: Waiting) -> list[ColumnElement[bool]]:
        shown = asked.shown
        conditions: list[ColumnElement[bool]] = []
        if shown.status is not None:
            conditions.append(TallyRow.status == shown.status)
        if shown.search is not None:
            conditions.append(TallyRow.search == shown.search)
        if shown.is_risky is not None:
            conditions.append(TallyRow.risky.is_(shown.is_risky))
        if shown.is_open is not None:
            waits = _waits(waiting)
            conditions.append(waits if shown.is_open else ~waits)
        if shown.is_repeated is not None:
            besides = _other.claim_id != TallyRow.claim_id
            repeated = select(_other.claim_id).where(_is_alike(), besides).correlate(TallyRow).exists()
            conditions.append(repeated if shown.is_repeated else ~repeated)
        if asked.words:
            has = func.instr if self._is_sqlite else func.strpos
            found = select(ClaimWordsRow.claim_id).where(
                ClaimWordsRow.version_id == version_id,
                *(has(ClaimWordsRow.words, word) > 0 for word in asked.words),
            )
            named = TallyRow.claim_id.in_(found)
            conditions.append(named if asked.number is None else or_(TallyRow.number == asked.number, named))
        return conditions


def _split(version_id: int, order: QueueOrder, name: str) -> Iterator[tuple[Select[Any], Key | None]]:
    """The claims of a version in parts that each have an index for the order, with the key of it."""
    columns: tuple[Any, ...] = (TallyRow.claim_id, TallyRow.number)
    claims: Select[Any] = select(*columns)
    of_version = claims.where(TallyRow.version_id == version_id)
    key: Key | None = _SORTED.get(order)
    if order is QueueOrder.ALIKE:
        key = select(func.min(_other.number)).where(_is_alike()).correlate(TallyRow).scalar_subquery()
    if order is not QueueOrder.WORST:
        yield of_version.add_columns((literal(0) if key is None else key).label("key")), key
        return
    yield of_version.where(~_graded(name)).add_columns(TallyRow.badness.label("key")), TallyRow.badness
    own = rate(OpenGradeRow.grade, TallyRow.search)
    of_person = OpenGradeRow.version_id == version_id, OpenGradeRow.name == name
    yield claims.join(OpenGradeRow, _is_of_tally()).where(*of_person).add_columns(own.label("key")), own


def _waits(waiting: Waiting) -> ColumnElement[bool]:
    """``Waiting.holds`` of a row."""
    stands = TallyRow.status.in_
    return or_(
        stands(waiting.always),
        and_(stands(waiting.unless_graded), ~_graded(waiting.name)),
        and_(stands(waiting.unless_done), ~_graded(waiting.name, OpenGradeRow.done)),
    )


def _graded(name: str, *more: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[bool]:
    """Whether the person has graded the claim of a row, which is not settled."""
    given = select(OpenGradeRow.claim_id).where(_is_of_tally(), OpenGradeRow.name == name, *more)
    return given.correlate(TallyRow).exists()


def _is_of_tally() -> ColumnElement[bool]:
    return (OpenGradeRow.version_id == TallyRow.version_id) & (OpenGradeRow.claim_id == TallyRow.claim_id)


def _is_alike() -> ColumnElement[bool]:
    """That the other claim stands in the same version, in the same words and of the same type."""
    return and_(
        _other.version_id == TallyRow.version_id,
        _other.reading == TallyRow.reading,
        _other.claim_type == TallyRow.claim_type,
        _other.status != ClaimStatus.DISMISSED,
    )


def _is_placed() -> ColumnElement[bool]:
    return (TallyRow.version_id == PlacementRow.version_id) & (TallyRow.claim_id == PlacementRow.claim_id)
