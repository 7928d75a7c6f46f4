"""Which encoding a web page is in: its mark, its header, its own word, or what its bytes look like."""

from __future__ import annotations

import codecs
import re

from claims.articles.decoding import MAX_BYTES, clean_text, decode_text
from claims.errors import ArticleError

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*+=\s*+[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_HEADER_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
# Servers name these by default, whatever the page is in: they count only when nothing else fits.
_WESTERN = ("cp1252", "iso8859-15")
# Browsers read these names as their supersets.
_SUPERSETS = {"shift_jis": "cp932", "euc_jp": "euc_jis_2004", "iso8859-1": "cp1252", "ascii": "cp1252"}
_ALIASES = {"x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp"}
# A page may hold this share of broken characters, as pages do that were cut or pasted together.
_MOST_BROKEN = 0.002


def decode_page(raw: bytes, content_type: str = "") -> str:
    """The markup of a page as text.

    A byte-order mark counts most, then ``content_type`` (the HTTP header's), then the page's own
    declaration, unless the bytes contradict it; else the encoding is found as for a text file.
    Raises ``ArticleError``: ``article_empty``, ``article_too_large``, ``article_encoding``.

    >>> decode_page('<meta charset="Shift_JIS">薬'.encode("cp932"))[-1]
    '薬'
    """
    if len(raw) > MAX_BYTES:
        raise ArticleError("article_too_large", bytes=len(raw), limit=MAX_BYTES)
    if not raw.strip():
        raise ArticleError("article_empty")
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_text(raw)
    named = _named_encodings(raw, content_type)
    japanese = ["iso2022_jp_ext"] if b"\x1b$" in raw else ["utf-8", *(n for n in named if n not in _WESTERN)]
    for encoding in japanese:
        if (text := _decode(raw, encoding)) is not None:
            return clean_text(text)
    try:
        return decode_text(raw)
    except ArticleError as refusal:
        if (text := _decode_nearly(raw, [*named, "utf-8"])) is None:
            raise refusal
        return clean_text(text)


def _decode_nearly(raw: bytes, encodings: list[str]) -> str | None:
    """The text in the first encoding that reads nearly all of it; what is broken becomes U+FFFD."""
    for encoding in encodings:
        text = raw.decode(encoding, errors="replace")
        if text.count("\ufffd") <= max(2, _MOST_BROKEN * len(text)):
            return text
    return None


def _named_encodings(raw: bytes, content_type: str) -> list[str]:
    names = _HEADER_CHARSET.findall(content_type)
    for declared in _DECLARED.finditer(raw[:_HEAD_BYTES]):
        names.append((declared.group(1) or declared.group(2)).decode("ascii"))
    return [encoding for name in names if (encoding := _look_up(name))]


def _look_up(name: str) -> str | None:
    name = _ALIASES.get(name.lower(), name.lower())
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    known = _SUPERSETS.get(known, known)
    return known if codecs.lookup(known)._is_text_encoding else None


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
