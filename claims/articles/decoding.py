"""Bytes to text: the encodings that Japanese files come in, and nothing that is no text."""

from __future__ import annotations

import codecs
import re

from claims.errors import ArticleError

MAX_BYTES = 10 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1d\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PROSE = re.compile(r"[\u3040-\u30ff\u3000-\u3002\u300c\u300d]")
_ODD = re.compile(r"[\u0080-\u009f\uff61-\uff9f\ue000-\uf8ff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
# Text has at most this share of control characters; above it the bytes are something else.
_MOST_CONTROLS = 0.002
# A text that lost some letters before it came here can be read; above this share its words are lost too.
MOST_UNREADABLE = 0.02
_MOST_ODD = 0.2


def decode_text(raw: bytes) -> str:
    """The text of ``raw`` with its byte-order mark removed and line ends as ``\\n``, otherwise unchanged.

    Reads UTF-8, UTF-16, ISO-2022-JP, Shift_JIS (cp932) and EUC-JP. Raises ``ArticleError``:
    ``article_empty``, ``article_too_large``, ``article_binary`` or ``article_encoding``.

    >>> decode_text("髪の毛が、\\r\\n生える".encode("cp932"))
    '髪の毛が、\\n生える'
    """
    if len(raw) > MAX_BYTES:
        raise ArticleError("article_too_large", bytes=len(raw), limit=MAX_BYTES)
    if not raw.strip():
        raise ArticleError("article_empty")
    if raw.startswith(_BINARY_STARTS):
        raise ArticleError("article_binary", bytes=len(raw))
    text = clean_text(_decode(raw))
    if not text.strip():
        raise ArticleError("article_empty")
    return text


def clean_text(text: str) -> str:
    """``text`` with line ends as ``\\n``; stray controls become U+FFFD so that every place is kept.

    Raises ``ArticleError`` (``article_binary``) when controls, or letters lost as U+FFFD, are too many for a
    text.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = (
        "".join("\uffff" if "\ud800" <= c <= "\udfff" else c for c in text) if _has_surrogates(text) else text
    )
    controls = len(_CONTROLS.findall(text))
    lost = controls + text.count("\ufffd")
    if controls > max(3, _MOST_CONTROLS * len(text)) or lost > max(3, MOST_UNREADABLE * len(text)):
        raise ArticleError("article_binary", characters=len(text), controls=controls)
    return _CONTROLS.sub("\ufffd", text) if controls else text


def drop_controls(text: str) -> str:
    """``text`` without control characters, surrogates and non-characters; tabs and line ends stay."""
    return _UNSTORABLE.sub("", text)


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _decode(raw: bytes) -> str:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _decode_strictly(raw[len(bom) :], encoding)
    if b"\x1b$" in raw and (text := _try(raw, "iso2022_jp_ext")) is not None:
        return text
    if (encoding := _guess_utf16(raw)) and (text := _try(raw, encoding)) is not None:
        return text
    if (text := _try(raw, "utf-8")) is not None:
        return text
    legacy = [text for encoding in ("cp932", "euc_jp") if (text := _try(raw, encoding)) is not None]
    plausible = [text for text in legacy if _looks_japanese(text)]
    if not plausible:
        raise ArticleError("article_binary" if b"\x00" in raw else "article_encoding", bytes=len(raw))
    return max(plausible, key=_prose_share)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_strictly(raw: bytes, encoding: str) -> str:
    text = _try(raw, encoding)
    if text is None:
        raise ArticleError("article_encoding", encoding=encoding, bytes=len(raw))
    return text


def _guess_utf16(raw: bytes) -> str:
    """UTF-16 without a byte-order mark shows in the zero bytes of its line feeds and spaces."""
    if len(raw) % 2 or b"\x00" not in raw:
        return ""
    little, big = raw[1::2].count(0), raw[0::2].count(0)
    if max(little, big) < 0.01 * len(raw):
        return ""
    return "utf-16-le" if little > big else "utf-16-be"


def _prose_share(text: str) -> float:
    """Share of kana and Japanese punctuation: what the wrong encoding hardly ever gives."""
    return (len(_PROSE.findall(text)) - 2 * len(_ODD.findall(text))) / max(1, len(text))


def _looks_japanese(text: str) -> bool:
    return len(_PROSE.findall(text)) >= 0.1 * len(text.strip()) and len(
        _ODD.findall(text)
    ) <= _MOST_ODD * len(text)
