"""Files of JSON lines that a command is given."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from claims.errors import ArticleError
from reviewer.error_messages import describe_error

_Asked = TypeVar("_Asked")


def read_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number. Raises ``ArticleError`` for what is no UTF-8."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError("lines_unreadable", path=str(file)) from error
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def answer_lines(
    file: Path,
    parse: Callable[[dict[str, Any]], _Asked],
    answer: Callable[[_Asked], dict[str, object]],
    tell_unreadable: Callable[[Path, int, str], ArticleError],
) -> None:
    """Print the answer to each line as JSON and end with exit code 0, or 1 where a line cannot be read.

    Such a line is named on standard error as soon as it is reached, by what ``tell_unreadable`` makes of the
    file, its number and the reason; the others are answered. ``parse`` raises ``KeyError``, ``TypeError`` or
    ``ValueError`` for an object that asks nothing.
    """
    failed = False
    for asked in _parse_lines(file, parse, tell_unreadable):
        if isinstance(asked, ArticleError):
            failed = True
            click.echo(describe_error(asked), err=True)
        else:
            click.echo(json.dumps(answer(asked), ensure_ascii=False))
    sys.exit(1 if failed else 0)


def _parse_lines(
    file: Path,
    parse: Callable[[dict[str, Any]], _Asked],
    tell_unreadable: Callable[[Path, int, str], ArticleError],
) -> Iterator[_Asked | ArticleError]:
    """What is asked in the file's order, an error in the place of each line that asks nothing."""
    for number, line in read_lines(file):
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("no object")
            yield parse(row)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            yield tell_unreadable(file, number, reason)
