"""The character encodings of East Asian fonts, beyond those that pypdf knows."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pypdf import _cmap

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_JIS = "jisx0208_pairs"
# Predefined CMaps (ISO 32000-2, table 116) → the codec of their character codes; each has -H and -V.
_CODECS = {
    "EUC": "euc_jp",
    "RKSJ": "cp932",
    "90pv-RKSJ": "cp932",
    "90msp-RKSJ": "cp932",
    "Add-RKSJ": "cp932",
    "Ext-RKSJ": "cp932",
    "UniJIS2004-UTF16": "utf-16-be",
    "UniJISX0213-UTF32": "utf-32-be",
    "UniJIS-UTF32": "utf-32-be",
    "UniJIS-UTF8": "utf-8",
    "KSC-EUC": "cp949",
    "KSCms-UHC": "cp949",
    "KSCms-UHC-HW": "cp949",
    "UniKS-UTF16": "utf-16-be",
    "B5pc": "cp950",
    "HKscs-B5": "big5hkscs",
    "GBKp-EUC": "gbk",
}
_NAMES = {f"/{name}-{way}": codec for name, codec in _CODECS.items() for way in "HV"}
_NAMES |= {"/H": _JIS, "/V": _JIS, "/EUC-H": "euc_jp", "/EUC-V": "euc_jp"}
# Codes that number the letters of the font itself: only a map of the file says which they are.
_IDENTITY = ("/Identity-H", "/Identity-V")


def install_encodings() -> None:
    """Have pypdf read the encodings of this module; again is as once."""
    if "/H" not in _cmap._predefined_cmap:
        codecs.register(_find_codec)
        _cmap._predefined_cmap.update(_NAMES)


def find_unreadable(font: Mapping[str, Any]) -> str:
    """The encoding by which a font's letters cannot be told; "" where they can.

    A font of many bytes a letter, without a map to Unicode, in an encoding that is its own or unknown: what
    is read of it is other letters, and looks like text.
    """
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return ""
    encoding = font.get("/Encoding", "")
    if not isinstance(encoding, str):
        return "CMap"
    if encoding in _IDENTITY:
        return encoding
    return "" if encoding in _cmap._predefined_cmap or "-UCS2-" in encoding else encoding


def _find_codec(name: str) -> codecs.CodecInfo | None:
    return codecs.CodecInfo(_encode, _decode, name=_JIS) if name == _JIS else None


def _decode(raw: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
    """Pairs of seven bits of JIS X 0208, which EUC writes with the eighth bit set."""
    pairs = bytes(raw)
    return bytes(byte | 0x80 for byte in pairs).decode("euc_jp", errors), len(pairs)


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return bytes(byte & 0x7F for byte in text.encode("euc_jp", errors)), len(text)
