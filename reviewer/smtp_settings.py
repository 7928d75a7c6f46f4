"""Which server sends the house's mails, and which addresses mails are sent to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from claims.errors import SettingsError

LONGEST_ADDRESS = 254
_LONGEST_LOCAL = 64
_DIGEST_HOUR = 7
# RFC 5321 without quoted names, comments and addresses of numbers: what a person's address looks like. No
# sign of it ends a line, or begins another header, another recipient or an option of the server.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
# Of this machine: where no line leaves it, nobody reads along.
_HERE = ("localhost", "127.0.0.1", "::1")


class Security(StrEnum):
    """How the way to the server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server, whom mails are from, and the address at which the room is reached.

    ``digest_hour`` is that of the installation's time zone at which daily mails are made.
    """

    host: str
    port: int
    security: Security
    sender: str
    room: str
    user: str = ""
    password: str = field(default="", repr=False)
    digest_hour: int = _DIGEST_HOUR


def is_mail_address(text: str) -> bool:
    """Whether a mail can be sent to this address, and to nothing else.

    >>> [is_mail_address(one) for one in ("sato@example.org", "a@b.example, c@d.example", "佐藤@example.org")]
    [True, False, False]
    """
    is_short = len(text) <= LONGEST_ADDRESS and len(text.partition("@")[0]) <= _LONGEST_LOCAL
    return is_short and _ADDRESS.fullmatch(text) is not None


def read_smtp(read: Callable[..., str], public_url: str) -> Smtp | None:
    """The server that the settings name, ``None`` where they name none.

    ``public_url`` is the room's address where no other is given. Raises ``SettingsError`` naming what is
    missing or cannot be used.
    """
    host = read("KONKYO_SMTP_HOST")
    if not host:
        return None
    security = _read_security(read("KONKYO_SMTP_SECURITY", Security.STARTTLS.value), host)
    sender, room = read("KONKYO_MAIL_FROM"), read("KONKYO_ROOM_URL", public_url).rstrip("/")
    for name, value in (("KONKYO_MAIL_FROM", sender), ("KONKYO_ROOM_URL", room)):
        if not value:
            raise SettingsError("smtp_incomplete", setting=name)
    if not is_mail_address(sender):
        raise SettingsError("smtp_sender_unusable", sender=sender)
    if (
        urlsplit(room).scheme not in ("http", "https")
        or not urlsplit(room).hostname
        or not room.isprintable()
    ):
        raise SettingsError("room_url_unusable", url=room)
    return Smtp(
        host,
        _read_number(read("KONKYO_SMTP_PORT", str(_PORTS[security])), 1, 65_535, "KONKYO_SMTP_PORT"),
        security,
        sender,
        room,
        read("KONKYO_SMTP_USER"),
        read("KONKYO_SMTP_PASSWORD"),
        _read_number(read("KONKYO_MAIL_HOUR", str(_DIGEST_HOUR)), 0, 23, "KONKYO_MAIL_HOUR"),
    )


def _read_security(text: str, host: str) -> Security:
    """Without encryption a password and addresses are sent to this machine alone."""
    if text.lower() not in list(Security):
        raise SettingsError("smtp_security_unknown", security=text)
    security = Security(text.lower())
    if security is Security.NONE and host not in _HERE:
        raise SettingsError("smtp_unencrypted", host=host)
    return security


def _read_number(text: str, fewest: int, most: int, setting: str) -> int:
    if not (
        text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and fewest <= int(text) <= most
    ):
        raise SettingsError("number_unusable", setting=setting, fewest=fewest, most=most)
    return int(text)
