"""Links to papers that a PDF lays over its words (ISO 32000-2, 12.5.6.5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pypdf import PageObject
from pypdf.generic import ArrayObject

from claims.articles.pdf.canvas import Link
from claims.articles.pdf.fonts import look_up
from claims.articles.pdf.pieces import read_letters
from claims.articles.pdf.printed import Printed
from claims.articles.sheet import SOFT_BREAK
from claims.references import find_address, write_link

_MOST_LINKS = 2_000
_CORNERS = 8
# A link that goes on in the next line is one.
_GOES_ON = re.compile(rf"\]\((https://[^\s()]+)\)([\s{SOFT_BREAK}]?)\[(?=[^\[\]\n]*\]\(\1\))")


def read_links(page: PageObject) -> list[Link]:
    """The links of a page to papers, one for each stretch, still without its words."""
    listed = look_up(page, "/Annots")
    links: list[Link] = []
    for entry in listed[:_MOST_LINKS] if isinstance(listed, ArrayObject) else ():
        note = entry.get_object()
        target = look_up(look_up(note, "/A"), "/URI")
        if look_up(note, "/Subtype") == "/Link" and isinstance(target, str | bytes):
            address = target if isinstance(target, str) else target.decode("latin-1")
            if find_address(address):
                links += [Link(*corners, address) for corners in _read_corners(note)]
    return links


def _read_corners(note: object) -> Iterator[tuple[float, float, float, float]]:
    """Left, low, right and high of each stretch of a link: of its quadrilaterals, else of its rectangle."""
    quads, rect = (_read_numbers(look_up(note, name)) for name in ("/QuadPoints", "/Rect"))
    stretches = [quads[at : at + _CORNERS] for at in range(0, len(quads) - _CORNERS + 1, _CORNERS)]
    for points in stretches or [rect]:
        if len(points) >= 4:
            across, up = points[::2], points[1::2]
            yield min(across), min(up), max(across), max(up)


def _read_numbers(listed: object) -> list[float]:
    found = listed if isinstance(listed, ArrayObject) else []
    numbers = [float(one) for one in found if isinstance(one, int | float)]
    return numbers if len(numbers) == len(found) else []


def name_links(line: Printed, links: Sequence[Link]) -> Printed:
    """The line, with the addresses of the links over its words."""
    places = [
        (*place, link.address)
        for link in links
        if _is_over(link, line) and (place := _find_words(line, link))
    ]
    linked = line.words
    for start, end, address in sorted(set(places), reverse=True):
        linked = linked[:start] + write_link(linked[start:end], address) + linked[end:]
    return replace(line, linked=linked) if linked != line.words else line


def _is_over(link: Link, line: Printed) -> bool:
    middle = (link.low + link.high) / 2
    return line.low <= middle <= line.high and link.left < line.right and line.left < link.right


def _find_words(line: Printed, link: Link) -> tuple[int, int] | None:
    """Where the words of a link stand in its line: of several places that nearest to the link's own."""
    said, sought = _fold(line.words), "".join(sign for _, sign in _fold(read_letters("".join(link.words))))
    folded = "".join(sign for _, sign in said)
    width = max(line.right - line.left, 1.0)
    place = (link.left - line.left) / width * len(folded)
    found = [at for at in range(len(folded)) if folded.startswith(sought, at)] if sought else []
    if not found:
        return None
    at = min(found, key=lambda start: abs(start - place))
    return said[at][0], said[at + len(sought) - 1][0] + 1


def _fold(words: str) -> list[tuple[int, str]]:
    """The signs of words without white space, each with its place; raised figures as others."""
    return [
        (at, unicodedata.normalize("NFKC", sign)[:1]) for at, sign in enumerate(words) if not sign.isspace()
    ]


def join_links(words: str) -> str:
    """The words, with a link that goes on from one line to the next as one."""
    return _GOES_ON.sub(r"\2", words)
