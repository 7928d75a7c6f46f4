"""The character encodings of East Asian fonts, beyond those that pypdf knows."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from pypdf import _cmap
from pypdf.generic import DictionaryObject, _font

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# What stands for a letter that cannot be told.
UNREADABLE = "\ufffd"
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
# The first bytes of pairs in each codec whose letters have one byte or two.
_FIRST_BYTES = {
    "euc_jp": frozenset((0x8E, *range(0xA1, 0xFF))),
    "cp932": frozenset((*range(0x81, 0xA0), *range(0xE0, 0xFD))),
    "gb2312": frozenset(range(0xA1, 0xFF)),
    **dict.fromkeys(("cp949", "cp950", "big5hkscs", "gbk"), frozenset(range(0x81, 0xFF))),
}
_LETTERWISE = "letterwise_"
# Codes that number the letters of the font itself: only a map of the file says which they are.
_IDENTITY = ("/Identity-H", "/Identity-V")


def install_encodings() -> None:
    """Have pypdf read the encodings of this module; again is as once."""
    if "/H" not in _cmap._predefined_cmap:
        codecs.register(_find_codec)
        _cmap._predefined_cmap.update(_NAMES)
        _cmap._predefined_cmap.update(
            {
                name: _LETTERWISE + codec
                for name, codec in _cmap._predefined_cmap.items()
                if codec in _FIRST_BYTES
            }
        )
        setattr(_font, "get_encoding", _read_encoding)  # noqa: B010


def find_unreadable(font: Mapping[str, Any]) -> str:
    """The encoding by which a font's letters cannot be told; "" where they can.

    A font of many bytes a letter in an encoding that is its own or unknown: only a map to Unicode tells which
    letters its codes are, and only those that are in the map.
    """
    if font.get("/Subtype") != "/Type0" or _is_unicode_itself(font):
        return ""
    encoding = _look_up(font, "/Encoding") or ""
    if not isinstance(encoding, str):
        return "CMap"
    if encoding in _IDENTITY:
        return encoding
    return "" if encoding in _cmap._predefined_cmap or "-UCS2-" in encoding else encoding


class _OwnLetters(dict[Any, Any]):
    """A font's map to Unicode, where a code that is not in it is no letter that anybody knows."""

    def get(self, code: Any, default: Any = None) -> Any:
        return super().get(code, UNREADABLE)


def _read_encoding(font: DictionaryObject) -> tuple[str | dict[int, str], dict[Any, Any]]:
    encoding, letters = _cmap.get_encoding(font)
    return encoding, _OwnLetters(letters) if find_unreadable(font) else letters


def _is_unicode_itself(font: Mapping[str, Any]) -> bool:
    """Whether the font's map is no stream but the name of the map that changes nothing."""
    named = _look_up(font, "/ToUnicode")
    return isinstance(named, str) and named in _IDENTITY


def _look_up(font: Mapping[str, Any], name: str) -> Any:
    """A font's entry, also where it stands in an object of its own, which ``get`` does not follow."""
    return font[name] if name in font else None  # noqa: SIM401


def _find_codec(name: str) -> codecs.CodecInfo | None:
    if name == _JIS:
        return codecs.CodecInfo(_encode_jis, _decode_jis, name=name)
    codec = name.removeprefix(_LETTERWISE)
    if codec == name or codec not in _FIRST_BYTES:
        return None
    return codecs.CodecInfo(codecs.lookup(codec).encode, partial(_decode_letterwise, codec), name=name)


def _decode_letterwise(codec: str, raw: ReadableBuffer, errors: str = "strict", /) -> tuple[str, int]:
    """Each letter by itself: one that the codec lacks is U+FFFD, and those behind it stay what they are."""
    content = bytes(raw)
    return "".join(_decode_letter(letter, codec) for letter in _split_letters(content, codec)), len(content)


def _split_letters(content: bytes, codec: str) -> Iterator[bytes]:
    """Two bytes where the first of a pair is followed by another, one byte else."""
    at = 0
    while at < len(content):
        size = 2 if content[at] in _FIRST_BYTES[codec] and at + 1 < len(content) else 1
        yield content[at : at + size]
        at += size


def _decode_letter(letter: bytes, codec: str) -> str:
    try:
        return letter.decode(codec)
    except UnicodeDecodeError:
        return UNREADABLE


def _decode_jis(raw: ReadableBuffer, errors: str = "strict", /) -> tuple[str, int]:
    """Pairs of seven bits of JIS X 0208, which EUC writes with the eighth bit set."""
    pairs = bytes(raw)
    return _decode_letterwise("euc_jp", bytes(byte | 0x80 for byte in pairs))[0], len(pairs)


def _encode_jis(text: str, errors: str = "strict", /) -> tuple[bytes, int]:
    return bytes(byte & 0x7F for byte in text.encode("euc_jp", errors)), len(text)
