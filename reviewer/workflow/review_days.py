"""By when published evidence is looked at again: counted by rule, set by hand, told, marked once it comes.

Decisions mark what is to be counted; whoever does what is due by the clock counts it (``keep_days``). Each
version is held while it is counted, so that of two at once the later one finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from claims.errors import RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.notice import NoticeKind
from claims.records.people import User
from claims.records.recheck import LostGround, ReviewMark
from claims.records.review import VersionSummary
from claims.records.review_day import ReviewDay, SetDay
from db.unit_of_work import UnitOfWork
from reviewer.moments import day_of
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.review_days import ReviewRules, find_claim_days, find_touched
from reviewer.workflow.contradicting import (
    Contradiction,
    find_contradicting,
    free_contradicted,
    mark_contradicted,
)
from reviewer.workflow.known_claims import take_in
from reviewer.workflow.notifying import notify_review_again
from reviewer.workflow.review_marks import change_marks, list_concerned, load_published, tell_mark
from reviewer.workflow.states import load_state

OpenWork = Callable[[], UnitOfWork]
_AT_ONCE, _MOST = 50, 1_000
_CAUSES = (LostGround.OVERDUE, LostGround.DOCUMENT_EXPIRED)
_KINDS = (NoticeKind.REVIEW_AGAIN, NoticeKind.REVIEW_SOON)


@dataclass(frozen=True, slots=True)
class KeptDays:
    """What was done: versions counted, claims marked and freed again, versions that people were told of."""

    counted: int = 0
    raised: int = 0
    lifted: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class DueReview:
    """A published version whose day has come or comes soon; ``set_day``: an editor set it."""

    day: ReviewDay
    version: VersionSummary
    set_day: SetDay | None = None


def keep_days(open_work: OpenWork, by: ReviewRules, at: datetime, actor: str) -> KeptDays:
    """Count what decisions and rules changed, mark the claims whose day has come, tell of days to come."""
    counted = raised = lifted = told = 0
    take_in(open_work, _MOST, actor, at)
    while True:
        with open_work() as work:
            due = work.review_days.list_uncounted(by.digest, _AT_ONCE)
        if not due:
            break
        for version_id in due:
            with open_work() as work:
                found = _find_contradicting(work, version_id)
            with open_work() as work:
                entries = count_day(work, version_id, by, found, actor, at)
            counted += entries is not None
            raised += len(entries or ())
    with open_work() as work:
        entries = free_contradicted(work, actor, at)
        if entries:
            work.commit(*entries)
    lifted += len(entries)
    today = day_of(at, by.zone)
    for version_id in _list_changed(open_work, today, at):
        with open_work() as work:
            entries = update_overdue(work, version_id, today, actor, at)
            if entries:
                work.commit(*entries)
        raised += sum(one.action is AuditAction.REVIEW_NEEDED for one in entries)
        lifted += sum(one.action is AuditAction.REVIEW_NOT_NEEDED for one in entries)
    soon = today + timedelta(days=by.soon_days)
    with open_work() as work:
        untold = work.review_days.list_untold(today, soon, _MOST)
    for day in untold:
        with open_work() as work:
            told += _tell(work, day.version_id, today, soon, at)
    return KeptDays(counted, raised, lifted, told)


def count_day(
    work: UnitOfWork,
    version_id: int,
    by: ReviewRules,
    found: Sequence[Contradiction],
    actor: str,
    at: datetime,
) -> tuple[AuditEntry, ...] | None:
    """The version's day is counted and kept; one that readers do not have has none.

    Returned are the lines of the trail on claims that are marked since they were ``found`` graded otherwise
    elsewhere, ``None`` where somebody else counted it meanwhile.
    """
    before = work.review_days.hold(version_id)
    if before is None or before.rules == by.digest:
        return None
    entries: tuple[AuditEntry, ...] = ()
    if not work.uses.list_published([version_id]):
        work.review_days.drop(version_id)
        work.notices.withdraw(_KINDS, [version_id])
    else:
        claims = tuple(find_claim_days(load_published(work, version_id), by))
        _keep(work, before, replace(before, claims=claims, rules=by.digest))
        entries = mark_contradicted(work, found, actor, at)
    if entries:
        work.commit(*entries)
    else:
        work.commit_passing()
    return entries


def set_review_day(
    work: UnitOfWork,
    version_id: int,
    due_on: date | None,
    reason: str,
    today: date,
    actor: User,
    at: datetime,
) -> ReviewDay:
    """The day of a published version as an editor sets it, earlier or later than the rules have it.

    ``None`` lets the rules' day hold again. Claims that were marked for a day that has come are marked no
    longer where it is put off. Raises ``RuleRefused`` without a reason, for a day that is past, and for a
    version that readers do not have.
    """
    require_permission(actor, Permission.PUBLISH)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    if due_on is not None and due_on < today:
        raise RuleRefused("review_day_past", day=due_on)
    work.articles.share_version(version_id)
    before = work.review_days.hold(version_id)
    if before is None or not work.uses.list_published([version_id]):
        raise RuleRefused("version_not_published", state=load_state(work, version_id))
    work.review_days.add_set(SetDay(version_id, due_on, reason.strip(), actor.name, at))
    day = _keep(work, before, before)
    values = (
        ("due_on", day.due_on.isoformat() if day.due_on else ""),
        ("before", before.due_on.isoformat() if before.due_on else ""),
        ("reason", reason.strip()),
    )
    entry = AuditEntry(at, actor.name, AuditAction.REVIEW_DAY_SET, f"version:{version_id}", values)
    work.commit(entry, *update_overdue(work, version_id, today, actor.name, at))
    return day


def update_overdue(
    work: UnitOfWork, version_id: int, today: date, actor: str, at: datetime
) -> tuple[AuditEntry, ...]:
    """The lines of the trail on claims whose day has come, marked here, and on those marked no longer.

    The caller commits.
    """
    work.articles.share_version(version_id)
    day = work.review_days.load([version_id]).get(version_id)
    found = _find_marks(work, day, today, at) if day and work.uses.list_published([version_id]) else ()
    raised, lifted = change_marks(work, version_id, found, at, lambda mark: mark.cause in _CAUSES)
    return (
        *(tell_mark(mark, AuditAction.REVIEW_NEEDED, actor, at) for mark in raised),
        *(tell_mark(mark, AuditAction.REVIEW_NOT_NEEDED, actor, at) for mark in lifted),
    )


def list_due_reviews(
    work: UnitOfWork, viewer: User, until: date, most: int, skip: int = 0
) -> tuple[DueReview, ...]:
    """The published versions whose day comes until then, the earliest first. For who grades or edits."""
    require_permission(viewer, Permission.READ_VERSIONS)
    days = work.review_days.list_due(until, most, skip)
    published = set(work.uses.list_published([day.version_id for day in days])) if days else set()
    versions = work.articles.summarise(published)
    return tuple(
        DueReview(day, versions[day.version_id], work.review_days.find_set(day.version_id))
        for day in days
        if day.version_id in published
    )


def load_review_day(work: UnitOfWork, version_id: int) -> tuple[ReviewDay | None, SetDay | None]:
    """The day of a version that readers have, and the day that an editor set, where one did."""
    day = work.review_days.load([version_id]).get(version_id)
    if day is None or not work.uses.list_published([version_id]):
        return None, None
    return day, work.review_days.find_set(version_id)


def _keep(work: UnitOfWork, before: ReviewDay, counted: ReviewDay) -> ReviewDay:
    """The day is the one that an editor set, else the rules'; who was told of another is told anew."""
    by_hand, first = work.review_days.find_set(counted.version_id), counted.by_rule
    due_on = by_hand.due_on if by_hand else first.due_on if first else None
    day = replace(counted, due_on=due_on)
    if due_on != before.due_on:
        day = replace(day, told_on=None)
        work.notices.withdraw(_KINDS, [day.version_id])
    work.review_days.keep(day)
    return day


