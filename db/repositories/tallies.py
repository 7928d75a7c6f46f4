"""Counting at each step what pages would count at each view, in the transaction of the step.

``keep_tallies`` counts the claims anew that a unit of work touched, ``TallyRepository.recount`` all of a
version: both by ``_count``, so that what is kept is what would be counted. Nothing here is said by anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import JSON, delete, select, tuple_, type_coerce, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from claims.records.assessment import ClaimStatus, StepKind
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.records.plan import ReviewPlan
from claims.records.retrieval import ANSWERED
from db.among import among
from db.mapping import Values
from db.models import (
    AssessmentRow,
    ClaimRow,
    PlacementRow,
    ReopeningRow,
    SearchRow,
    TallyRow,
    VersionRow,
    WorkloadRow,
)
from db.repositories.inserting import TOUCHED_CLAIMS, TOUCHED_VERSIONS, insert_many, lock_row
from db.repositories.latest import still_stands
from db.repositories.plans import PlanRepository

_OPEN = (ClaimStatus.EXTRACTED, ClaimStatus.STALE, ClaimStatus.IN_REVIEW)
_COLUMNS = tuple(column.key for column in TallyRow.__table__.columns)
Key: TypeAlias = tuple[int, int]
Share: TypeAlias = tuple[int, Role, str]


def keep_tallies(session: Session) -> None:
    """Count anew what this session touched since the last time; nothing touched is no query."""
    claims: set[int] = session.info.pop(TOUCHED_CLAIMS, set())
    versions: set[int] = session.info.pop(TOUCHED_VERSIONS, set())
    if claims:
        kept, counted = _load(session, TallyRow.claim_id, claims), _count(session, claims)
        _replace(session, kept, counted)
        _shift_workload(session, kept.values(), counted.values())
    for version_id in sorted(versions):
        _share_out_anew(session, version_id)


class TallyRepository:
    """Counts anew what stands, wherever it was counted wrongly or not at all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_versions(self) -> tuple[int, ...]:
        """The versions of all articles, each after those before it."""
        return tuple(self._session.scalars(select(VersionRow.id).order_by(VersionRow.id)))

    def recount(self, version_id: int) -> int:
        """How many rows of the version were not as they are counted now; they are from here on.

        Held meanwhile is the version: nobody takes a step in it.
        """
        lock_row(self._session, VersionRow, version_id)
        return _recount(self._session, version_id)


def _recount(session: Session, version_id: int) -> int:
    placed = session.scalars(select(PlacementRow.claim_id).where(PlacementRow.version_id == version_id))
    kept = _load(session, TallyRow.version_id, [version_id])
    counted = {key: row for key, row in _count(session, placed.all()).items() if key[0] == version_id}
    return _replace(session, kept, counted) + _share_out_anew(session, version_id)


def _load(session: Session, column: InstrumentedAttribute[int], keys: Collection[int]) -> dict[Key, Values]:
    rows = session.execute(select(*TallyRow.__table__.columns).where(among(column, keys)))
    return {(row.version_id, row.claim_id): dict(zip(_COLUMNS, row, strict=True)) for row in rows}


def _count(session: Session, claim_ids: Collection[int]) -> dict[Key, Values]:
    """How these claims count in each version that they stand in, by what is stored of them."""
    graded, reopened = _load_grades(session, claim_ids), _load_reopened(session, claim_ids)
    searched = select(SearchRow.claim_id).where(
        among(SearchRow.claim_id, claim_ids), SearchRow.status.in_(ANSWERED)
    )
    answered = set(session.scalars(searched))
    newer = aliased(VersionRow)
    is_older = (
        select(newer.id)
        .where(newer.article_id == VersionRow.article_id, newer.number > VersionRow.number)
        .exists()
    )
    kind = type_coerce(PlacementRow.claim, JSON)["type"].as_string()
    rows = session.execute(
        select(PlacementRow.version_id, PlacementRow.claim_id, ~is_older, kind, ClaimRow.status)
        .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
        .join(VersionRow, VersionRow.id == PlacementRow.version_id)
        .where(among(PlacementRow.claim_id, claim_ids), PlacementRow.standing)
    )
    return {
        (version_id, claim_id): {
            "version_id": version_id,
            "claim_id": claim_id,
            "newest": newest,
            "claim_type": ClaimType(claim_type),
            "status": status,
            "answered": claim_id in answered,
            **_tell_graders(graded[claim_id], reopened[claim_id]),
        }
        for version_id, claim_id, newest, claim_type, status in rows
    }


def _load_grades(session: Session, claim_ids: Collection[int]) -> dict[int, list[AssessmentRow]]:
    """The grades of each claim that were not taken back, in the order they were given."""
    grades: dict[int, list[AssessmentRow]] = defaultdict(list)
    stand = still_stands(AssessmentRow, StepKind.GRADE)
    for row in session.scalars(
        select(AssessmentRow)
        .where(among(AssessmentRow.claim_id, claim_ids), stand)
        .order_by(AssessmentRow.id)
    ):
        grades[row.claim_id].append(row)
    return grades


