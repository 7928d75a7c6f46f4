"""Text with some of its spans marked, as HTML in which everything of the text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def mark_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` escaped, with each span inside ``<mark>``; overlapping spans become one.

    >>> mark_spans("a<b c", [(0, 3)])
    '<mark>a&lt;b</mark> c'
    """
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])
