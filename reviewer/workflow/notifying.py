"""Notifying: who is told of what. A notice comes in the transaction of its cause and goes with it (ADR 0048).

Nothing blind is told: no grade, no judgement, no name of who gave one. What is seen of open claims is that
they are open; what stands there is told once everybody may know it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from claims.records.citation import Pmid
from claims.records.notice import Cause, NoticeKind
from claims.records.plan import ReviewPlan
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork


def notify(work: UnitOfWork, cause: Cause, names: Iterable[str], at: datetime, but: str = "") -> None:
    """Tell these people, by the names of their accounts, except ``but`` who took the step.

    The same cause twice is one notice. Whose account is closed, or who has none, is left out. The caller
    commits, with the step.
    """
    accounts = {user.name: user.id for user in work.people.list_users() if user.active and user.name != but}
    work.notices.tell(((accounts[name], cause) for name in names if name in accounts), at)


def notify_retracted(
    work: UnitOfWork, version_id: int, claim_id: int, pmid: Pmid, names: Iterable[str], at: datetime
) -> None:
    """Tell these people that a paper under the claim does not stand any more.

    That it bears on the claim is blind while the claim is open: only who attached it themselves is told then.
    """
    key = f"claim:{claim_id}:{pmid}"
    notify(work, Cause(NoticeKind.RETRACTED, version_id, key, claim_id, pmid), names, at)


def notify_review_again(
    work: UnitOfWork, version_id: int, due_on: date, names: Iterable[str], at: datetime, *, soon: bool = False
) -> None:
    """Tell these people that the day has come on which the published version is to be reviewed again, or
    that it comes soon."""
    key = f"version:{version_id}:{due_on.isoformat()}"
    kind = NoticeKind.REVIEW_SOON if soon else NoticeKind.REVIEW_AGAIN
    notify(work, Cause(kind, version_id, key), names, at)


def notify_assigned(
    work: UnitOfWork, version: ArticleVersion, plan: ReviewPlan, actor: str, at: datetime
) -> None:
    """Tell whom the plan names, those alone who were not told before; whom it names no more was not told."""
    cause = Cause(NoticeKind.ASSIGNED, version.id, f"article:{version.article_id}")
    names = {*plan.reviewers, plan.adjudicator}
    until = work.articles.list_until(version.id)
    retell(work, (NoticeKind.ASSIGNED,), until, [(name, cause) for name in names], at, actor)


def retell(
    work: UnitOfWork,
    kinds: Collection[NoticeKind],
    version_ids: Collection[int],
    told: Collection[tuple[str, Cause]],
    at: datetime,
    but: str = "",
    claim_ids: Collection[int] | None = None,
) -> None:
    """Tell these people these causes; what else was told of these kinds stands no longer and goes."""
    accounts = {user.name: user.id for user in work.people.list_users() if user.active}
    stands = [(accounts[name], cause.kind, cause.key) for name, cause in told if name in accounts]
    work.notices.withdraw(kinds, version_ids, stands, claim_ids)
    work.notices.tell(
        ((accounts[name], cause) for name, cause in told if name in accounts and name != but), at
    )
