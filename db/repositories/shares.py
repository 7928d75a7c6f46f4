"""Whose turn the claims of an article are, and how many each has done: shares counted with the tallies.

``shift_workload`` adds what a step changed, ``share_out_anew`` counts an article, ``count_shares`` versions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Text, cast, delete, func, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from claims.records.assessment import ClaimStatus
from claims.records.people import Role
from claims.records.plan import ReviewPlan
from claims.records.stage import ANYBODY
from db.among import among
from db.mapping import Values
from db.models import ClaimAssignmentRow, TallyRow, VersionRow, WorkloadRow
from db.repositories.inserting import insert_many
from db.repositories.plans import PlanRepository

_OPEN = (ClaimStatus.EXTRACTED, ClaimStatus.STALE, ClaimStatus.IN_REVIEW)
# Version, role and name.
Share: TypeAlias = tuple[int, Role, str]


def shift_workload(session: Session, kept: Iterable[Values], counted: Iterable[Values]) -> None:
    """Add to everybody's workload what the rows count more than they did."""
    before, after = ([row for row in rows if row["newest"]] for rows in (kept, counted))
    planned = PlanRepository(session)
    plans = planned.load_plans({row["version_id"] for row in (*before, *after)})
    assigned = planned.load_assigned({row["claim_id"] for row in (*before, *after)})
    waiting: Counter[Share] = Counter()
    done: Counter[Share] = Counter()
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows:
            plan, names = plans.get(row["version_id"], ReviewPlan()), assigned.get(row["claim_id"], ())
            for share, waits, is_done in _share_out(row, plan, names):
                waiting[share] += sign * waits
                done[share] += sign * is_done
    # In one order, so that of two at once neither waits for the other.
    for share in sorted(share for share in waiting if waiting[share] or done[share]):
        session.execute(
            update(WorkloadRow)
            .where(tuple_(WorkloadRow.version_id, WorkloadRow.role, WorkloadRow.name) == share)
            .values(waiting=WorkloadRow.waiting + waiting[share], done=WorkloadRow.done + done[share]),
            execution_options={"synchronize_session": False},
        )


def _share_out(
    row: Mapping[str, Any], plan: ReviewPlan, assigned: Collection[str]
) -> Iterator[tuple[Share, bool, bool]]:
    """Of everybody whom the plan names: whether the claim waits for them, and whether it is done by them.

    Where it names nobody, the claim waits for anybody until it is settled. One that is ``assigned`` to some
    of those whom it names waits for no other.
    """
    status = row["status"]
    for share in _list_shares(row["version_id"], plan):
        _, role, name = share
        if role is Role.ADJUDICATOR:
            yield share, status is ClaimStatus.CONFLICT, status is ClaimStatus.ADJUDICATED
        elif name == ANYBODY:
            yield share, status in _OPEN, status.is_settled
        else:
            graded = name in row["graders"]
            left = not (graded and status is ClaimStatus.IN_REVIEW)
            yield share, status in _OPEN and left and (not assigned or name in assigned), graded


def share_out_anew(session: Session, version_id: int) -> int:
    """How many shares of the article of this version differed; each is counted by its newest version now."""
    of_article = aliased(VersionRow)
    versions = session.scalars(
        select(VersionRow.id)
        .join(of_article, of_article.article_id == VersionRow.article_id)
        .where(of_article.id == version_id)
        .order_by(VersionRow.number)
    ).all()
    newest = versions[-1]
    session.execute(
        update(TallyRow)
        .where(among(TallyRow.version_id, versions), TallyRow.newest != (TallyRow.version_id == newest))
        .values(newest=TallyRow.version_id == newest),
        execution_options={"synchronize_session": False},
    )
    counted = count_shares(session, [newest])
    # What waits for authors is counted with the flags (``db/repositories/stages.py``).
    of_versions = among(WorkloadRow.version_id, versions) & (WorkloadRow.role != Role.AUTHOR)
    kept = {
        (row.version_id, row.role, row.name): [row.waiting, row.done]
        for row in session.execute(select(*WorkloadRow.__table__.columns).where(of_versions))
    }
    if kept == counted:
        return 0
    session.execute(delete(WorkloadRow).where(of_versions), execution_options={"synchronize_session": False})
    store_shares(session, counted)
    return sum(kept.get(share) != counted.get(share) for share in {*kept, *counted})


def count_shares(session: Session, version_ids: Collection[int]) -> dict[Share, list[int]]:
    """What waits for everybody whom the plans of these newest versions name, and what is done by them.

    Claims that stand alike are counted by the database, one row for all of them; then what is assigned one by
    one is put right.
    """
    plans = PlanRepository(session).load_plans(version_ids)
    counted = {share: [0, 0] for id in version_ids for share in _list_shares(id, plans.get(id, ReviewPlan()))}
    alike = TallyRow.version_id, TallyRow.status, cast(TallyRow.graders, Text)
    rows = (
        select(TallyRow.version_id, TallyRow.status, alike[-1].label("graders"), func.count().label("claims"))
        .where(among(TallyRow.version_id, [share[0] for share in counted]))
        .group_by(*alike)
    )
    for row in session.execute(rows) if counted else ():
        of_row = {**row._asdict(), "graders": json.loads(row.graders)}
        for share, waits, done in _share_out(of_row, plans.get(row.version_id, ReviewPlan()), ()):
            waiting, finished = counted[share]
            counted[share] = [waiting + waits * row.claims, finished + done * row.claims]
    for claim, names in _list_assigned(session, plans):
        plan = plans[claim["version_id"]]
        as_planned, as_assigned = _share_out(claim, plan, ()), _share_out(claim, plan, names)
        for (share, before, _), (_, now, _) in zip(as_planned, as_assigned, strict=True):
            counted[share][0] += now - before
    return counted


def _list_assigned(
    session: Session, version_ids: Collection[int]
) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """The claims of these versions that are assigned one by one, and to whom."""
    if not version_ids:
        return
    rows = session.execute(
        select(TallyRow.version_id, TallyRow.claim_id, TallyRow.status, TallyRow.graders).where(
            among(TallyRow.version_id, version_ids),
            TallyRow.claim_id.in_(select(ClaimAssignmentRow.claim_id)),
        )
    ).all()
    assigned = PlanRepository(session).load_assigned({row.claim_id for row in rows}) if rows else {}
    for row in rows:
        yield row._asdict(), assigned[row.claim_id]


def store_shares(session: Session, counted: Mapping[Share, list[int]]) -> None:
    """Keep what was counted; none of these shares is there yet."""
    rows: list[Values] = [
        {"version_id": version_id, "role": role, "name": name, "waiting": waiting, "done": done}
        for (version_id, role, name), (waiting, done) in counted.items()
    ]
    insert_many(session, WorkloadRow, rows)


def _list_shares(version_id: int, plan: ReviewPlan) -> Iterator[Share]:
    """Everybody whom the plan names, as what; where it names nobody, anybody of the role."""
    for name in plan.reviewers or (ANYBODY,):
        yield version_id, Role.REVIEWER, name
    yield version_id, Role.ADJUDICATOR, plan.adjudicator or ANYBODY
