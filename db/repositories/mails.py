"""Notices by mail: what people chose, and the mails that were made of what they had not seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.orm import Session

from claims.records.mailing import Mail, MailChoice, MailCounts, Mailing, MailState
from claims.records.notice import Notice
from db.mapping import read_record, take_values
from db.models import AccountRow, MailingRow, MailRow, NoticeRow, VersionRow
from db.repositories.inserting import insert_into
from db.repositories.notices import read_notice

_QUIET = {"synchronize_session": False}
_GIVEN_UP = (MailState.FAILED, MailState.UNKNOWN)


class MailRepository:
    """Keeps who is told by mail, and each mail: a notice is in one mail at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def choose(self, mailing: Mailing) -> None:
        """Let this be how the person is told."""
        row = insert_into(self._session, MailingRow).values(**take_values(mailing))
        chosen = {name: row.excluded[name] for name in ("address", "choice", "locale", "chosen_at")}
        self._session.execute(row.on_conflict_do_update(index_elements=["account_id"], set_=chosen))

    def find(self, account_id: int) -> Mailing | None:
        """How the person is told, ``None`` who never chose."""
        row = self._session.scalar(
            select(MailingRow).where(MailingRow.account_id == account_id),
            execution_options={"populate_existing": True},
        )
        return None if row is None else read_record(Mailing, row)

    def list_waiting(self) -> tuple[tuple[Mailing, datetime], ...]:
        """Whom something is to be told by mail, with when the oldest of it was told in the room."""
        rows = self._session.execute(
            select(MailingRow, func.min(NoticeRow.told_at))
            .join(AccountRow, AccountRow.id == MailingRow.account_id)
            .join(NoticeRow, NoticeRow.account_id == MailingRow.account_id)
            .where(AccountRow.active == true(), MailingRow.choice != MailChoice.NONE, *_untold())
            .group_by(MailingRow.account_id)
            .order_by(MailingRow.account_id)
        )
        return tuple((read_record(Mailing, row), oldest) for row, oldest in rows)

    def gather(self, mailing: Mailing, at: datetime, before: datetime) -> int | None:
        """The new mail with what the person was told ``before`` then and has not seen; ``None`` for none.

        Whoever gathers for the same person waits, and finds nothing.
        """
        self._session.execute(
            update(MailingRow)
            .where(MailingRow.account_id == mailing.account_id)
            .values(locale=MailingRow.locale),
            execution_options=_QUIET,
        )
        chosen = (NoticeRow.account_id == mailing.account_id, NoticeRow.told_at < before)
        since = NoticeRow.told_at >= mailing.chosen_at
        ids = self._session.scalars(
            select(NoticeRow.id).where(
                *chosen, since, NoticeRow.seen_at.is_(None), NoticeRow.mail_id.is_(None)
            )
        ).all()
        if not ids:
            return None
        mail = MailRow(
            account_id=mailing.account_id,
            address=mailing.address,
            made_at=at,
            state=MailState.WAITING,
            attempts=0,
            due_at=at,
            failure="",
        )
        self._session.add(mail)
        self._session.flush()
        self._session.execute(
            update(NoticeRow).where(NoticeRow.id.in_(ids)).values(mail_id=mail.id), execution_options=_QUIET
        )
        return mail.id

    def list_due(self, at: datetime, limit: int) -> tuple[int, ...]:
        """The mails that are to be sent now, who waits longest first."""
        due = select(MailRow.id).where(MailRow.state == MailState.WAITING, MailRow.due_at <= at)
        return tuple(self._session.scalars(due.order_by(MailRow.due_at, MailRow.id).limit(limit)))

    def begin(self, mail_id: int) -> Mail | None:
        """The mail, which whoever asked sends now; ``None`` when another does, or it was sent."""
        begun = self._session.scalar(
            update(MailRow)
            .where(MailRow.id == mail_id, MailRow.state == MailState.WAITING)
            .values(state=MailState.SENDING, attempts=MailRow.attempts + 1)
            .returning(MailRow.id),
            execution_options=_QUIET,
        )
        if begun is None:
            return None
        row = self._session.get_one(MailRow, mail_id, populate_existing=True)
        return read_record(Mail, row)

    def end(self, mail_id: int, state: MailState, failure: str = "", due_at: datetime | None = None) -> None:
        """The mail stands so after it was tried; it is tried again at ``due_at`` where it waits."""
        again = {} if due_at is None else {"due_at": due_at}
        self._session.execute(
            update(MailRow).where(MailRow.id == mail_id).values(state=state, failure=failure, **again),
            execution_options=_QUIET,
        )

    def give_up_left(self, failure: str) -> int:
        """How many mails somebody was sending who is no more: whether they arrived nobody can tell."""
        left = update(MailRow).where(MailRow.state == MailState.SENDING)
        rows = self._session.scalars(
            left.values(state=MailState.UNKNOWN, failure=failure).returning(MailRow.id),
            execution_options=_QUIET,
        )
        return len(rows.all())

    def drop(self, mail_id: int) -> None:
        """There is no such mail, and its notices were told by none."""
        of_mail = update(NoticeRow).where(NoticeRow.mail_id == mail_id)
        self._session.execute(of_mail.values(mail_id=None), execution_options=_QUIET)
        self._session.execute(delete(MailRow).where(MailRow.id == mail_id), execution_options=_QUIET)

    def list_notices(self, mail_id: int) -> tuple[Notice, ...]:
        """What the mail tells and still stands and is new, the latest first."""
        rows = self._session.execute(
            select(NoticeRow, VersionRow.article_id, VersionRow.number)
            .join(VersionRow, VersionRow.id == NoticeRow.version_id)
            .where(NoticeRow.mail_id == mail_id, NoticeRow.seen_at.is_(None))
            .order_by(NoticeRow.told_at.desc(), NoticeRow.id.desc())
        )
        return tuple(read_notice(row, article_id, number) for row, article_id, number in rows)

    def count(self, since: datetime) -> MailCounts:
        """How many mails wait, and how many that were made since then were given up."""
        waiting = self._count(MailRow.state.in_((MailState.WAITING, MailState.SENDING)))
        given_up = self._count(MailRow.state.in_(_GIVEN_UP), MailRow.made_at >= since)
        last = select(MailRow.failure).where(MailRow.failure != "", MailRow.made_at >= since)
        failure = self._session.scalar(last.order_by(MailRow.id.desc()).limit(1))
        return MailCounts(waiting, given_up, failure or "")

    def _count(self, *chosen: ColumnElement[bool]) -> int:
        return self._session.scalar(select(func.count()).select_from(MailRow).where(*chosen)) or 0


def _untold() -> Collection[ColumnElement[bool]]:
    """Of a person's notices those that no mail told, and that are of after they chose to be told by mail."""
    return NoticeRow.seen_at.is_(None), NoticeRow.mail_id.is_(None), NoticeRow.told_at >= MailingRow.chosen_at
