"""What a document holds, whatever file it becomes: headings, paragraphs, lists, tables, notes.

Values without a file format. A text may hold anything: each writer shows mark-up as text and what its format
cannot hold as U+FFFD; a line feed is a new line in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from claims.records.article import Language

# What may be followed: an address of the web, of a mailbox, or an anchor of the document itself.
_FOLLOWED = re.compile(r"(?:https?://|mailto:|#)[^\s<>\"]+\Z", re.IGNORECASE)
# What neither XML nor a page holds, and what turns the direction of writing without being seen.
_UNSHOWN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_END = re.compile(r"\r\n?")


class Tone(StrEnum):
    """What a colour means; the words beside it say the same."""

    PLAIN = "plain"
    GOOD = "good"
    FAIR = "fair"
    CAUTION = "caution"
    POOR = "poor"
    BAD = "bad"
    NEUTRAL = "neutral"


class ParagraphKind(StrEnum):
    """What a paragraph is among the others."""

    BODY = "body"
    QUOTE = "quote"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. ``link`` leads to an address, or with ``#`` to an anchor of the document.

    ``language`` is that of the words where it is not the document's.
    """

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    link: str = ""
    language: Language | None = None

    @property
    def shown(self) -> str:
        """The words as any file holds them."""
        return _UNSHOWN.sub("\ufffd", _LINE_END.sub("\n", self.text))

    @property
    def target(self) -> str:
        """Where the words lead, "" where they do not, or to what nobody should follow.

        >>> Run("here", link="javascript:alert(1)").target
        ''
        """
        return self.link if _FOLLOWED.match(self.link) else ""


Runs: TypeAlias = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """The parts as runs, texts in the plain look.

    >>> runs("a", Run("b", bold=True))[0].text
    'a'
    """
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def plain_text(parts: Iterable[Run]) -> str:
    """The words without their look."""
    return "".join(part.shown for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title, which is above all of them. ``anchor`` is what links call it."""

    level: Literal[1, 2, 3, 4]
    runs: Runs
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or an item of a list.

    ``context_object`` is an OpenURL ContextObject (COinS) of the work that the paragraph names, which a page
    carries unseen for reference managers.
    """

    runs: Runs
    kind: ParagraphKind = ParagraphKind.BODY
    anchor: str = ""
    context_object: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items in a row; those of an ``ordered`` one are counted from ``first``."""

    items: tuple[Paragraph, ...]
    ordered: bool = False
    first: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, on a ground whose colour is told by ``tone``."""

    runs: Runs
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``head`` names the columns ("()" for none) and is repeated on each page.

    ``widths`` are the columns' shares of the page, none for as wide as their words; ``row_heads``: the first
    cell of a row names it. Raises ``ValueError`` for rows of different lengths.
    """

    head: tuple[Runs, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    caption: str = ""
    row_heads: bool = False

    def __post_init__(self) -> None:
        lengths = {
            len(row) for row in (self.head, self.rows and self.rows[0], self.widths, *self.rows) if row
        }
        if len(lengths) > 1:
            raise ValueError(f"rows of {sorted(lengths)} cells")

    @property
    def columns(self) -> int:
        """How many there are; 0 for a table of nothing."""
        return len(self.head or (self.rows[0] if self.rows else ()))


@dataclass(frozen=True, slots=True)
class Note:
    """Something set apart, such as a verdict on the face of a report."""

    blocks: tuple[Paragraph | ItemList, ...]
    tone: Tone = Tone.NEUTRAL


Block: TypeAlias = Heading | Paragraph | ItemList | Grid | Note


@dataclass(frozen=True, slots=True)
class Document:
    """A document of one language. ``stamp`` stands at the head of each page, as DRAFT does."""

    title: str
    language: Language
    blocks: tuple[Block, ...]
    subtitle: str = ""
    stamp: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    made_at: datetime | None = None
