"""The claims of a version, and the units that became none."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims.errors import NotFound, VersionConflict
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, Extraction
from claims.records.review import ReviewClaim, ReviewDropped
from db.mapping import claim_record, claim_values, dropped_record, dropped_values
from db.models import ClaimRow, DroppedRow, VersionRow
from db.repositories.inserting import insert_many
from db.repositories.locking import lock_row


class ClaimRepository:
    """Keeps claims in the article's order; a change of one names the revision that it was decided on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_extraction(self, version_id: int, extraction: Extraction) -> tuple[ReviewClaim, ...]:
        """The claims of a version that has none yet, numbered from 1; the dropped units are kept too."""
        numbered = enumerate(extraction.claims, start=1)
        insert_many(
            self._session, ClaimRow, [claim_values(claim, version_id, number) for number, claim in numbered]
        )
        insert_many(
            self._session, DroppedRow, [dropped_values(unit, version_id) for unit in extraction.dropped]
        )
        return self.list_claims(version_id)

    def list_claims(self, version_id: int) -> tuple[ReviewClaim, ...]:
        """All claims of a version by number, the dismissed ones among them."""
        rows = self._session.scalars(
            select(ClaimRow)
            .where(ClaimRow.version_id == version_id)
            .order_by(ClaimRow.number)
            .execution_options(populate_existing=True)
        )
        return tuple(claim_record(row) for row in rows)

    def get_claim(self, claim_id: int) -> ReviewClaim:
        """The claim as it now stands. Raises ``NotFound``."""
        row = self._session.get(ClaimRow, claim_id, populate_existing=True)
        if row is None:
            raise NotFound("claim_not_found", id=claim_id)
        return claim_record(row)

    def hold_claim(self, claim_id: int) -> ReviewClaim:
        """The claim, held until this unit of work ends: nobody else changes it. Raises ``NotFound``."""
        lock_row(self._session, ClaimRow, claim_id)
        return self.get_claim(claim_id)

    def change_status(
        self, claim_id: int, status: ClaimStatus, expected_revision: int, reason: str | None = None
    ) -> ReviewClaim:
        """The claim with its new status and the next revision; ``None`` leaves the reason as it was.

        Raises ``VersionConflict`` when the claim changed since ``expected_revision``, ``NotFound``.
        """
        changes = {"status": status} if reason is None else {"status": status, "reason": reason}
        changed = self._session.scalars(
            update(ClaimRow)
            .where(ClaimRow.id == claim_id, ClaimRow.revision == expected_revision)
            .values(revision=ClaimRow.revision + 1, **changes)
            .returning(ClaimRow),
            execution_options={"synchronize_session": False, "populate_existing": True},
        ).one_or_none()
        if changed is None:
            found = self.get_claim(claim_id).revision
            raise VersionConflict("claim_changed", id=claim_id, expected=expected_revision, found=found)
        return claim_record(changed)

    def list_dropped(self, version_id: int) -> tuple[ReviewDropped, ...]:
        """All units dropped from a version, in the article's order, the restored ones among them."""
        rows = self._session.scalars(
            select(DroppedRow)
            .where(DroppedRow.version_id == version_id)
            .order_by(DroppedRow.id)
            .execution_options(populate_existing=True)
        )
        return tuple(dropped_record(row) for row in rows)

    def get_dropped(self, dropped_id: int) -> ReviewDropped:
        """The dropped unit and what became of it. Raises ``NotFound``."""
        row = self._session.get(DroppedRow, dropped_id, populate_existing=True)
        if row is None:
            raise NotFound("dropped_not_found", id=dropped_id)
        return dropped_record(row)

    def restore(self, dropped_id: int, claim: Claim) -> ReviewClaim:
        """The claim that a dropped unit became, at its place; the numbers after it move up by one.

        The other claims keep their revisions: nothing that was decided about them changed.
        Raises ``VersionConflict`` when the unit was restored before, ``NotFound``.
        """
        version_id = self.get_dropped(dropped_id).version_id
        lock_row(self._session, VersionRow, version_id)
        dropped = self.get_dropped(dropped_id)
        if dropped.claim_id is not None:
            raise VersionConflict("already_restored", id=dropped_id, claim_id=dropped.claim_id)
        earlier = [known for known in self.list_claims(version_id) if known.claim.start <= claim.start]
        number = max((known.number for known in earlier), default=0) + 1
        self._make_room(version_id, number)
        row = ClaimRow(**claim_values(claim, version_id, number))
        self._session.add(row)
        self._session.flush()
        self._session.execute(update(DroppedRow).where(DroppedRow.id == dropped_id).values(claim_id=row.id))
        return claim_record(row)

    def _make_room(self, version_id: int, number: int) -> None:
        """Move the claims from ``number`` on up by one, by way of negative numbers: no two ever share one."""
        of_version = ClaimRow.version_id == version_id
        for which, moved in (
            (ClaimRow.number >= number, -(ClaimRow.number + 1)),
            (ClaimRow.number < 0, -ClaimRow.number),
        ):
            self._session.execute(
                update(ClaimRow).where(of_version, which).values(number=moved),
                execution_options={"synchronize_session": False},
            )
