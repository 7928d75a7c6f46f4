"""The queue of an open version by what is kept of each claim: only what is shown is read, however long."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from claims.records.queue import Ask, Kind, QueueCounts, Waiting
from claims.records.retrieval import SearchStatus
from claims.records.review import ReviewClaim
from db.among import among
from db.mapping import claim_record, select_claims
from db.models import OpenGradeRow, PlacementRow, TallyRow
from db.repositories.latest import group_by_claim
from db.repositories.queue_lists import STANDS, QueueListReader, is_alike, is_of_others, other, tell_own


class QueueRepository:
    """Reads what the viewer of a queue may know: of what is open, their own grades and nobody else's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_list(self, version_id: int, asked: Ask, waiting: Waiting) -> QueueListReader:
        """What reads a list of the version for the person for whom its claims wait so."""
        return QueueListReader(self._session, version_id, asked, waiting)

    def count(self, version_id: int, name: str) -> QueueCounts:
        """How many claims of the version stand alike, and what this person has graded of them."""
        # As the index has them, by which they are counted as they come.
        kinds = (
            *(TallyRow.status, TallyRow.answered, TallyRow.search),
            *(TallyRow.risky, TallyRow.answered_by),
        )
        rows = self._session.execute(
            select(*kinds, func.count()).where(TallyRow.version_id == version_id, STANDS).group_by(*kinds)
        )
        own = OpenGradeRow.status, OpenGradeRow.done
        of_person = OpenGradeRow.version_id == version_id, OpenGradeRow.name == name
        graded = self._session.execute(select(*own, func.count()).where(*of_person).group_by(*own))
        of_others = self._session.execute(
            select(TallyRow.status, func.count())
            .where(TallyRow.version_id == version_id, STANDS, is_of_others(name))
            .where(~tell_own(name, OpenGradeRow.done))
            .group_by(TallyRow.status)
        )
        alike = {Kind(status, search, risky, by): count for status, _, search, risky, by, count in rows}
        return QueueCounts(
            alike,
            {(status, done): count for status, done, count in graded},
            self._count_repeated(version_id, sum(alike.values())),
            dict(of_others.all()),
        )

    def count_own(self, version_id: int, name: str) -> int:
        """How many claims that are not settled this person has graded."""
        of_person = OpenGradeRow.version_id == version_id, OpenGradeRow.name == name
        return self._session.scalar(select(func.count()).select_from(OpenGradeRow).where(*of_person)) or 0

    def _count_repeated(self, version_id: int, claims: int) -> int:
        """How many of so many claims have words that another has too."""
        of_version = TallyRow.version_id == version_id, STANDS
        # Whether any has is told in a third of the time in which they are put together.
        readings = select(func.count(TallyRow.reading.distinct())).where(*of_version)
        if self._session.scalar(readings) == claims:
            return 0
        groups = (
            select(func.count().label("claims"))
            .where(*of_version)
            .group_by(TallyRow.reading, TallyRow.claim_type)
            .having(func.count() > 1)
            .subquery()
        )
        return int(self._session.scalar(select(func.coalesce(func.sum(groups.c.claims), 0))) or 0)

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
            select(TallyRow.claim_id, other.number)
            .join(other, is_alike())
            .where(TallyRow.version_id == version_id, among(TallyRow.claim_id, claim_ids))
            .order_by(other.number)
        )
        found = group_by_claim(claim_ids, ((row.claim_id, row.number) for row in rows))
        return {claim_id: numbers for claim_id, numbers in found.items() if len(numbers) > 1}

    def list_unsure(self, version_id: int) -> tuple[int, ...]:
        """The claims that were searched and of which not all was answered."""
        rows = select(TallyRow.claim_id).where(
            TallyRow.version_id == version_id,
            STANDS,
            TallyRow.search != SearchStatus.NOT_SEARCHED,
            TallyRow.answered_by == "",
        )
        return tuple(self._session.scalars(rows))


def _is_placed() -> ColumnElement[bool]:
    return (TallyRow.version_id == PlacementRow.version_id) & (TallyRow.claim_id == PlacementRow.claim_id)
