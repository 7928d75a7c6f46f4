"""What acts in a page, cut out of its source: scripts, event handlers, addresses that are scripts.

What a tokeniser finds is cut, and the rest stays sign for sign. Browsers read broken tags otherwise than any
tokeniser: where a coarser look still finds something, the page is refused as a whole.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate, pairwise

# Metadata that no browser runs.
_DATA = re.compile(r"\stype\s*=\s*[\"']?application/ld\+json\b", re.IGNORECASE)
_ELEMENTS = frozenset({"script", "object", "applet"})
# Those without an end, of which the tag is all; a base would turn the addresses of our own marks.
_TAGS = frozenset({"embed", "base"})
_ATTRIBUTE = re.compile(
    r"(?<![\s/])[\s/]*+(?P<name>[^\s/>=\"'<][^\s/>=]*)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?"
)
_NAME_OF_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_HANDLER = re.compile(r"on[a-z]", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\ufeff]+")
_ACTING = re.compile(r"(?:java|vb|live)script:|expression\(", re.IGNORECASE)
_ACTING_DATA = re.compile(r"data:(?!image/(?:png|jpe?g|gif|webp)[;,]|font/|audio/|video/)", re.IGNORECASE)
_LEFT = re.compile(
    r"<\s*script\b(?![^<>]{0,200}application/ld\+json)|[\s/\"'`]on[a-z]{4,30}\s*=|\ssrcdoc\s*=",
    re.IGNORECASE,
)


class ActivePage(ValueError):
    """What acts in the page could not be told from what does not."""


def drop_active(page: str) -> str:
    """The page without what acts in it. Raises ``ActivePage``.

    >>> drop_active('<p onclick="go()">甲<script>go()</script> <a href="javascript:go()">乙</a></p>')
    '<p>甲 <a>乙</a></p>'
    """
    parts, at = [], 0
    for start, end in sorted(_find_active(page)):
        parts.append(page[at:start])
        at = max(at, end)
    kept = "".join((*parts, page[at:]))
    if _LEFT.search(kept) or _ACTING.search(_squeeze(kept)):
        raise ActivePage("something in the page still acts")
    return kept


def _find_active(page: str) -> Iterator[tuple[int, int]]:
    """From where to where each thing stands that is to go; none within another."""
    events = [*_Events(page).listed, _Event(len(page))]
    opened: tuple[str, int] | None = None
    for one, following in pairwise(events):
        if opened is not None:
            if one.closes == opened[0]:
                yield opened[1], following.at
                opened = None
        elif one.opens in _ELEMENTS and not _DATA.search(one.text):
            opened = one.opens, one.at
        elif one.opens in _TAGS or _goes_elsewhere(one) or (one.is_comment and "<" in one.text):
            yield one.at, following.at
        elif one.opens:
            yield from _find_attributes(one)
    if opened is not None:
        yield opened[1], len(page)


def _goes_elsewhere(event: _Event) -> bool:
    """Whether it is an order to the browser; what names the encoding stays."""
    said = event.text.lower()
    return event.opens == "meta" and "http-equiv" in said and "content-type" not in said


def _find_attributes(event: _Event) -> Iterator[tuple[int, int]]:
    name = _NAME_OF_TAG.match(event.text)
    for found in _ATTRIBUTE.finditer(event.text, name.end() if name else 0):
        value = _squeeze((found["value"] or "").strip("\"'"))
        acts = _ACTING.search(value) or _ACTING_DATA.match(value)
        if _HANDLER.match(found["name"]) or found["name"].lower() == "srcdoc" or acts:
            yield event.at + found.start(), event.at + found.end()


def _squeeze(words: str) -> str:
    """The words as a browser reads an address: references resolved, without blanks and controls."""
    return _BLANK.sub("", html.unescape(words))


@dataclass(frozen=True, slots=True)
class _Event:
    """What stands at a place of the source, with its text where that is asked for."""

    at: int
    opens: str = ""
    closes: str = ""
    text: str = ""
    is_comment: bool = False


class _Events(HTMLParser):
    """What a page's source consists of, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.listed: list[_Event] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.listed.append(_Event(self._place(), opens=tag, text=self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is written as its own end: HTML takes it for an opening one."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes."""
        self.listed.append(_Event(self._place(), closes=tag))

    def handle_comment(self, data: str) -> None:
        """Note a comment; old browsers read tags in some."""
        self.listed.append(_Event(self._place(), text=data, is_comment=True))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.listed.append(_Event(self._place()))

    def handle_entityref(self, name: str) -> None:
        """Note a reference by name."""
        self.handle_data(name)

    def handle_charref(self, name: str) -> None:
        """Note a reference by number."""
        self.handle_data(name)

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.handle_data(decl)

    def handle_pi(self, data: str) -> None:
        """Note an instruction."""
        self.handle_data(data)

    def unknown_decl(self, data: str) -> None:
        """Note a marked section."""
        self.handle_data(data)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
