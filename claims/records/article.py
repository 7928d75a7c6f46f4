"""The article under review: a canonical text, its sections, and its versions by hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from claims.records.markup import Markup


class Language(StrEnum):
    """The language of a text (never of the screen, which is a locale)."""

    JA = "ja"
    EN = "en"


class BlockKind(StrEnum):
    """What a block of the article is in its structure."""

    THEME = "theme"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the canonical text with one structural role.

    ``start`` and ``end`` are code points in the canonical text, half-open, without the list mark or ``#``.
    ``theme`` and ``heading`` are the texts it stands under ("" where there is none). ``cells`` are the
    cell texts of a table row, ``columns`` the header row's, both empty elsewhere.
    """

    kind: BlockKind
    start: int
    end: int
    theme: str = ""
    heading: str = ""
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The words that place this block for a reader: ``theme / heading``."""
        return " / ".join(part for part in (self.theme, self.heading) if part)


@dataclass(frozen=True, slots=True)
class Article:
    """A readable article: its canonical text, which no later step changes, and its blocks in order.

    Blocks do not overlap. Every span of a claim counts code points in ``text``.
    """

    title: str
    language: Language
    text: str
    blocks: tuple[Block, ...]
    origin: str = ""

    @property
    def version_hash(self) -> str:
        """SHA-256 of the canonical text, hexadecimal: the identity of this version."""
        return _hash_once(self.text)


@dataclass(frozen=True, slots=True)
class Original:
    """The file as it was brought in: its bytes, kept unchanged beside the canonical text.

    ``name`` is the file's name or the address it came from, ``media_type`` as in ``text/html``.
    """

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """An article, the original it was read from, and what had not been settled in that one yet."""

    article: Article
    original: Original
    markup: Markup = field(default_factory=Markup)


def text_hash(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, hexadecimal, the same on every machine.

    >>> text_hash("根拠")[:8]
    '628de6dc'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@lru_cache(maxsize=4)
def _hash_once(text: str) -> str:
    """The same of a whole article, which every row of its tables names."""
    return text_hash(text)
