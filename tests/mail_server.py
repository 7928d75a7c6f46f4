"""A loopback mail server: keeps what comes, and refuses or breaks off as a test asks."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from reviewer.smtp_settings import Security, Smtp

HOST = "127.0.0.1"
USER, PASSWORD = "konkyo", "the server's password"


@dataclass
class Post:
    """What came. ``recipient`` and ``text`` are answered in place of taking the one or the other, once each;
    ``hangs_up`` ends the connection after the text was sent."""

    came: list[Envelope] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    hangs_up: bool = False

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails that came."""
        return [read(envelope) for envelope in self.came]

    async def handle_RCPT(
        self, server: Protocol, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient:
            return self.recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Protocol, session: Session, envelope: Envelope) -> str:
        if self.text:
            return self.text.pop(0)
        self.came.append(envelope)
        if self.hangs_up:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return "250 OK"


def read(envelope: Envelope) -> EmailMessage:
    """The mail as its reader sees it."""
    content = envelope.content
    assert isinstance(content, bytes)
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    ours = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == ours, handled=False)


@contextmanager
def serve(
    post: Post, security: Security = Security.NONE, certificate: str = "", asks_password: bool = False
) -> Iterator[Smtp]:
    """The settings of the server, which is there until the block ends."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        post,
        hostname=HOST,
        port=port,
        ready_timeout=30,
        ssl_context=context if security is Security.TLS else None,
        tls_context=context if security is Security.STARTTLS else None,
        require_starttls=security is Security.STARTTLS,
        authenticator=_check,
        auth_required=asks_password,
        auth_require_tls=security is Security.STARTTLS,
    )
    controller.start()
    try:
        yield Smtp(HOST, port, security, "konkyo@clinic.example", "https://konkyo.clinic.example")
    finally:
        controller.stop()
