"""Sending one mail by SMTP: it arrived, it may be tried again, it will not arrive, or nobody can tell."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as WIRE

from claims.records.mailing import MailState
from reviewer.smtp_settings import Security, Smtp

TIMEOUT_SECONDS = 20.0
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try ended; ``failure`` says why, without an address: a code of ours, or the server's number."""

    state: MailState
    failure: str = ""


def send(smtp: Smtp, message: EmailMessage, to: str, timeout_seconds: float = TIMEOUT_SECONDS) -> Tried:
    """How it ended. Tried again is only what certainly did not arrive.

    A line that breaks after the text was sent leaves open whether the server took it: that is ``UNKNOWN``.
    """
    try:
        with _connect(smtp, timeout_seconds) as server:
            _require(server.mail(smtp.sender))
            _require(server.rcpt(to))
            return _send_text(server, message)
    except _Refused as refusal:
        return refusal.tried
    except smtplib.SMTPAuthenticationError:
        return Tried(MailState.WAITING, "sign_in_refused")
    except smtplib.SMTPNotSupportedError:
        return Tried(MailState.WAITING, "not_encrypted")
    except ssl.SSLError:
        return Tried(MailState.WAITING, "certificate_refused")
    except smtplib.SMTPResponseException as error:
        return Tried(MailState.WAITING, str(error.smtp_code))
    except (OSError, smtplib.SMTPException):
        return Tried(MailState.WAITING, "server_away")


class _Refused(Exception):
    """The server took the sender, the recipient or the text not."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        state = MailState.FAILED if code >= _PERMANENT else MailState.WAITING
        self.tried = Tried(state, str(code))


def _connect(smtp: Smtp, timeout_seconds: float) -> smtplib.SMTP:
    """A server that knows us, by a way that others cannot read."""
    context = ssl.create_default_context()
    if smtp.security is Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=timeout_seconds, context=context
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=timeout_seconds)
    try:
        if smtp.security is Security.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if smtp.user:
            server.login(smtp.user, smtp.password)
    except BaseException:
        server.close()
        raise
    return server


def _send_text(server: smtplib.SMTP, message: EmailMessage) -> Tried:
    try:
        code, _ = server.data(message.as_bytes(policy=WIRE))
    except smtplib.SMTPDataError as error:
        raise _Refused(error.smtp_code) from error
    except (OSError, smtplib.SMTPException):
        return Tried(MailState.UNKNOWN, "line_broke")
    _require((code, b""))
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    return Tried(MailState.SENT)


def _require(answer: tuple[int, bytes]) -> None:
    code, _ = answer
    if not 200 <= code < 300:
        raise _Refused(code)
