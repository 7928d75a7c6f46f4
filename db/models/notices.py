"""What people are told, and by which mails. Nothing here is said by anybody: rows come and go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Pmid
from claims.records.mailing import MailChoice, MailState
from claims.records.notice import NoticeKind
from db.base import Base, Typed

_NEW: dict[str, Any] = {
    "sqlite_where": text("seen_at IS NULL"),
    "postgresql_where": text("seen_at IS NULL"),
}


class NoticeRow(Base):
    """A cause told to one account: once, as long as the cause stands. ``mail_id``: the mail that told it."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_told_once", "account_id", "kind", "cause", unique=True),
        Index("ix_notice_new", "account_id", "told_at", **_NEW),
        Index("ix_notice_version_id", "version_id", "kind"),
        Index("ix_notice_claim_id", "claim_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[NoticeKind]
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    pmid: Mapped[Pmid | None]
    cause: Mapped[str] = mapped_column(String(80))
    told_at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True, default=None)


class MailingRow(Base):
    """Where and when an account is told by mail; without a row it is not."""

    __tablename__ = "mailing"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    address: Mapped[str] = mapped_column(Typed("mailing.address", String(254)))
    choice: Mapped[MailChoice]
    locale: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime]


class MailRow(Base):
    """A mail that is to be sent from ``due_at`` on, or what became of it."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_state", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[datetime]
    state: Mapped[MailState]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    failure: Mapped[str] = mapped_column(Text)
