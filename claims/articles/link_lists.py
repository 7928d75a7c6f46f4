"""Lists of nothing but links to papers, which are lists of references without numbers."""

from __future__ import annotations

from collections.abc import Sequence

from claims.articles.lines import Line, Mark, is_terminated, is_terminated_english
from claims.references import read_link, show_links

_FEWEST = 2
_LISTED = (Mark.LISTED, Mark.NUMBERED, Mark.NOTE)


def find_link_lists(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that are lists of links to papers: several in a row, each a link and no more.

    A paragraph that is a sentence says something, though all of it is a link.
    """
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(lines):
        if line.mark is Mark.BLANK:
            continue
        if _is_entry(line):
            run.append(index)
            continue
        found.update(run if len(run) >= _FEWEST else ())
        run = []
    return frozenset(found.union(run if len(run) >= _FEWEST else ()))


def read_sentence(line: Line) -> str:
    """The words of a line, without the addresses of its links to papers where it is a whole sentence."""
    words = show_links(line.words) if "](" in line.words else line.words
    return words if is_terminated(words) or is_terminated_english(words) else line.words


def _is_entry(line: Line) -> bool:
    if line.mark is not Mark.PLAIN and line.mark not in _LISTED:
        return False
    words = read_link(line.words)
    is_sentence = is_terminated(words) or is_terminated_english(words)
    return bool(words) and (line.mark in _LISTED or not is_sentence)
