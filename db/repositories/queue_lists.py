"""One list of the queue of an open version, read no further than it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.queue import MOST_COUNTED, Ask, QueueOrder, Waiting, rate_badness
from claims.records.retrieval import SearchStatus
from db.among import among
from db.models import ClaimAssignmentRow, ClaimWordsRow, OpenGradeRow, TallyRow

Key: TypeAlias = InstrumentedAttribute[int] | ColumnElement[int]
Status: TypeAlias = InstrumentedAttribute[ClaimStatus]
_SORTED: dict[QueueOrder, InstrumentedAttribute[int]] = {
    QueueOrder.PAPERS: TallyRow.minus_papers,
    QueueOrder.LEVEL: TallyRow.level,
}
STANDS = TallyRow.status != ClaimStatus.DISMISSED
other = aliased(TallyRow)


def is_alike() -> ColumnElement[bool]:
    """That the other claim stands in the same version, in the same words and of the same type."""
    return and_(
        other.version_id == TallyRow.version_id,
        other.reading == TallyRow.reading,
        other.claim_type == TallyRow.claim_type,
        other.status != ClaimStatus.DISMISSED,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Claims that have an index for their order: by ``key``, or where all have that of ``level`` by number.

    ``level`` is ``None`` where their keys differ. Where they stand, and whether they wait for the viewer, is
    told by the row that is read first.
    """

    claims: Select[Any]
    key: Key | None
    level: int | None
    status: Status
    waits: ColumnElement[bool]

    def is_beyond(self, key: int, onward: bool) -> bool:
        """Whether all of it comes after whatever has this key."""
        return self.level is not None and (self.level > key if onward else self.level < key)

    def order(self, place: tuple[int, int] | None, limit: int | None, onward: bool) -> Select[Any]:
        """The claims with key and number in their order, those beyond ``place`` alone."""
        by: tuple[Key, ...] = (TallyRow.number,) if self.key is None else (self.key, TallyRow.number)
        shown = self.claims
        if place is not None and (self.level is None or self.level == place[0]):
            here = tuple_(*by)
            there = tuple_(*map(literal, place[2 - len(by) :]))
            shown = shown.where(here > there if onward else here < there)
        return shown.order_by(*(column if onward else column.desc() for column in by)).limit(limit)


