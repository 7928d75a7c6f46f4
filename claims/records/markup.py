"""What the people who work on a file have not settled yet: comments and tracked changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MarkupKind(StrEnum):
    """What a mark asks of the author: to answer a comment, or to accept or reject a change."""

    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"
    FORMATTING = "formatting"


@dataclass(frozen=True, slots=True)
class MarkupEntry:
    """One comment or change: whose it is ("" where the file does not say) and the words it is about.

    The words of a comment are its own. Both are cut off with an ellipsis where they are long.
    """

    kind: MarkupKind
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """How many ``comments`` and open ``changes`` a file has; ``entries`` are the first of each kind."""

    comments: int = 0
    changes: int = 0
    entries: tuple[MarkupEntry, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether anything is left to be settled."""
        return self.comments + self.changes > 0

    @property
    def left_out(self) -> int:
        """How many comments and changes are counted and not among the entries."""
        return self.comments + self.changes - len(self.entries)