def _load_reopened(session: Session, claim_ids: Collection[int]) -> dict[int, list[int]]:
    """With which of its steps each claim was opened again."""
    steps: dict[int, list[int]] = defaultdict(list)
    for claim_id, sequence in session.execute(
        select(ReopeningRow.claim_id, ReopeningRow.sequence).where(among(ReopeningRow.claim_id, claim_ids))
    ):
        steps[claim_id].append(sequence)
    return steps


def _tell_graders(grades: list[AssessmentRow], reopened: list[int]) -> Values:
    """The first two independent grades, from before a claim was opened again, and those that count now."""
    independent: dict[str, AssessmentRow] = {}
    for grade in grades:
        if not reopened or grade.sequence <= min(reopened):
            independent.setdefault(grade.graded_by, grade)
    current = [grade for grade in grades if not reopened or grade.sequence > max(reopened)]
    first, second = [*sorted(list(independent.values())[:2], key=_name), None, None][:2]
    return {
        "first_by": first and first.graded_by,
        "first_grade": first and first.grade,
        "second_by": second and second.graded_by,
        "second_grade": second and second.grade,
        "graders": tuple(sorted({grade.graded_by for grade in current})),
        "last_graded_at": max((grade.graded_at for grade in current), default=None),
    }


def _name(grade: AssessmentRow) -> str:
    return grade.graded_by


def _replace(session: Session, kept: dict[Key, Values], counted: dict[Key, Values]) -> int:
    """How many rows differed; what is counted is kept now."""
    gone = [key for key, row in kept.items() if counted.get(key) != row]
    come = [row for key, row in counted.items() if kept.get(key) != row]
    for version_id in {version_id for version_id, _ in gone}:
        ids = [claim_id for of_version, claim_id in gone if of_version == version_id]
        session.execute(
            delete(TallyRow).where(TallyRow.version_id == version_id, among(TallyRow.claim_id, ids)),
            execution_options={"synchronize_session": False},
        )
    insert_many(session, TallyRow, come)
    return len({*gone, *((row["version_id"], row["claim_id"]) for row in come)})


def _shift_workload(session: Session, kept: Iterable[Values], counted: Iterable[Values]) -> None:
    """Add to everybody's workload what the rows count more than they did."""
    before, after = ([row for row in rows if row["newest"]] for rows in (kept, counted))
    plans = PlanRepository(session).load_plans({row["version_id"] for row in (*before, *after)})
    waiting: Counter[Share] = Counter()
    done: Counter[Share] = Counter()
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows:
            for share, waits, is_done in _share_out(row, plans.get(row["version_id"], ReviewPlan())):
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


def _share_out(row: Mapping[str, Any], plan: ReviewPlan) -> Iterator[tuple[Share, bool, bool]]:
    """Of everybody whom the plan names: whether the claim waits for them, and whether it is done by them."""
    status = row["status"]
    for share in _list_shares(row["version_id"], plan):
        _, role, name = share
        if role is Role.ADJUDICATOR:
            yield share, status is ClaimStatus.CONFLICT, status is ClaimStatus.ADJUDICATED
        else:
            graded = name in row["graders"]
            yield share, status in _OPEN and not (graded and status is ClaimStatus.IN_REVIEW), graded


def _share_out_anew(session: Session, version_id: int) -> int:
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
    plan = PlanRepository(session).load_plans([newest]).get(newest, ReviewPlan())
    counted = {share: [0, 0] for share in _list_shares(newest, plan)}
    rows = select(TallyRow.version_id, TallyRow.status, TallyRow.graders).where(TallyRow.version_id == newest)
    for row in session.execute(rows) if counted else ():
        for share, waits, done in _share_out(row._asdict(), plan):
            counted[share] = [counted[share][0] + waits, counted[share][1] + done]
    of_versions = among(WorkloadRow.version_id, versions)
    kept = {
        (row.version_id, row.role, row.name): [row.waiting, row.done]
        for row in session.execute(select(*WorkloadRow.__table__.columns).where(of_versions))
    }
    if kept == counted:
        return 0
    session.execute(delete(WorkloadRow).where(of_versions), execution_options={"synchronize_session": False})
    insert_many(
        session,
        WorkloadRow,
        [
            {"version_id": newest, "role": role, "name": name, "waiting": waiting, "done": done}
            for (_, role, name), (waiting, done) in counted.items()
        ],
    )
    return sum(kept.get(share) != counted.get(share) for share in {*kept, *counted})


def _list_shares(version_id: int, plan: ReviewPlan) -> Iterator[Share]:
    """Everybody whom the plan names, as what."""
    for name in plan.reviewers:
        yield version_id, Role.REVIEWER, name
    if plan.adjudicator:
        yield version_id, Role.ADJUDICATOR, plan.adjudicator
