"""Files of JSON lines that a command is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claims.errors import ArticleError


def read_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number. Raises ``ArticleError`` for what is no UTF-8."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError("lines_unreadable", path=str(file)) from error
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