class QueueListReader:
    """Reads a list as somebody has it: of what is open, by their own grades and nobody else's."""

    def __init__(self, session: Session, version_id: int, asked: Ask, waiting: Waiting) -> None:
        self._session = session
        self._has = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
        self._version_id = version_id
        self._asked = asked
        self._waiting = waiting

    def count(self, most: int) -> int:
        """How many claims the list has, ``most`` and one for all that are more."""
        claims = _select_by(literal(0)).where(self._is_of_version())
        whole = _Part(claims, None, None, TallyRow.status, self._waits())
        first = whole.claims.where(STANDS, *self._where(whole)).limit(most + 1).subquery()
        return self._session.scalar(select(func.count()).select_from(first)) or 0

    def list_ids(self, limit: int | None, *, are_open: bool = False) -> tuple[int, ...]:
        """The claims of the list in its order, ``limit`` at most; with ``are_open`` those alone that wait."""
        return tuple(row.claim_id for row in self._read(limit, are_open=are_open))

    def find_ways(self, claim_id: int) -> tuple[int | None, int | None, int | None]:
        """The claims before and after this one in the list, whether it is in it or not, and the first after
        it that waits; ``None`` for each where there is none, and all for one that is in no list."""
        here = next(iter(self._read_one(claim_id)), None)
        if here is None:
            return None, None, None
        place = here.key, here.number

        def find(*, onward: bool = True, are_open: bool = False) -> int | None:
            found = self._read(1, place, onward=onward, are_open=are_open)
            return found[0].claim_id if found else None

        return find(onward=False), find(), find(are_open=True)

    def _read_one(self, claim_id: int) -> list[Row[Any]]:
        """The row of one claim, whether the list has it or not."""
        asked = (
            part.order(None, 1, True).where(STANDS, TallyRow.claim_id == claim_id) for part in self._split()
        )
        return [row for query in asked for row in self._session.execute(query)]

    def _read(
        self,
        limit: int | None,
        place: tuple[int, int] | None = None,
        *,
        onward: bool = True,
        are_open: bool = False,
    ) -> list[Row[Any]]:
        """Claims of the list with key and number, those beyond ``place`` alone.

        Part by part, none of which is read that comes after all that is asked for.
        """
        found: list[Row[Any]] = []
        for part in self._split(onward):
            if place is not None and part.level is not None and part.is_beyond(place[0], not onward):
                continue
            if limit is not None and len(found) >= limit and part.is_beyond(found[limit - 1].key, onward):
                break
            where = [STANDS, *self._where(part)]
            if are_open:
                where.append(part.waits)
            found += self._session.execute(part.order(place, limit, onward).where(*where))
            found.sort(key=lambda row: (row.key, row.number), reverse=not onward)
            found = found[:limit]
        return found

    def _split(self, onward: bool = True) -> Iterator[_Part]:
        """The claims of the version in parts, those whose keys differ before those of one key each.

        What the viewer graded and is open has its key of that grade.
        """
        order = self._asked.order
        if order is QueueOrder.WORST:
            yield self._take_ungraded()
            for level, grades in sorted(_LEVELS.items(), reverse=not onward):
                yield self._take_graded(level, grades)
            return
        key: Key | None = _SORTED.get(order)
        if order is QueueOrder.ALIKE:
            key = select(func.min(other.number)).where(is_alike()).correlate(TallyRow).scalar_subquery()
        claims = _select_by(literal(0) if key is None else key).where(self._is_of_version())
        yield _Part(claims, key, None if key is not None else 0, TallyRow.status, self._waits())

    def _is_of_version(self) -> ColumnElement[bool]:
        return TallyRow.version_id == self._version_id

    def _take_ungraded(self) -> _Part:
        """The claims that the viewer has not graded, or that are settled."""
        waiting, own = self._waiting, select(OpenGradeRow.claim_id).where(*self._is_own())
        asked = TallyRow.status.in_(waiting.unless_done) & ~is_of_others(waiting.name)
        waits = or_(TallyRow.status.in_(waiting.always | waiting.unless_graded), asked)
        claims = _select_by(TallyRow.badness).where(self._is_of_version())
        ungraded = claims.where(~own.correlate(TallyRow).exists())
        return _Part(ungraded, TallyRow.badness, None, TallyRow.status, waits)

    def _take_graded(self, level: int, grades: Sequence[SupportGrade]) -> _Part:
        """The claims to which the viewer gave one of these grades, and which are not settled."""
        graded = _select_by(literal(level)).select_from(OpenGradeRow).join(TallyRow, _is_of_tally())
        own = OpenGradeRow.version_id == self._version_id, OpenGradeRow.name == self._waiting.name
        status = OpenGradeRow.status
        left = and_(
            status.in_(self._waiting.unless_done), ~OpenGradeRow.done, ~is_of_others(self._waiting.name)
        )
        waits = or_(status.in_(self._waiting.always), left)
        return _Part(graded.where(*own, OpenGradeRow.grade.in_(grades)), None, level, status, waits)

    def _waits(self) -> ColumnElement[bool]:
        """``Waiting.holds`` of a row, whatever the viewer said of it."""
        status, waiting = TallyRow.status, self._waiting
        return or_(
            status.in_(waiting.always),
            status.in_(waiting.unless_graded) & ~tell_own(waiting.name, literal(True)),
            and_(
                status.in_(waiting.unless_done),
                ~tell_own(waiting.name, OpenGradeRow.done),
                ~is_of_others(waiting.name),
            ),
        )

    def _is_own(self) -> tuple[ColumnElement[bool], ...]:
        return _is_of_tally(), OpenGradeRow.name == self._waiting.name

    def _where(self, part: _Part) -> list[ColumnElement[bool]]:
        shown = self._asked.shown
        conditions: list[ColumnElement[bool]] = []
        if shown.status is not None:
            conditions.append(part.status == shown.status)
        if shown.search is not None:
            conditions.append(TallyRow.search == shown.search)
        if shown.is_risky is not None:
            conditions.append(TallyRow.risky.is_(shown.is_risky))
        if shown.is_open is not None:
            conditions.append(part.waits if shown.is_open else ~part.waits)
        if shown.is_repeated is not None:
            besides = other.claim_id != TallyRow.claim_id
            repeated = select(other.claim_id).where(is_alike(), besides).correlate(TallyRow).exists()
            conditions.append(repeated if shown.is_repeated else ~repeated)
        if self._asked.words:
            conditions.append(self._is_named())
        return conditions

    def _is_named(self) -> ColumnElement[bool]:
        """That the words are the claim's, or the number."""
        if len(self._named) <= MOST_COUNTED:
            return among(TallyRow.claim_id, self._named)
        # So many have them that those that are shown are found by looking through the list from its begin.
        itself = ClaimWordsRow.claim_id == TallyRow.claim_id
        named = self._has_words(select(ClaimWordsRow.claim_id)).where(itself).correlate(TallyRow).exists()
        number = self._asked.number
        return named if number is None else or_(TallyRow.number == number, named)

    @cached_property
    def _named(self) -> tuple[int, ...]:
        """The claims that have the words or the number, of more than ``MOST_COUNTED`` one more than that.

        Words are looked through from end to end, and so but once.
        """
        found = self._has_words(select(ClaimWordsRow.claim_id)).limit(MOST_COUNTED + 1)
        ids = set(self._session.scalars(found))
        if self._asked.number is not None:
            is_it = TallyRow.number == self._asked.number
            numbered = select(TallyRow.claim_id).where(self._is_of_version(), is_it)
            ids.update(self._session.scalars(numbered))
        return tuple(sorted(ids))

    def _has_words(self, of_words: Select[Any]) -> Select[Any]:
        # The longest first, which few have.
        words = sorted(self._asked.words, key=len, reverse=True)
        has_each = (self._has(ClaimWordsRow.words, word) > 0 for word in words)
        return of_words.where(ClaimWordsRow.version_id == self._version_id, *has_each)


