"""What becomes of a mail whatever the server does, and that no header can be slipped in."""

from __future__ import annotations

import socket
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records.mailing import MailState
from reviewer.notices.sending import Tried, send
from reviewer.smtp_settings import Security, Smtp, is_mail_address
from tests.mail_server import HOST, PASSWORD, USER, Post, serve
from tests.own_ca import make_ca

TO = "sato@clinic.example"


def make_message() -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["To"] = "お知らせ", TO
    message.set_content("本文\n")
    return message


def test_a_mail_arrives_whole() -> None:
    post = Post()
    with serve(post) as smtp:
        assert send(smtp, make_message(), TO) == Tried(MailState.SENT)
    (envelope,), (message,) = post.came, post.messages
    assert (envelope.mail_from, envelope.rcpt_tos) == (smtp.sender, [TO])
    assert (message["Subject"], message.get_content().strip()) == ("お知らせ", "本文")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_password_and_mail_go_by_an_encrypted_way(
    security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca, post = make_ca(tmp_path), Post()
    with serve(post, security, str(ca.server), asks_password=True) as smtp:
        known = replace(smtp, user=USER, password=PASSWORD)
        assert send(known, make_message(), TO) == Tried(MailState.WAITING, "certificate_refused")
        monkeypatch.setenv("SSL_CERT_FILE", str(ca.bundle))
        wrong = replace(known, password="another")
        assert send(wrong, make_message(), TO) == Tried(MailState.WAITING, "sign_in_refused")
        assert send(known, make_message(), TO) == Tried(MailState.SENT)
    assert len(post.came) == 1


def test_nothing_is_sent_in_the_clear_where_encryption_is_set() -> None:
    post = Post()
    with serve(post) as smtp:
        asked = replace(smtp, security=Security.STARTTLS)
        assert send(asked, make_message(), TO) == Tried(MailState.WAITING, "not_encrypted")
    assert post.came == []


@pytest.mark.parametrize(
    ("post", "tried"),
    [
        (Post(recipient=["451 later"]), Tried(MailState.WAITING, "451")),
        (Post(recipient=["550 nobody"]), Tried(MailState.FAILED, "550")),
        (Post(text=["452 full"]), Tried(MailState.WAITING, "452")),
        (Post(text=["554 refused"]), Tried(MailState.FAILED, "554")),
    ],
)
def test_what_the_server_refuses_for_now_is_tried_again(post: Post, tried: Tried) -> None:
    with serve(post) as smtp:
        assert send(smtp, make_message(), TO) == tried
        assert post.came == []
        assert send(smtp, make_message(), TO) == Tried(MailState.SENT)


def test_a_line_that_breaks_after_the_text_leaves_open_whether_it_arrived() -> None:
    post = Post(hangs_up=True)
    with serve(post) as smtp:
        assert send(smtp, make_message(), TO) == Tried(MailState.UNKNOWN, "line_broke")
    assert len(post.came) == 1


def test_a_server_that_is_away_or_silent_is_tried_again() -> None:
    with socket.create_server((HOST, 0)) as silent:
        port = silent.getsockname()[1]
        smtp = Smtp(HOST, port, Security.NONE, "konkyo@clinic.example", "https://konkyo.clinic.example")
        assert send(smtp, make_message(), TO, timeout_seconds=0.3) == Tried(MailState.WAITING, "server_away")
    assert send(smtp, make_message(), TO) == Tried(MailState.WAITING, "server_away")


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_address_carries_a_second_line_or_a_second_person(name: str, host: str) -> None:
    address = f"{name}@{host}.example"
    if is_mail_address(address):
        assert address.isascii()
        assert address.isprintable()
        assert address.count("@") == 1
        assert not set(address) & set(' ,;:<>()[]"\\')
    for broken in (f"{name}\n@clinic.example", f"{name}, a@clinic.example", f"<{name}@clinic.example>"):
        assert not is_mail_address(broken)


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("sato.yuki+konkyo@clinic.example", True),
        ("sato@localhost", False),
        ("sato@clinic.example\n", False),
        ("a" * 65 + "@clinic.example", False),
        ("sato@-clinic.example", False),
        ("sato..yuki@clinic.example", False),
        ("", False),
    ],
)
def test_an_address_is_one_of_a_person_or_none(address: str, is_one: bool) -> None:
    assert is_mail_address(address) is is_one
