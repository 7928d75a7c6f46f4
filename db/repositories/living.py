"""Searches of published claims that are asked again: runs, looks, and the records that are new."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from claims.records.assessment import ClaimStatus
from claims.records.citation import Pmid
from claims.records.living import LivingLook, LivingRun, NewRecord, NewRecordAnswer
from db.among import among
from db.mapping import read_record, take_values
from db.models import ClaimRow, LivingLookRow, LivingRunRow, NewRecordRow, PlacementRow
from db.repositories.inserting import insert_into
from db.repositories.runs import RunRepository
from db.repositories.uses import UseRepository

_QUIET = {"synchronize_session": False}


class PublishedClaim(NamedTuple):
    """A claim and the version of it that readers have."""

    claim_id: int
    version_id: int


class LivingRepository(RunRepository[LivingRun]):
    """Keeps runs, of which one at most is open, and each new record of a claim once."""

    record, row = LivingRun, LivingRunRow

    def list_claims(self, after: int = 0) -> tuple[PublishedClaim, ...]:
        """The claims of versions that readers have, by number, from there on; dismissed ones left out."""
        published = UseRepository(self._session).list_published()
        rows = self._session.execute(
            select(PlacementRow.claim_id, PlacementRow.version_id)
            .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
            .where(
                among(PlacementRow.version_id, published),
                PlacementRow.standing,
                ClaimRow.status != ClaimStatus.DISMISSED,
                PlacementRow.claim_id > after,
            )
            .order_by(PlacementRow.claim_id)
        )
        return tuple(PublishedClaim(*row) for row in rows)

    def move_on(self, before: LivingRun, after: LivingRun) -> bool:
        """Whether the run still stood as ``before``; it stands as ``after`` now."""
        return self._advance(before, after)

    def load_looks(self, claim_ids: Collection[int]) -> tuple[LivingLook, ...]:
        """The latest look of each source for these claims."""
        rows = select(LivingLookRow).where(among(LivingLookRow.claim_id, claim_ids))
        ordered = rows.order_by(LivingLookRow.claim_id, LivingLookRow.source)
        found = self._session.scalars(ordered.execution_options(populate_existing=True))
        return tuple(read_record(LivingLook, row) for row in found)

    def keep_look(self, look: LivingLook) -> None:
        """The look is the latest of its source for the claim."""
        fresh = insert_into(self._session, LivingLookRow).values(**take_values(look))
        told = {
            name: fresh.excluded[name] for name in take_values(look) if name not in ("claim_id", "source")
        }
        self._session.execute(fresh.on_conflict_do_update(index_elements=["claim_id", "source"], set_=told))

    def add(self, records: Sequence[NewRecord]) -> int:
        """How many of these records are new to their claims; one that was is left as it is."""
        if not records:
            return 0
        rows = insert_into(self._session, NewRecordRow).values([take_values(one) for one in records])
        added = rows.on_conflict_do_nothing(index_elements=["claim_id", "pmid"]).returning(NewRecordRow.id)
        return len(self._session.scalars(added).all())

    def load(self, claim_ids: Collection[int]) -> tuple[NewRecord, ...]:
        """The new records of these claims, answered or not, the most relevant of each first."""
        rows = select(NewRecordRow).where(among(NewRecordRow.claim_id, claim_ids))
        best = NewRecordRow.claim_id, NewRecordRow.relevance.desc(), NewRecordRow.id
        found = self._session.scalars(rows.order_by(*best).execution_options(populate_existing=True))
        return tuple(read_record(NewRecord, row) for row in found)

    def list_open(self, limit: int) -> tuple[NewRecord, ...]:
        """New records that nobody answered, ``limit`` at most."""
        rows = select(NewRecordRow).where(NewRecordRow.answer.is_(None))
        ordered = rows.order_by(NewRecordRow.version_id, NewRecordRow.claim_id, NewRecordRow.id).limit(limit)
        return tuple(read_record(NewRecord, row) for row in self._session.scalars(ordered))

    def answer(
        self, claim_id: int, pmid: Pmid, answer: NewRecordAnswer, comment: str, name: str, at: datetime
    ) -> bool:
        """Whether nobody had answered the record; this is the answer then."""
        answered = self._session.scalar(
            update(NewRecordRow)
            .where(
                NewRecordRow.claim_id == claim_id,
                NewRecordRow.pmid == pmid,
                NewRecordRow.answer.is_(None),
            )
            .values(answer=answer, comment=comment, answered_by=name, answered_at=at)
            .returning(NewRecordRow.id),
            execution_options=_QUIET,
        )
        return answered is not None