def tell_own(name: str, told: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[bool]:
    """What the person's row of a claim tells, no where there is none.

    It is looked up for each claim that is read. Asked whether there ``EXISTS`` a row, PostgreSQL reads
    all that the person said in the whole house, to put it into a table.
    """
    own = select(told).where(_is_of_tally(), OpenGradeRow.name == name).correlate(TallyRow).scalar_subquery()
    return func.coalesce(own, false())


def is_of_others(name: str) -> ColumnElement[bool]:
    """Whether the claim is assigned, and not to this person; looked up as ``tell_own`` is."""
    assigned = select(literal(True)).where(ClaimAssignmentRow.claim_id == TallyRow.claim_id)
    own = assigned.where(ClaimAssignmentRow.name == name)
    is_assigned, is_own = (
        func.coalesce(rows.limit(1).correlate(TallyRow).scalar_subquery(), false())
        for rows in (assigned, own)
    )
    return and_(is_assigned, ~is_own)


def _list_levels() -> dict[int, list[SupportGrade]]:
    """Which grades are as bad as one another, by how bad they are."""
    levels: dict[int, list[SupportGrade]] = {}
    for grade in SupportGrade:
        levels.setdefault(rate_badness(grade, SearchStatus.FOUND), []).append(grade)
    return levels


_LEVELS = _list_levels()


def _select_by(key: Key) -> Select[Any]:
    """Claims with the key by which they come, and their number."""
    columns: tuple[Any, ...] = (TallyRow.claim_id, TallyRow.number, key.label("key"))
    return select(*columns)


def _is_of_tally() -> ColumnElement[bool]:
    return (OpenGradeRow.version_id == TallyRow.version_id) & (OpenGradeRow.claim_id == TallyRow.claim_id)
