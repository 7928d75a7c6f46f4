"""Notices by mail: what a person chose, and what became of each mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailChoice(StrEnum):
    """When a person is told by mail; permanent."""

    NONE = "none"
    AT_ONCE = "at_once"
    DAILY = "daily"


class MailState(StrEnum):
    """What became of a mail; permanent. Whether one that is ``UNKNOWN`` arrived nobody can tell: it is not
    sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mailing:
    """Where a person is told by mail, when, and in which language (``locale``)."""

    account_id: int
    address: str
    choice: MailChoice
    locale: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail with the notices that it tells; its text is made when it is sent."""

    id: int
    account_id: int
    address: str
    made_at: datetime
    state: MailState
    attempts: int
    due_at: datetime
    failure: str = ""


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many mails wait, and how many were given up of late; ``failure`` is why the last of them was."""

    waiting: int
    given_up: int
    failure: str = ""
