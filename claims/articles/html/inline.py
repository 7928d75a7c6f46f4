"""The words of an element on the page: base text of ruby, raised figures, breaks as breaks."""

from __future__ import annotations

import re

from lxml import etree

from claims.articles.sheet import POINT_BREAK, SOFT_BREAK, raise_figures
from claims.references import find_address, write_link

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul",
    )
)
# Readings of ruby, and what is no text of the page at all.
UNREAD = frozenset(
    re.findall(
        r"[\w-]+",
        "rt rp rtc script style template noscript head title meta link base iframe object embed applet "
        "frameset noframes noembed video audio canvas svg map area select option optgroup datalist textarea "
        "input dialog annotation annotation-xml progress meter source track param",
    )
)
_SOURCE_BREAK = re.compile(r"(?<![ \t\f])[ \t\f]*+[\r\n][ \t\r\n\f]*+")


def flat_words(element: etree._Element) -> str:
    """The words of an element with its breaks, as ``Sheet`` takes them.

    >>> from lxml import html
    >>> flat_words(html.fromstring("<p><ruby>癌<rt>がん</rt></ruby>は10<sup>6</sup>個</p>")).strip()
    '癌は10^6個'
    """
    parts: list[str] = []
    gather_words(element, parts)
    return "".join(parts)


def leads_to_paper(element: etree._Element) -> bool:
    """Whether an element is a link to a paper, and no block stands in it."""
    if element.tag != "a" or not find_address(element.get("href", "")):
        return False
    return next(element.iterdescendants(*BLOCKS), None) is None


def squeeze(element: etree._Element) -> str:
    """All text in an element, readings and scripts too, without white space."""
    return "".join("".join(str(text) for text in element.itertext()).split())


def read_text(text: str | None) -> str:
    """A text node: its own line ends are soft, because HTML means none by them."""
    return _SOURCE_BREAK.sub(SOFT_BREAK, text) if text else ""


def gather_words(element: etree._Element, parts: list[str]) -> None:
    """Add the words of an element to those before it."""
    if element.tag in UNREAD:
        return
    if element.tag == "br":
        parts.append("\n")
        return
    edge = POINT_BREAK if element.tag == "li" else "\n" if element.tag in BLOCKS else ""
    inner: list[str] = [edge, read_text(element.text)]
    for child in element:
        gather_words(child, inner)
        inner.append(read_text(child.tail))
    words = "".join([*inner, edge])
    if element.tag == "a":
        words = write_link(words, element.get("href", ""))
    parts.append(raise_figures("".join(parts[-1:]), words) if element.tag == "sup" else words)
