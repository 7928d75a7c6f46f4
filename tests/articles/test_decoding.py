"""Bytes become text, or a typed refusal."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import decode_text
from claims.articles.decoding import MAX_BYTES
from claims.errors import ArticleError

TEXT = "薄毛の治療について、エクソソームの働きを説明します。\n「髪が生える」とされています。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_japanese_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding)) == TEXT


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    assert decode_text("ａ\r\nｂ\rｃ　㎎".encode()) == "ａ\nｂ\nｃ　㎎"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "article_empty"),
        (b" \n\t ", "article_empty"),
        (b"%PDF-1.7 abc", "article_binary"),
        (b"PK\x03\x04abc", "article_binary"),
        (bytes(range(256)) * 20, "article_binary"),
        (b"a" * (MAX_BYTES + 1), "article_too_large"),
        (b"\xff\xfe\x00\xd8a", "article_encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        decode_text(raw)
    assert refusal.value.code == code


def test_noise_is_refused() -> None:
    noise = random.Random(7).randbytes(4_000)
    with pytest.raises(ArticleError):
        decode_text(noise)


@given(raw=st.binary(max_size=300))
def test_any_bytes_give_text_or_a_typed_refusal(raw: bytes) -> None:
    try:
        text = decode_text(raw)
    except ArticleError:
        return
    assert text.encode("utf-8")
    assert "\x00" not in text
