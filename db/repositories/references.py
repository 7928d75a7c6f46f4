"""What the authors of articles cite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from claims.records.reference import AuthorReference, CitedReferences, is_cited
from claims.records.review import ReviewClaim
from db.among import among
from db.mapping import read_record, take_values
from db.models import PlacementRow, ReferenceRow
from db.repositories.inserting import insert_many, touch_claims

# More claims cite so much of a bibliography that all of it is read at once.
_FEW = 20


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
        self._touch_claims({version_id} if placed else ())
        return placed

    def load(self, version_ids: Collection[int]) -> dict[int, tuple[AuthorReference, ...]]:
        """The references of each of these versions, in their order."""
        return self._load(version_ids, among(ReferenceRow.version_id, version_ids))

    def _load(
        self, version_ids: Collection[int], chosen: ColumnElement[bool]
    ) -> dict[int, tuple[AuthorReference, ...]]:
        rows = self._session.scalars(
            select(ReferenceRow)
            .where(chosen)
            .order_by(ReferenceRow.version_id, ReferenceRow.position)
            .execution_options(populate_existing=True)
        )
        found: dict[int, list[AuthorReference]] = {version_id: [] for version_id in version_ids}
        for row in rows:
            found[row.version_id].append(read_record(AuthorReference, row))
        return {version_id: tuple(kept) for version_id, kept in found.items()}

    def load_cited(self, claims: Sequence[ReviewClaim]) -> dict[int, tuple[AuthorReference, ...]]:
        """What each of these claims cites, by its number, in the order of ``CitedReferences``.

        Of a long bibliography a few claims cite little: only that is read whole.
        """
        versions = {claim.version_id for claim in claims}
        chosen = among(ReferenceRow.version_id, versions)
        if len(claims) <= _FEW:
            row = ReferenceRow
            places = select(row.id, row.version_id, row.marks, row.claim_id).where(chosen)
            cited = [
                id
                for id, version_id, marks, claim_id in self._session.execute(places)
                for claim in claims
                if claim.version_id == version_id and is_cited(marks, claim_id, claim.claim, claim.id)
            ]
            chosen = among(ReferenceRow.id, cited)
            if not cited:
                return {claim.id: () for claim in claims}
        found = {version: CitedReferences(read) for version, read in self._load(versions, chosen).items()}
        return {claim.id: found[claim.version_id].find(claim.claim, claim.id) for claim in claims}

    def record_look_ups(self, references: Iterable[AuthorReference]) -> None:
        """Keep what looking these up told, each in place of what was told before."""
        changed = tuple(references)
        self._touch_claims({one.version_id for one in changed})
        for one in changed:
            self._session.execute(
                update(ReferenceRow)
                .where(ReferenceRow.version_id == one.version_id, ReferenceRow.position == one.position)
                .values(look_up=one.look_up),
                execution_options={"synchronize_session": False},
            )

    def _touch_claims(self, version_ids: Collection[int]) -> None:
        """Have the claims of these versions counted anew, any of which may cite what came."""
        standing = select(PlacementRow.claim_id).where(
            among(PlacementRow.version_id, version_ids), PlacementRow.standing
        )
        touch_claims(self._session, self._session.scalars(standing) if version_ids else ())
