"""The job that tells people: what was counted meanwhile, whose day has come, and the mails of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from claims.records.job import JobKind, JobOrder
from claims.records.mailing import MailState
from claims.search.stopping import STOP
from db.unit_of_work import UnitOfWork
from reviewer.notices.sending import send
from reviewer.notices.writing import write_mail
from reviewer.rules.review_days import ReviewRules
from reviewer.smtp_settings import Smtp
from reviewer.workflow.mailing import (
    begin_mail,
    end_mail,
    gather_mails,
    give_up_left,
    list_due,
    remind_overdue,
)
from reviewer.workflow.review_days import keep_days
from reviewer.workflow.stages import catch_up

# Under one key: of the schedulers of several servers one begins it.
ORDER = JobOrder("notices", JobKind.TELL_NOTICES, 0, 0, "")
EVERY_SECONDS = 60.0

_log = logging.getLogger("konkyo.mail")


@dataclass(frozen=True)
class Postman:
    """What tells people in a house; without ``smtp`` in the room alone. ``actor`` stands in the trail."""

    open_work: Callable[[], UnitOfWork]
    smtp: Smtp | None
    zone: ZoneInfo
    review_rules: ReviewRules
    actor: str
    now: Callable[[], datetime]
    secret: str = field(repr=False)

    def deliver(self) -> Iterator[int]:
        """Tell what is to be told by now; each mail is yielded, by its number, once it was tried."""
        catch_up(self.open_work, None, self.now())
        remind_overdue(self.open_work, self.zone, self.now())
        keep_days(self.open_work, self.review_rules, self.now(), self.actor)
        if self.smtp is None:
            return
        with self.open_work() as work:
            give_up_left(work)
        gather_mails(self.open_work, self.smtp.digest_hour, self.zone, self.now())
        with self.open_work() as work:
            due = list_due(work, self.now())
        for mail_id in due:
            stop = STOP.get()
            if stop is not None and stop.is_set():
                return
            if not self._send(self.smtp, mail_id):
                return
            yield mail_id

    def _send(self, smtp: Smtp, mail_id: int) -> bool:
        """Whether the server is there for the next mail."""
        with self.open_work() as work:
            begun = begin_mail(work, mail_id)
        if begun is None:
            return True
        mail, mailing, lines = begun
        tried = send(smtp, write_mail(smtp, mail, mailing, lines, self.secret), mail.address)
        with self.open_work() as work:
            end_mail(work, mail, tried.state, tried.failure, self.now())
        told = {
            "event": "mail_tried",
            "state": tried.state.value,
            "code": tried.failure,
            "person": mail.account_id,
        }
        level = logging.INFO if tried.state is MailState.SENT else logging.WARNING
        _log.log(level, "mail %d: %s %s", mail_id, tried.state.value, tried.failure, extra=told)
        return tried.failure not in ("server_away", "sign_in_refused", "not_encrypted", "certificate_refused")
