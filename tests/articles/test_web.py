"""Addresses of the web: only public machines, only so long, so far and so much, and never half a page."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from pathlib import Path

import pytest

from claims.articles.web.addresses import IpAddress, check_address, is_address, is_public
from claims.articles.web.fetching import FetchLimits, fetch_document
from claims.errors import ArticleError
from tests.articles.page_server import Answer, redirect, serve_pages
from tests.articles.pdf_writer import Words, write_pdf

PAGE = (Path(__file__).parent / "pages" / "faq_ja.html").read_bytes()
QUICK = FetchLimits(connect_seconds=1, read_seconds=1, total_seconds=1)

PUBLIC = ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
NOT_PUBLIC = [
    *("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("192.0.0.8", "192.0.0.9", "192.88.99.1", "::ffff:192.0.0.8", "64:ff9b::c000:8", "2002:c058:6301::1"),
    *("fec0::1", "feff:ffff::1", "3fff::1", "3fff:fff::1", "5f00::1", "100:0:0:1::1", "64:ff9b:1::a00:1"),
    *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:7f00:1::1"),
]


def loopback(address: IpAddress) -> bool:
    return address.is_loopback


def refuse(url: str, limits: FetchLimits | None = None) -> str:
    with pytest.raises(ArticleError) as refusal:
        fetch_document(url, loopback, limits)
    return refusal.value.code


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_address_may(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/a", "file:///etc/passwd", "http://", "https:///a", "javascript://example.org/"),
        *("http://user:secret@example.org/", "http://example.org:99999/", "http://[::1"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused_and_its_password_not_repeated(url: str) -> None:
    assert is_address(url)
    with pytest.raises(ArticleError) as refusal:
        check_address(url)
    assert refusal.value.code == "article_url_unusable"
    assert "secret" not in str(refusal.value)


def test_a_page_is_read_with_its_address_as_origin() -> None:
    with serve_pages({"/faq": Answer(PAGE), "/old": redirect("/faq#top")}) as base:
        document = fetch_document(f"{base}/old#a", loopback)
    assert document.article.origin == document.original.name == f"{base}/faq"
    assert document.original.content == PAGE
    assert document.article.title == "インプラントのよくある質問"


def test_a_pdf_behind_an_address_is_a_pdf() -> None:
    raw = write_pdf([Words("毛包は成長期と休止期をくり返します。", 50, 700)])
    with serve_pages({"/a": Answer(raw, headers=(("Content-Type", "text/html"),))}) as base:
        assert fetch_document(f"{base}/a", loopback).original.media_type == "application/pdf"


def test_the_charset_of_the_header_counts() -> None:
    body = "<html><body><p>毛包の周期。</p></body></html>".encode("euc_jp")
    with serve_pages({"/a": Answer(body, headers=(("Content-Type", "text/html; charset=EUC-JP"),))}) as base:
        assert fetch_document(f"{base}/a", loopback).article.text == "毛包の周期。\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "0"])
def test_this_machine_is_never_asked(host: str) -> None:
    seen: list[str] = []
    with serve_pages({"/": Answer(PAGE)}, seen) as base, pytest.raises(ArticleError) as refusal:
        fetch_document(base.replace("127.0.0.1", host) + "/")
    assert refusal.value.code in ("article_url_private", "article_url_unreachable")
    assert seen == []


def test_a_redirect_to_another_kind_of_address_is_refused() -> None:
    with serve_pages({"/a": redirect("file:///etc/passwd")}) as base:
        assert refuse(f"{base}/a") == "article_url_unusable"


def test_each_redirect_is_checked_anew() -> None:
    seen: list[str] = []

    def not_again(address: IpAddress) -> bool:
        return address == ipaddress.ip_address("127.0.0.1")

    with serve_pages({"/secret": Answer(PAGE)}, seen) as inner:
        moved = redirect(inner.replace("127.0.0.1", "127.0.0.2") + "/secret")
        with serve_pages({"/a": moved}) as base, pytest.raises(ArticleError) as refusal:
            fetch_document(f"{base}/a", not_again)
    assert (refusal.value.code, seen) == ("article_url_private", [])


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def rebinding(host: str, *arguments: object, **options: object) -> object:
        asked.append(host)
        answer = "127.0.0.1" if asked.count(host) == 1 else "127.0.0.9"
        return look_up(answer if host == "clinic.example" else host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with serve_pages({"/": Answer(PAGE)}) as base:
        fetch_document(base.replace("127.0.0.1", "clinic.example") + "/", loopback)
    assert asked.count("clinic.example") == 1


def test_a_host_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    with pytest.raises(ArticleError) as refusal:
        fetch_document("http://clinic.example/")
    assert refusal.value.code == "article_url_private"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"/": redirect("/")}, "article_url_redirects"),
        ({"/": redirect("/b"), "/b": redirect("/")}, "article_url_redirects"),
        ({"/": Answer(b"Forbidden", status=403)}, "article_url_status"),
        ({}, "article_url_status"),
        ({"/": Answer(PAGE, missing_bytes=500)}, "article_url_unreachable"),
        ({"/": Answer(b"")}, "article_empty"),
        ({"/": Answer(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)}, "article_picture"),
        (
            {"/": Answer(gzip.compress(b"a" * 60_000_000), headers=(("Content-Encoding", "gzip"),))},
            "article_too_large",
        ),
        ({"/": Answer(b"not gzip", headers=(("Content-Encoding", "gzip"),))}, "article_url_unreachable"),
    ],
    ids=["loop", "two loop", "forbidden", "missing", "cut off", "empty", "picture", "bomb", "no gzip"],
)
def test_an_answer_that_is_no_article_says_why(answers: dict[str, Answer], code: str) -> None:
    with serve_pages(answers) as base:
        assert refuse(f"{base}/") == code


@pytest.mark.timed
@pytest.mark.parametrize(
    "answer",
    [
        Answer(PAGE, drip_seconds=0.05),
        Answer(PAGE, drip_seconds=0.05, drips_headers=True),
        Answer(PAGE[:50], drip_seconds=2.0),
    ],
    ids=["body", "headers", "silence"],
)
def test_an_answer_that_drips_is_given_up_in_time(answer: Answer) -> None:
    with serve_pages({"/": answer}) as base:
        started = time.monotonic()
        assert refuse(f"{base}/", QUICK) == "article_url_timeout"
        assert time.monotonic() - started < 3


def test_an_encrypted_connection_is_checked_as_well() -> None:
    with serve_pages({"/": Answer(PAGE)}) as base:
        secure = base.replace("http:", "https:")
        assert refuse(f"{secure}/") == "article_url_unreachable"
        with pytest.raises(ArticleError) as refusal:
            fetch_document(f"{secure}/")
    assert refusal.value.code == "article_url_private"


def test_a_host_that_nobody_knows_is_unreachable() -> None:
    assert refuse("http://nobody.invalid/") == "article_url_unreachable"


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    assert refuse("http://127.0.0.1:9/") == "article_url_unreachable"
