"""The words of a page as places in its source, so that something can be put among them."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import accumulate

from claims.articles.decoding import clean_text
from claims.articles.html.charset import decode_page
from claims.articles.html.inline import UNREAD
from claims.errors import ArticleError

# Elements that have no end, and those of a page's head.
_VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr"))
_HEAD = frozenset(re.findall(r"\w+", "html head title meta link base style script noscript template"))
# Readings of ruby, which one another, and the base that they stand on, end without a tag.
_READINGS = ("rt", "rp", "rtc")
_ENDS_READING = (*_READINGS, "rb", "ruby")
# What the article stands in, the innermost first.
_HOLDERS = ("article", "main", "body")


_ENCODINGS = (
    *("utf-8", "cp932", "euc_jp", "euc_jis_2004", "iso2022_jp_ext"),
    *("utf-16-le", "utf-16-be", "cp1252"),
)


class BrokenEncoding(ValueError):
    """The page is in no encoding that gives its bytes back."""


def decode_exactly(raw: bytes) -> tuple[str, str]:
    """The page as the reader read it, with every sign of the file, and its encoding.

    Raises ``BrokenEncoding``.
    """
    read = decode_page(raw)
    for encoding in _ENCODINGS:
        try:
            page = raw.decode(encoding)
            if page.encode(encoding) == raw and clean_text(page) == read:
                return page, encoding
        except (UnicodeError, ArticleError):
            # The next one may be the right one.
            continue
    raise BrokenEncoding("no encoding gives the bytes back")


class PageSource(HTMLParser):
    """The words of a page that are read, and where it begins and ends, as places in its source."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self._events: list[tuple[int, str]] = []
        self._unread: list[str] = []
        self._links: list[tuple[int, int]] = []
        self._opened_link: int | None = None
        self._ends: list[tuple[int, str]] = []
        self._body: int | None = None
        self._first: int | None = None
        self.feed(page)
        self.close()
        self._note("")
        self._length = len(page)

    @property
    def pieces(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Each stretch of words with the places behind its signs; a reference of HTML is one place."""
        for (start, words), (end, _) in zip(self._events, self._events[1:], strict=False):
            if words.startswith("&") and words.endswith(";"):
                told = html.unescape(words)
                yield told, [end] * len(told)
            elif words:
                yield words, range(start + 1, start + 1 + len(words))

    def is_linked(self, place: int) -> bool:
        """Whether the place is within a link, where no other can stand."""
        at = bisect_right(self._links, (place, self._length + 1)) - 1
        return at >= 0 and self._links[at][0] < place <= self._links[at][1]

    def find_end_of_article(self, place: int) -> int:
        """The end of what holds the words before ``place``: the article, else the page."""
        for holder in _HOLDERS:
            for at, tag in self._ends:
                if tag == holder and at >= place > 0:
                    return at
        return next((at for at, tag in reversed(self._ends) if tag == "body"), self._length)

    @property
    def start_of_body(self) -> int:
        """Where what is shown begins: behind the tag of the body, else before the first tag of none."""
        return self._body if self._body is not None else self._first or 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens: from here on words may be unread, or a link."""
        self._note("")
        if tag in _ENDS_READING and self._unread and self._unread[-1] in _READINGS:
            self._unread.pop()
        if self._first is None and tag not in _HEAD:
            self._first = self._place()
        if tag in UNREAD and tag not in _VOID:
            self._unread.append(tag)
        if tag == "a":
            self._opened_link = self._place()
        if tag == "body" and self._body is None:
            self._body = self._place() + len(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is written as its own end: HTML takes it for an opening one."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes."""
        self._note("")
        if tag in _ENDS_READING and self._unread and self._unread[-1] in _READINGS:
            self._unread.pop()
        elif tag in self._unread:
            del self._unread[self._unread.index(tag) :]
        if tag == "a" and self._opened_link is not None:
            self._links.append((self._opened_link, self._place()))
            self._opened_link = None
        if tag in _HOLDERS:
            self._ends.append((self._place(), tag))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self._note("" if self._unread else data)

    def handle_entityref(self, name: str) -> None:
        """Note a reference by name."""
        self._note("" if self._unread else f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Note a reference by number."""
        self._note("" if self._unread else f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Note a comment, which has no words."""
        self._note("")

    def handle_decl(self, decl: str) -> None:
        """Note a declaration, which has no words."""
        self._note("")

    def handle_pi(self, data: str) -> None:
        """Note an instruction, which has no words."""
        self._note("")

    def unknown_decl(self, data: str) -> None:
        """Note a marked section, which has no words."""
        self._note("")

    def _note(self, words: str) -> None:
        self._events.append((self._place(), words))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
