"""What the authors of articles cite."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.records.reference import AuthorReference
from db.among import among
from db.mapping import read_record, take_values
from db.models import ReferenceRow
from db.repositories.inserting import insert_many


class ReferenceRepository:
    """Keeps the references of each version; only what looking them up told is ever changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version_id: int, references: Iterable[AuthorReference]) -> tuple[AuthorReference, ...]:
        """The references as they are kept: after those that the version has, in their order."""
        last = self._session.scalar(
            select(func.max(ReferenceRow.position)).where(ReferenceRow.version_id == version_id)
        )
        placed = tuple(
            replace(one, version_id=version_id, position=position)
            for position, one in enumerate(references, start=(last or 0) + 1)
        )
        insert_many(self._session, ReferenceRow, [take_values(one) for one in placed])
        return placed

    def load(self, version_ids: Collection[int]) -> dict[int, tuple[AuthorReference, ...]]:
        """The references of each of these versions, in their order."""
        rows = self._session.scalars(
            select(ReferenceRow)
            .where(among(ReferenceRow.version_id, version_ids))
            .order_by(ReferenceRow.version_id, ReferenceRow.position)
            .execution_options(populate_existing=True)
        )
        found: dict[int, list[AuthorReference]] = {version_id: [] for version_id in version_ids}
        for row in rows:
            found[row.version_id].append(read_record(AuthorReference, row))
        return {version_id: tuple(kept) for version_id, kept in found.items()}

    def record_look_ups(self, references: Iterable[AuthorReference]) -> None:
        """Keep what looking these up told, each in place of what was told before."""
        for one in references:
            self._session.execute(
                update(ReferenceRow)
                .where(ReferenceRow.version_id == one.version_id, ReferenceRow.position == one.position)
                .values(look_up=one.look_up),
                execution_options={"synchronize_session": False},
            )
