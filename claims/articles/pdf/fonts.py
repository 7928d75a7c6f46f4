"""The fonts of a PDF: which letters its codes are, how wide they are, which way they are set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

from claims.articles.pdf.encodings import UNREADABLE, find_unreadable

# What fonts give for a letter that they do not know.
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd-\uffff]")
_BOLD = re.compile(r"bold|heavy|black|-w[6-9]\b", re.IGNORECASE)
_BOLD_WEIGHT = 600
# Widths and sizes are in thousandths of the font's size, except in fonts that bring a matrix of their own.
_UNIT = 0.001
_WORD_GAP = 0.25
# What a line cannot be broken in: a word, or one letter of East Asia.
FIRST_WORD = re.compile(r"[!-~]+|.")
# East Asian typesetting leaves a quarter of a letter between scripts.
_SCRIPT_GAP = 0.3
# Half of a space parts words.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Letter:
    """What a code stands for; ``width`` is a share of the font's size."""

    words: str
    width: float
    is_space: bool
    is_unknown: bool


@dataclass(slots=True)
class PrintFont:
    """A font as it is set: its letters by code, read when they first come.

    ``scale`` is the height of its letters for each unit of size, ``gap`` the white space, in sizes, from
    which on words are apart, ``name`` tells what keeps unknown letters from being told.
    """

    name: str
    is_bold: bool
    is_vertical: bool
    scale: float
    gap: float
    _font: Font | None
    _unit: float
    _has_widths: bool
    _letters: dict[str, Letter] = field(default_factory=dict)

    def read(self, raw: bytes) -> list[Letter]:
        """The letters of a string of codes."""
        encoding = self._font.encoding if self._font else {}
        if not isinstance(encoding, str):
            return [self._letter(chr(code), encoding.get(code, chr(code))) for code in raw]
        try:
            codes = raw.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            codes = raw.decode(encoding, "replace")
        return [self._letter(code, code) for code in codes]

    def _letter(self, code: str, name: str) -> Letter:
        found = self._letters.get(code)
        if found is None:
            found = self._letters[code] = self._read_letter(code, name)
        return found

    def _read_letter(self, code: str, name: str) -> Letter:
        mapped = self._font.character_map.get(name, name) if self._font else UNREADABLE
        words = _UNKNOWN.sub(UNREADABLE, mapped if isinstance(mapped, str) else UNREADABLE)
        width = self._font.get_text_width(code) * self._unit if self._font and self._has_widths else 0.0
        return Letter(words, width or measure(words), words.isspace() or not words, UNREADABLE in words)


class Fonts:
    """The fonts of one PDF, each read once."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[Any, PrintFont]] = {}

    def load(self, resources: Any, name: Any) -> PrintFont:
        """The font called ``name`` in a page's resources; one without letters where it is not there."""
        listed = look_up(resources, "/Font")
        found = look_up(listed, name)
        known = self._read.get(id(found))
        if known is None:
            # The object is kept with what was read from it, so that no other one gets its number.
            known = self._read[id(found)] = (found, _read_font(found))
        return known[1]


def look_up(entries: Any, name: Any) -> Any:
    """An entry of a dictionary of the PDF; ``None`` where it is missing or there is no dictionary."""
    return entries[name] if isinstance(entries, DictionaryObject) and name in entries else None


def measure(words: str) -> float:
    """About how wide words are, in heights of their letters."""
    return sum(1.0 if is_wide(letter) else 0.48 for letter in words)


def is_wide(letter: str) -> bool:
    """Whether a letter is set as wide as it is high, as those of East Asia are."""
    return unicodedata.east_asian_width(letter) in "WF"


def parts_words(before: str, after: str, gap: float, least: float) -> bool:
    """Whether a gap, in letter heights, is a space; between letters of two scripts a small one is none."""
    wide = is_wide(before) + is_wide(after)
    return wide != 2 and gap > (_SCRIPT_GAP if wide else least)


def _read_font(found: Any) -> PrintFont:
    if not isinstance(found, DictionaryObject):
        return PrintFont("", False, False, 1.0, _WORD_GAP * _HALF, None, _UNIT, False)
    try:
        font = Font.from_font_resource(found)
    except (AttributeError, TypeError):
        font = None
    encoding = look_up(found, "/Encoding")
    composite = found.get("/Subtype") == "/Type0"
    unit, scale = _read_matrix(found)
    space = font.space_width * unit if font and not composite else 0.0
    return PrintFont(
        find_unreadable(found) or str(found.get("/BaseFont", "")),
        _is_bold(found),
        isinstance(encoding, str) and (encoding.endswith("-V") or encoding == "/V"),
        scale,
        (space if 0.1 < space < 1.0 else _WORD_GAP) * _HALF,
        font,
        unit,
        not composite or str(encoding).startswith("/Identity"),
    )


def _read_matrix(found: Mapping[str, Any]) -> tuple[float, float]:
    """The unit of a font's widths, and the height of its letters for each unit of size."""
    matrix = found.get("/FontMatrix")
    if found.get("/Subtype") != "/Type3" or not isinstance(matrix, list) or len(matrix) != 6:
        return _UNIT, 1.0
    unit, up = abs(float(matrix[0])), abs(float(matrix[3]))
    box = found.get("/FontBBox")
    if 0.9 * _UNIT < up < 1.1 * _UNIT or not isinstance(box, list) or len(box) != 4:
        return unit, 1.0
    return unit, abs(float(box[3]) - float(box[1])) * up or 1.0


def _is_bold(found: DictionaryObject) -> bool:
    inner = look_up(found, "/DescendantFonts")
    below = inner[0].get_object() if isinstance(inner, list) and inner else None
    described = look_up(found, "/FontDescriptor") or look_up(below, "/FontDescriptor")
    weight = look_up(described, "/FontWeight")
    names = f"{look_up(found, '/BaseFont')} {look_up(described, '/FontName')}"
    return bool(_BOLD.search(names)) or (isinstance(weight, (int, float)) and weight >= _BOLD_WEIGHT)
