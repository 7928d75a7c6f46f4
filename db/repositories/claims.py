"""The claims of a version, and the units that became none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.errors import NotFound, VersionConflict
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, DroppedUnit, Extraction
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim, ReviewDropped
from claims.text.wording import digest_wording
from db.among import among
from db.mapping import Values, dropped_values, read_record, words_values
from db.models import ClaimRow, ClaimWordsRow, DroppedRow, PlacementRow, VersionRow
from db.repositories.inserting import insert_many, lock_row, touch_claims
from db.repositories.nearby import load_nearby
from db.repositories.placing import (
    NewClaim,
    begin_claims,
    iterate_standing,
    latest_placements,
    load_placed,
)


class ClaimRepository:
    """Keeps claims in the article's order; a change of one names the revision that it was decided on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_extraction(self, version_id: int, extraction: Extraction) -> tuple[ReviewClaim, ...]:
        """The claims of a version that has none yet, numbered from 1; the dropped units are kept too."""
        begin_claims(self._session, version_id, [NewClaim(claim) for claim in extraction.claims])
        self.add_dropped(version_id, extraction.dropped)
        return self.list_claims(version_id)

    def add_dropped(self, version_id: int, units: Sequence[DroppedUnit]) -> None:
        """Keep the units of a version that became no claim, in the article's order."""
        insert_many(self._session, DroppedRow, [dropped_values(unit, version_id) for unit in units])

    def list_claims(self, version_id: int) -> tuple[ReviewClaim, ...]:
        """All claims of a version by number, the dismissed ones among them.

        Those whose place others took are left out.
        """
        chosen = (PlacementRow.version_id == version_id) & PlacementRow.standing
        return load_placed(self._session, chosen)

    def iterate_claims(self, version_id: int, at_once: int) -> Iterator[tuple[ReviewClaim, ...]]:
        """All claims of a version by number, dismissed ones too, so many at once: a query for each part."""
        yield from iterate_standing(self._session, version_id, at_once)

    def list_nearby(self, claim: ReviewClaim, most: int) -> tuple[ReviewClaim, ...]:
        """The claims of its version from ``most`` before this one to ``most`` after it, by number."""
        return load_nearby(self._session, claim, most)

    def list_replaced(self, version_id: int) -> tuple[ReviewClaim, ...]:
        """The claims of a version whose place others took by hand."""
        chosen = (PlacementRow.version_id == version_id) & PlacementRow.standing.is_(False)
        return load_placed(self._session, chosen)

    def get_claim(self, claim_id: int) -> ReviewClaim:
        """The claim as it now stands, in the newest version that it came to. Raises ``NotFound``."""
        for claim in self.load_claims([claim_id]):
            return claim
        raise NotFound("claim_not_found", id=claim_id)

    def load_claims(self, claim_ids: Sequence[int]) -> tuple[ReviewClaim, ...]:
        """These claims as they now stand, each in the newest version that it came to."""
        chosen = PlacementRow.id.in_(latest_placements(claim_ids))
        return load_placed(self._session, chosen, most=len(claim_ids))

    def list_earlier(self, article_id: int, version_id: int) -> tuple[ReviewClaim, ...]:
        """The claims of an article that no longer stand in this version of it, as they last stood."""
        versions = select(VersionRow.id).where(VersionRow.article_id == article_id)
        standing = select(PlacementRow.claim_id).where(
            PlacementRow.version_id == version_id, PlacementRow.standing
        )
        latest = (
            select(func.max(PlacementRow.id))
            .where(PlacementRow.version_id.in_(versions), PlacementRow.claim_id.not_in(standing))
            .group_by(PlacementRow.claim_id)
        )
        return load_placed(self._session, PlacementRow.id.in_(latest))

    def load_statuses(self, claim_ids: Collection[int]) -> dict[int, ClaimStatus]:
        """Where each of these claims stands; one that is not there is absent."""
        rows = self._session.execute(
            select(ClaimRow.id, ClaimRow.status).where(among(ClaimRow.id, claim_ids))
        )
        return {row.id: row.status for row in rows}

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
        self._revise(
            claim_id, expected_revision, {"status": status} | ({} if reason is None else {"reason": reason})
        )
        return self.get_claim(claim_id)

    def change_claim(self, claim: ReviewClaim, changed: Claim, step: HandStep, at: datetime) -> ReviewClaim:
        """The claim as a person now words or types it in the version it stands in; the text stays.

        Raises ``VersionConflict`` when it changed since it was read, ``NotFound``.
        """
        steps = (*(known for known in claim.by_hand if known is not step), step)
        self._revise(claim.id, claim.revision, {"by_hand": steps})
        since: Values = {}
        if changed.read_as != claim.claim.read_as:
            said = select(ClaimRow.steps).where(ClaimRow.id == claim.id).scalar_subquery()
            since = {"read_since": at, "read_after": said}
        self._session.execute(
            update(PlacementRow)
            .where(PlacementRow.claim_id == claim.id, PlacementRow.version_id == claim.version_id)
            .values(claim=changed, reading=digest_wording(changed.read_as), **since),
            execution_options={"synchronize_session": False},
        )
        self._session.execute(update(ClaimWordsRow), [words_values(claim.version_id, claim.id, changed)])
        return self.get_claim(claim.id)

    def add_by_hand(self, version_id: int, claim: Claim, dropped_id: int | None = None) -> ReviewClaim:
        """The claim that a person makes of a place in a version, be it that of a unit that was dropped."""
        begun = begin_claims(self._session, version_id, [NewClaim(claim, by_hand=(HandStep.ADDED,))])
        if dropped_id is not None:
            self._take_dropped(dropped_id, begun[0])
        return self.get_claim(begun[0])

    def list_dropped(self, version_id: int) -> tuple[ReviewDropped, ...]:
        """All units dropped from a version, in the article's order, the restored ones among them."""
        rows = self._session.scalars(
            select(DroppedRow)
            .where(DroppedRow.version_id == version_id)
            .order_by(DroppedRow.id)
            .execution_options(populate_existing=True)
        )
        return tuple(read_record(ReviewDropped, row) for row in rows)

    def get_dropped(self, dropped_id: int) -> ReviewDropped:
        """The dropped unit and what became of it. Raises ``NotFound``."""
        row = self._session.get(DroppedRow, dropped_id, populate_existing=True)
        if row is None:
            raise NotFound("dropped_not_found", id=dropped_id)
        return read_record(ReviewDropped, row)

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
        restored = NewClaim(claim, by_hand=(HandStep.RESTORED,))
        (claim_id,) = begin_claims(self._session, version_id, [restored])
        self._take_dropped(dropped_id, claim_id)
        return self.get_claim(claim_id)

    def _take_dropped(self, dropped_id: int, claim_id: int) -> None:
        self._session.execute(update(DroppedRow).where(DroppedRow.id == dropped_id).values(claim_id=claim_id))

    def _revise(self, claim_id: int, expected_revision: int, changes: Values) -> None:
        """Change the row of a claim, unless it changed since ``expected_revision``."""
        changed = self._session.scalar(
            update(ClaimRow)
            .where(ClaimRow.id == claim_id, ClaimRow.revision == expected_revision)
            .values(revision=ClaimRow.revision + 1, **changes)
            .returning(ClaimRow.id),
            execution_options={"synchronize_session": False},
        )
        touch_claims(self._session, [claim_id])
        if changed is None:
            found = self.get_claim(claim_id).revision
            raise VersionConflict("claim_changed", id=claim_id, expected=expected_revision, found=found)
