"""Mailing: who wants to be told by mail, what is gathered into one, and what became of it (ADR 0048)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from claims.errors import RuleRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.lengths import require_length
from claims.records.mailing import Mail, MailChoice, MailCounts, Mailing, MailState
from claims.records.notice import NoticeLine, join_lines
from claims.records.people import User
from claims.records.stage import ANYBODY
from db.unit_of_work import UnitOfWork
from reviewer.moments import day_of
from reviewer.rules.permissions import Permission, require_permission
from reviewer.smtp_settings import is_mail_address
from reviewer.workflow.telling import tell_overdue

OpenWork = Callable[[], UnitOfWork]
# What happens within so long of a first notice comes in the same mail.
BATCH = timedelta(minutes=3)
# So long after each try that failed the next is made; after the last of them the mail is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
# Given up of late: what an administrator is told of.
_LATELY = timedelta(days=7)
_MOST_AT_ONCE, _MOST_OVERDUE = 200, 500


def choose_mailing(
    work: UnitOfWork, actor: User, address: str, choice: MailChoice, locale: str, at: datetime
) -> Mailing:
    """How the person is told by mail from now on, and in which language.

    Who wanted none until now is sent nothing of what they were told before. The trail keeps the choice and no
    address. Raises ``RuleRefused`` for what can be no address; none is needed who wants no mail.
    """
    former = work.mails.find(actor.id)
    since = at if former is None or former.choice is MailChoice.NONE else former.chosen_at
    mailing = Mailing(actor.id, address.strip(), choice, locale, since)
    require_permission(actor, Permission.READ_VERSIONS)
    require_length("mailing.address", mailing.address)
    if not is_mail_address(mailing.address) and (mailing.address or choice is not MailChoice.NONE):
        raise RuleRefused("mail_address_unusable", address=mailing.address[:80])
    work.mails.choose(mailing)
    work.commit(_entry(actor.name, actor.id, choice, at))
    return mailing


def find_mailing(work: UnitOfWork, account_id: int) -> Mailing | None:
    """How the person of the account is told by mail, ``None`` who never chose."""
    return work.mails.find(account_id)


def stop_mailing(work: UnitOfWork, account_id: int, at: datetime) -> None:
    """Let no mail go to the account any more, as whoever has a mail of it asked."""
    mailing = work.mails.find(account_id)
    if mailing is None or mailing.choice is MailChoice.NONE:
        return
    work.mails.choose(Mailing(account_id, mailing.address, MailChoice.NONE, mailing.locale, at))
    name = next(user.name for user in work.people.list_users() if user.id == account_id)
    work.commit(_entry(name, account_id, MailChoice.NONE, at))


def count_mails(work: UnitOfWork, at: datetime) -> MailCounts:
    """How many mails wait, and how many were given up within a week."""
    return work.mails.count(at - _LATELY)


def remind_overdue(open_work: OpenWork, zone: tzinfo, at: datetime) -> None:
    """Tell those for whom something of an article waits whose day has come; who is done is told no more."""
    today = day_of(at, zone) + timedelta(days=1)
    with open_work() as work:
        articles = work.desks.list_staged((), _MOST_OVERDUE, overdue_on=today)
        shares = work.desks.load_shares([one.at.version_id for one in articles])
        for one in articles:
            names = [s.name for s in shares[one.at.version_id] if s.waiting and s.name != ANYBODY]
            if one.at.due_on is not None:
                tell_overdue(work, one.at.version_id, one.at.due_on, names, at)
        work.commit_passing()


def gather_mails(open_work: OpenWork, digest_hour: int, zone: ZoneInfo, at: datetime) -> None:
    """Make a mail of what each person is to be told by now: a few minutes' notices, or those of a day."""
    with open_work() as work:
        waiting = work.mails.list_waiting()
    for mailing, oldest in waiting:
        is_daily = mailing.choice is MailChoice.DAILY
        before = find_digest(digest_hour, zone, at) if is_daily else at
        if oldest < before and (is_daily or oldest <= at - BATCH):
            with open_work() as work:
                work.mails.gather(mailing, at, before)
                work.commit_passing()


def find_digest(hour: int, zone: ZoneInfo, at: datetime) -> datetime:
    """The last moment, at ``at`` or before, at which the daily mails are made.

    >>> at = datetime.fromisoformat("2026-01-05T06:00:00+09:00")
    >>> find_digest(7, ZoneInfo("Asia/Tokyo"), at).isoformat()
    '2026-01-04T07:00:00+09:00'
    """
    local = at.astimezone(zone)
    moment = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return moment if moment <= local else moment - timedelta(days=1)


def list_due(work: UnitOfWork, at: datetime) -> tuple[int, ...]:
    """The mails that are to be sent now."""
    return work.mails.list_due(at, _MOST_AT_ONCE)


def give_up_left(work: UnitOfWork) -> None:
    """Give up what somebody was sending who is no more: it may have arrived, and is sent to nobody twice."""
    if work.mails.give_up_left("interrupted"):
        work.commit_passing()


def begin_mail(work: UnitOfWork, mail_id: int) -> tuple[Mail, Mailing, tuple[NoticeLine, ...]] | None:
    """The mail, whom it is to, and what it tells; ``None`` where it is not to be sent.

    That is: another sends it, its person wants none, or not there any more, nothing of it still stands and is
    new, or the account is closed. It is sent once this is committed.
    """
    mail = work.mails.begin(mail_id)
    if mail is None:
        return None
    mailing = work.mails.find(mail.account_id)
    lines = join_lines(work.mails.list_notices(mail_id))
    is_open = any(user.id == mail.account_id and user.active for user in work.people.list_users())
    is_wanted = mailing is not None and mailing.choice is not MailChoice.NONE
    if mailing is None or not lines or not is_open or not is_wanted or mailing.address != mail.address:
        work.mails.drop(mail_id)
        work.commit_passing()
        return None
    work.commit_passing()
    return mail, mailing, lines


def end_mail(work: UnitOfWork, mail: Mail, state: MailState, failure: str, at: datetime) -> None:
    """Keep how the try ended: one that may be made again waits, unless it was the last."""
    due_at = None
    if state is MailState.WAITING:
        if mail.attempts > len(PAUSES):
            state = MailState.FAILED
        else:
            due_at = at + PAUSES[mail.attempts - 1]
    work.mails.end(mail.id, state, failure, due_at)
    work.commit_passing()


def _entry(name: str, account_id: int, choice: MailChoice, at: datetime) -> AuditEntry:
    values = (("mail", choice.value),)
    return AuditEntry(at, name, AuditAction.MAILING_CHANGED, f"account:{account_id}", values)
