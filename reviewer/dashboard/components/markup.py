"""Text as HTML or Markdown in which everything that came from outside is shown as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=])")


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span to be marked: ``css`` names its look, ``title`` tells it in words, ``note`` stands after it."""

    start: int
    end: int
    css: str = ""
    title: str = ""
    note: str = ""


def show_text(text: str) -> str:
    """``text`` as HTML: mark-up is shown, and control and direction characters as U+FFFD.

    >>> show_text("p < 0.05 <b>")
    'p &lt; 0.05 &lt;b&gt;'
    """
    return escape(_CONTROL.sub("\ufffd", text))


def mark_text(text: str, marks: Iterable[MarkedSpan]) -> str:
    """``text`` as HTML with each span inside ``<mark>``; where two overlap, the earlier one has the words.

    >>> mark_text("a<b c", [MarkedSpan(0, 3)])
    '<mark>a&lt;b</mark> c'
    """
    parts: list[str] = []
    done = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = max(mark.start, done), min(mark.end, len(text))
        if start >= end:
            continue
        parts += [show_text(text[done:start]), _open(mark), show_text(text[start:end]), "</mark>"]
        if mark.note:
            parts.append(f'<span class="note">{escape(mark.note)}</span>')
        done = end
    return "".join([*parts, show_text(text[done:])])


def escape_markdown(text: str) -> str:
    r"""``text`` for a label that Streamlit reads as Markdown, shown as it is and on one line.

    >>> escape_markdown("p < 0.05 *")
    'p \\< 0\\.05 \\*'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(_CONTROL.sub("\ufffd", text).split()))


def _open(mark: MarkedSpan) -> str:
    css = f' class="{escape(mark.css)}"' if mark.css else ""
    title = f' title="{escape(mark.title)}"' if mark.title else ""
    return f"<mark{css}{title}>"
