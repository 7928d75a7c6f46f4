"""How claims came of one another: from version to version, and by hand within one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.anchoring.returning import find_returning, stand_again
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import Anchor, Anchoring, Descent, HandStep, Relation
from claims.records.review import ReviewClaim
from db.mapping import Values, descent_record, descent_values, placement_values
from db.models import DescentRow, PlacementRow
from db.repositories.grouping import group_by_claim
from db.repositories.inserting import insert_many
from db.repositories.placing import begin_claims, set_standing

_HAND_STEPS = {Relation.MERGED: HandStep.MERGED, Relation.SPLIT: HandStep.SPLIT}


class LineageRepository:
    """Places claims in versions and keeps each line of descent; what was said of a claim stays with it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_anchoring(
        self,
        version_id: int,
        anchoring: Anchoring,
        former: Mapping[int, ReviewClaim],
        stale: Collection[int],
        earlier: Sequence[ReviewClaim],
        at: datetime,
    ) -> dict[int, tuple[int, ...]]:
        """Place the claims of a new version; returns those that begin out of others, with their former ones.

        Untouched claims are the same claims, and so are those of ``earlier`` whose words are back. The others
        begin here, stale where a former one is among ``stale``: somebody graded it.
        """
        kept = [anchor for anchor in anchoring.anchors if anchor.relation.keeps_claim]
        changed = [
            (anchor, claim)
            for anchor in anchoring.anchors
            if not anchor.relation.keeps_claim
            for claim in anchor.claims
        ]
        returning = find_returning([claim for _, claim in changed], earlier)
        self._place_kept(version_id, kept, former, at)
        self._place_returning(version_id, changed, returning, at)
        begun = [pair for pair, known in zip(changed, returning, strict=True) if known is None]
        ids = begin_claims(
            self._session, version_id, [(claim, _begin_status(anchor, stale)) for anchor, claim in begun]
        )
        origins = [(id, anchor) for id, (anchor, _) in zip(ids, begun, strict=True)]
        back = [(known.id, anchor) for known, (anchor, _) in zip(returning, changed, strict=True) if known]
        self._keep_lines(_draw_lines(version_id, anchoring, [*origins, *back]))
        return {id: anchor.former for id, anchor in origins if anchor.former}

    def replace_by_hand(
        self,
        version_id: int,
        relation: Relation,
        former: Sequence[int],
        claims: Sequence[Claim],
        status: ClaimStatus,
        put_back: Sequence[int] = (),
    ) -> tuple[int, ...]:
        """The claims that take the place of ``former`` in a version: new ones, and those put back.

        ``former`` are still there with all that was said of them, out of the version's list.
        """
        set_standing(self._session, version_id, former, standing=False)
        set_standing(self._session, version_id, put_back, standing=True)
        begun = begin_claims(
            self._session, version_id, [(claim, status) for claim in claims], (_HAND_STEPS[relation],)
        )
        standing = (*put_back, *begun)
        self._keep_lines(
            Descent(version_id, relation, old, new, by_hand=True) for new in standing for old in former
        )
        return standing

    def list_lines(self, version_id: int) -> tuple[Descent, ...]:
        """The lines between the version before and this one, and those drawn by hand since, in order."""
        rows = self._session.scalars(
            select(DescentRow).where(DescentRow.version_id == version_id).order_by(DescentRow.id)
        )
        return tuple(descent_record(row) for row in rows)

    def load_ancestors(self, claim_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """The claims that each of these came of, through all versions, latest first."""
        line = (
            select(DescentRow.claim_id.label("root"), DescentRow.former_id.label("former"))
            .where(DescentRow.claim_id.in_(claim_ids), DescentRow.former_id != DescentRow.claim_id)
            .cte(recursive=True)
        )
        # UNION leaves out what is there: what was merged and split again is its own ancestor.
        line = line.union(
            select(line.c.root, DescentRow.former_id)
            .join(line, line.c.former == DescentRow.claim_id)
            .where(DescentRow.former_id != DescentRow.claim_id)
        )
        rows = self._session.execute(
            select(line.c.root, line.c.former)
            .where(line.c.root != line.c.former)
            .order_by(line.c.root, line.c.former.desc())
        )
        return group_by_claim(claim_ids, ((root, former) for root, former in rows))

    def _place_kept(
        self, version_id: int, kept: Sequence[Anchor], former: Mapping[int, ReviewClaim], at: datetime
    ) -> None:
        insert_many(
            self._session,
            PlacementRow,
            [
                placement_values(
                    anchor.claims[0],
                    version_id,
                    anchor.former[0],
                    at if anchor.reread else known.read_since,
                    known.steps if anchor.reread else known.read_after,
                )
                for anchor in kept
                for known in (former[anchor.former[0]],)
            ],
        )

    def _place_returning(
        self,
        version_id: int,
        changed: Sequence[tuple[Anchor, Claim]],
        returning: Sequence[ReviewClaim | None],
        at: datetime,
    ) -> None:
        rows: list[Values] = []
        for (_, claim), known in zip(changed, returning, strict=True):
            if known is not None:
                standing = stand_again(known, claim)
                same = standing.read_as == known.claim.read_as and standing.section == known.claim.section
                since = (known.read_since, known.read_after) if same else (at, known.steps)
                rows.append(placement_values(standing, version_id, known.id, *since))
        insert_many(self._session, PlacementRow, rows)

    def _keep_lines(self, lines: Iterator[Descent]) -> None:
        insert_many(self._session, DescentRow, [descent_values(line) for line in lines])


def _begin_status(anchor: Anchor, stale: Collection[int]) -> ClaimStatus:
    return ClaimStatus.STALE if any(id in stale for id in anchor.former) else ClaimStatus.EXTRACTED


def _draw_lines(
    version_id: int, anchoring: Anchoring, begun: Sequence[tuple[int, Anchor]]
) -> Iterator[Descent]:
    """Kept claims to themselves, removed ones to nothing, begun ones from all they came of."""
    for anchor in anchoring.anchors:
        if anchor.relation.keeps_claim:
            yield Descent(version_id, anchor.relation, anchor.former[0], anchor.former[0])
        elif anchor.relation is Relation.REMOVED:
            yield Descent(version_id, anchor.relation, anchor.former[0], None)
    for id, anchor in begun:
        for former in anchor.former or (None,):
            yield Descent(version_id, anchor.relation, former, id)
