"""HTML and Markdown in which everything that came from outside is shown as text.

What is HTML and what is text is told apart by the type: a function that makes HTML returns ``Html``, and what
is put into ``Html`` by ``format``, ``join`` or ``+`` is escaped unless it is ``Html`` itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import Template
from typing import Any, Self

from markupsafe import Markup

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What Streamlit makes a link of although nothing marks it as one, escaped or not.
_BARE_LINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\S)", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=])")


class Html(Markup):
    """HTML, written in the code as it stands; text that comes into it shows mark-up as text.

    Control and direction characters of such text come as U+FFFD.

    >>> Html("<b>{}</b>").format("p < 0.05 <i>")
    Html('<b>p &lt; 0.05 &lt;i&gt;</b>')
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """``s`` as HTML, unchanged if it is HTML already."""
        return super().escape(s if hasattr(s, "__html__") else _CONTROL.sub("\ufffd", str(s)))

    @classmethod
    def tell_json(cls, thing: object, media_type: str) -> Self:
        """A script element that runs nothing and tells ``thing`` to who reads pages, whatever their encoding.

        >>> Html.tell_json("</script>", "application/json")
        Html('<script type="application/json">\\n"\\\\u003c/script\\\\u003e"\\n</script>\\n')
        """
        # Within a script no reference of HTML is read, and the first "</" would end it.
        told = json.dumps(thing, ensure_ascii=True, indent=1)
        told = "".join(f"\\u{ord(sign):04x}" if sign in "<>&" else sign for sign in told)
        return cls(f'<script type="{media_type}">\n{told}\n</script>\n')

    @classmethod
    def run_script(cls, script: str) -> Self:
        """A script element that runs ``script``, a file of ours. Raises ``ValueError`` for one that ends it.

        >>> Html.run_script("1 < 2")
        Html('<script>1 < 2</script>')
        """
        if "</" in script:
            raise ValueError("a script element would end within its script")
        return cls(f"<script>{script}</script>")

    @classmethod
    def fill(cls, template: Template, **values: str) -> Self:
        """A whole page of HTML with the values in the places that it names."""
        return cls(template.substitute({name: cls.escape(value) for name, value in values.items()}))


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span to be marked: ``css`` names its look, ``title`` tells it in words, ``note`` stands after it.

    ``gloss`` is shown above the words while they are pointed at.
    """

    start: int
    end: int
    css: str = ""
    title: str = ""
    note: str = ""
    gloss: str = ""


def mark_text(text: str, marks: Iterable[MarkedSpan], inside: Iterable[MarkedSpan] = ()) -> Html:
    """``text`` as HTML with each span inside ``<mark>``; where two overlap, the earlier one has the words.

    Spans of ``inside`` are marked within the others and between them; one that crosses an end is cut there.

    >>> print(mark_text("a<b c", [MarkedSpan(0, 3)]))
    <mark>a&lt;b</mark> c
    >>> print(mark_text("ab c", [MarkedSpan(0, 2)], [MarkedSpan(1, 4)]))
    <mark>a<mark>b</mark></mark><mark> c</mark>
    """
    smaller = sorted(inside, key=lambda mark: (mark.start, mark.end))
    parts: list[str] = []
    done = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = max(mark.start, done), min(mark.end, len(text))
        if start >= end:
            continue
        parts += [_mark_part(text, done, start, smaller), _mark(_mark_part(text, start, end, smaller), mark)]
        done = end
    return Html().join([*parts, _mark_part(text, done, len(text), smaller)])


def _mark_part(text: str, start: int, end: int, marks: Sequence[MarkedSpan]) -> Html:
    """``text[start:end]`` as HTML with the parts of these spans that lie in it marked."""
    if not marks:
        return Html.escape(text[start:end])
    cut = (
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if mark.start < end and start < mark.end
    )
    return mark_text(text[start:end], cut)


def _mark(words: str, mark: MarkedSpan) -> Html:
    css = Html(' class="{}"').format(mark.css) if mark.css else ""
    title = Html(' title="{}"').format(mark.title) if mark.title else ""
    gloss = Html(' data-gloss="{}"').format(mark.gloss) if mark.gloss else ""
    note = Html('<span class="note">{}</span>').format(mark.note) if mark.note else ""
    return Html("<mark{}{}{}>{}</mark>{}").format(css, title, gloss, words, note)


def escape_markdown(text: str) -> str:
    r"""``text`` for what Streamlit reads as Markdown, shown as it is and on one line; no address is a link.

    >>> escape_markdown("p < 0.05 *")
    'p \\< 0\\.05 \\*'
    """
    line = " ".join(_CONTROL.sub("\ufffd", text).split())
    return _MARKDOWN.sub(r"\\\1", _BARE_LINK.sub(_WORD_JOINER, line))
