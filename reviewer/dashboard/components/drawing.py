"""HTML on the page: nothing but ``Html`` is drawn, so that what came from outside is shown as text."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reviewer.markup import Html


def draw_html(html: Html, place: DeltaGenerator | None = None) -> None:
    """Draw ``html`` at the place, or where the page goes on."""
    draw = st.html if place is None else place.html
    draw(html)


def begin_large(words: str) -> str:
    """The words as they begin a line of their own.

    >>> begin_large("not graded yet"), begin_large("未評価")
    ('Not graded yet', '未評価')
    """
    return words[:1].upper() + words[1:]


def draw_heading(words: str, place: DeltaGenerator | None = None) -> None:
    """Draw the words as the page's heading."""
    draw_html(Html('<h1 class="konkyo heading">{}</h1>').format(words), place)


def draw_title(words: str, place: DeltaGenerator | None = None, note: str = "") -> None:
    """Draw the words as the title of a part of the page, with a note below it."""
    draw_html(render_title(words, note), place)


def render_title(words: str, note: str = "") -> Html:
    """The words as the title of a part of the page, with a note below it."""
    title = Html('<h2 class="konkyo title">{}</h2>').format(words)
    return title + render_note(note) if note else title


def draw_text(words: str, place: DeltaGenerator | None = None) -> None:
    """Draw the words as a paragraph."""
    draw_html(Html('<p class="konkyo">{}</p>').format(words), place)


def draw_note(words: str, place: DeltaGenerator | None = None) -> None:
    """Draw the words as a small grey paragraph."""
    draw_html(render_note(words), place)


def render_note(words: str) -> Html:
    """The words as a small grey paragraph of HTML."""
    return Html('<p class="konkyo place">{}</p>').format(words)


def render_table(heads: Iterable[str], rows: Iterable[Iterable[str]], css: str = "konkyo table") -> Html:
    """An HTML table; a cell is text unless it is ``Html``."""
    head = Html().join(Html('<th scope="col">{}</th>').format(word) for word in heads)
    cells = (Html().join(map(Html("<td>{}</td>").format, row)) for row in rows)
    body = Html().join(map(Html("<tr>{}</tr>").format, cells))
    return Html('<table class="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        css, head, body
    )
