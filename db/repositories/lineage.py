"""How claims came of one another: from version to version, and by hand within one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.anchoring.succession import Successor, decide_succession, draw_lines
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import Anchoring, Descent, HandStep, Relation
from claims.records.review import ReviewClaim
from db.among import among
from db.mapping import placement_values, read_record, take_values
from db.models import DescentRow
from db.repositories.inserting import insert_many, touch_claims
from db.repositories.latest import group_by_claim
from db.repositories.placing import NewClaim, begin_claims, place_claims, set_standing

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
        """Place the claims of a new version as ``decide_succession`` says.

        Returns those that begin out of others, with their former ones.
        """
        succession = decide_succession(anchoring, former, stale, earlier)
        self._place(version_id, (*succession.kept, *succession.back), at)
        begun = succession.begun
        new = [NewClaim(one.claim, one.status, one.by_hand) for one in begun]
        ids = begin_claims(self._session, version_id, new)
        origins = [(id, one.anchor) for id, one in zip(ids, begun, strict=True)]
        back = [(one.known.id, one.anchor) for one in succession.back]
        self._keep_lines(draw_lines(version_id, anchoring, [*origins, *back]))
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
        by_hand = (_HAND_STEPS[relation],)
        begun = begin_claims(self._session, version_id, [NewClaim(c, status, by_hand) for c in claims])
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
        return tuple(read_record(Descent, row) for row in rows)

    def load_ancestors(self, claim_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """The claims that each of these came of, through all versions, latest first."""
        line = (
            select(DescentRow.claim_id.label("root"), DescentRow.former_id.label("former"))
            .where(among(DescentRow.claim_id, claim_ids), DescentRow.former_id != DescentRow.claim_id)
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

    def _place(self, version_id: int, successors: Sequence[Successor], at: datetime) -> None:
        touch_claims(self._session, [one.known.id for one in successors])
        place_claims(
            self._session,
            [
                placement_values(
                    one.claim,
                    version_id,
                    one.known.id,
                    at if one.reread else one.known.read_since,
                    one.known.steps if one.reread else one.known.read_after,
                )
                for one in successors
            ],
        )

    def _keep_lines(self, lines: Iterator[Descent]) -> None:
        insert_many(self._session, DescentRow, [take_values(line) for line in lines])
