"""Notifying: who is told of what. A notice comes in the transaction of its cause and goes with it (ADR 0048).

Nothing blind is told: no grade, no judgement, no name of who gave one. What is seen of open claims is that
they are open; what stands there is told once everybody may know it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from claims.records.citation import Pmid
from claims.records.notice import Cause, NoticeKind
from db.unit_of_work import UnitOfWork


def notify(work: UnitOfWork, cause: Cause, names: Iterable[str], at: datetime, but: str = "") -> None:
    """Tell these people, by the names of their accounts, except ``but`` who took the step.

    The same cause twice is one notice. Whose account is closed, or who has none, is left out. The caller
    commits, with the step.
    """
    _tell(work, [(name, cause) for name in names if name != but], at)


def notify_retracted(
    work: UnitOfWork, version_id: int, claim_id: int, pmid: Pmid, names: Iterable[str], at: datetime
) -> None:
    """Tell these people that a paper under the claim does not stand any more.

    That it bears on the claim is blind while the claim is open: only who attached it themselves is told then.
    """
    key = f"claim:{claim_id}:{pmid}"
    notify(work, Cause(NoticeKind.RETRACTED, version_id, key, claim_id, pmid), names, at)


def notify_review_again(
    work: UnitOfWork, version_id: int, due_on: date, names: Iterable[str], at: datetime
) -> None:
    """Tell these people that the version was before the public so long that it is to be reviewed again."""
    key = f"version:{version_id}:{due_on.isoformat()}"
    notify(work, Cause(NoticeKind.REVIEW_AGAIN, version_id, key), names, at)


def _tell(work: UnitOfWork, told: Iterable[tuple[str, Cause]], at: datetime) -> None:
    told = list(told)
    if told:
        accounts = {user.name: user.id for user in work.people.list_users() if user.active}
        work.notices.tell(((accounts[name], cause) for name, cause in told if name in accounts), at)