def _find_contradicting(work: UnitOfWork, version_id: int) -> list[Contradiction]:
    """What was graded otherwise elsewhere of a version that was decided on since it was counted last."""
    day = work.review_days.load([version_id]).get(version_id)
    if day is None or day.rules or not work.uses.list_published([version_id]):
        return []
    return find_contradicting(work, version_id, load_published(work, version_id))


def _list_changed(open_work: OpenWork, today: date, at: datetime) -> tuple[int, ...]:
    """The versions whose marks are not those of today; their rows are read in bulk, and no claim."""
    with open_work() as work:
        days = {day.version_id: day for day in work.review_days.list_due(today, _MOST)}
        days |= work.review_days.load(work.review_marks.list_versions(_CAUSES))
        marks = work.review_marks.load(days)
        changed: list[int] = []
        for version_id, day in days.items():
            standing = {mark.claim_id for mark in marks.get(version_id, ()) if mark.cause in _CAUSES}
            if standing != {mark.claim_id for mark in _find_marks(work, day, today, at)}:
                changed.append(version_id)
    return tuple(changed)


def _find_marks(work: UnitOfWork, day: ReviewDay, today: date, at: datetime) -> tuple[ReviewMark, ...]:
    """The marks of today: where no rule is about any claim and an editor's day has come, of all claims."""
    if day.due_on is not None and day.due_on <= today and not day.claims:
        claims = work.claims.list_claims(day.version_id)
        return tuple(
            ReviewMark(day.version_id, claim.id, LostGround.OVERDUE, None, None, at, day.due_on)
            for claim in claims
            if claim.status is not ClaimStatus.DISMISSED
        )
    return tuple(
        ReviewMark(
            day.version_id,
            one.claim_id,
            LostGround.DOCUMENT_EXPIRED if one.document_id else LostGround.OVERDUE,
            None,
            None,
            at,
            one.due_on,
        )
        for one in find_touched(day, today)
    )


def _tell(work: UnitOfWork, version_id: int, today: date, soon: date, at: datetime) -> bool:
    """Whether editors and authors were told here that the day has come, or comes soon.

    What a clock told that had jumped ahead is taken back, and told once it is true.
    """
    day = work.review_days.hold(version_id)
    if day is None or day.due_on is None or not work.uses.list_published([version_id]):
        return False
    has_come, comes_soon = day.due_on <= today, day.due_on <= soon
    told_on = None if day.told_on is not None and day.told_on > today else day.told_on
    if told_on is not None and not (has_come and told_on < day.due_on):
        return False
    work.notices.withdraw(_KINDS, [version_id])
    if comes_soon:
        names = list_concerned(work, version_id)
        notify_review_again(work, version_id, day.due_on, names, at, soon=not has_come)
    work.review_days.keep(replace(day, told_on=today if comes_soon else None))
    work.commit_passing()
    return comes_soon
