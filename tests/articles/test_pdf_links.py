"""Links that a PDF lays over words: over the end of a line, on figures that are raised, and broken."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from claims.articles.reading import parse_document
from claims.records.article import BlockKind
from tests.articles.pdf_writer import Words, write_pdf

PAPER = "https://doi.org/10.5555/zinc.1"
# Fourteen letters a line: the sentence runs over the end of the first one, and the link with it.
LINES = ("亜鉛は高齢者の味覚を保ち、傷の", "治りを早めることが示されました。")

LINKED = f"亜鉛は高齢者の味覚を保ち、[傷の治りを早める]({PAPER})ことが示されました。"


def read(pages: list[Words], *links: DictionaryObject) -> list[str]:
    """The paragraphs of a page with these links."""
    writer = PdfWriter(io.BytesIO(write_pdf(pages)))
    for link in links:
        writer.add_annotation(0, link)
    buffer = io.BytesIO()
    writer.write(buffer)
    article = parse_document(buffer.getvalue(), "a.pdf").article
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.PARAGRAPH]


def over(left: float, letters: int, low: float) -> tuple[float, float, float, float]:
    return left, low - 2, left + 10 * letters, low + 8


def print_lines() -> list[Words]:
    return [Words(words, 50, 700 - 14 * number) for number, words in enumerate(LINES)]


def test_a_link_over_the_end_of_a_line_is_one() -> None:
    links = (Link(rect=over(180, 2, 700), url=PAPER), Link(rect=over(50, 6, 686), url=PAPER))
    assert read(print_lines(), *links) == [
        f"亜鉛は高齢者の味覚を保ち、[傷の治りを早める]({PAPER})ことが示されました。"
    ]


def test_a_link_of_several_quadrilaterals_is_over_each_of_them() -> None:
    link = Link(rect=(50, 684, 200, 708), url=PAPER)
    corners = [c for box in (over(180, 2, 700), over(50, 6, 686)) for c in quad(*box)]
    link[NameObject("/QuadPoints")] = ArrayObject(map(FloatObject, corners))
    assert read(print_lines(), link) == [
        f"亜鉛は高齢者の味覚を保ち、[傷の治りを早める]({PAPER})ことが示されました。"
    ]


def quad(left: float, low: float, right: float, high: float) -> tuple[float, ...]:
    return left, high, right, high, left, low, right, low


def test_a_raised_figure_that_is_a_link_is_a_mark() -> None:
    pages = [Words("亜鉛は高齢者の味覚を保ちます", 50, 700), Words("8", 190, 704, 6), Words("。", 194, 700)]
    (found,) = read(pages, Link(rect=(189, 702, 195, 710), url=PAPER))
    assert found == f"亜鉛は高齢者の味覚を保ちます[⁸]({PAPER})。"


def test_of_words_that_stand_twice_those_below_the_link_are_it() -> None:
    words = "亜鉛は味覚を保ち、亜鉛は傷を治します。"
    (found,) = read([Words(words, 50, 700)], Link(rect=over(140, 2, 700), url=PAPER))
    assert found == f"亜鉛は味覚を保ち、[亜鉛]({PAPER})は傷を治します。"


@pytest.mark.parametrize(
    "broken",
    [
        {"/Subtype": NameObject("/Link")},
        {"/Subtype": NameObject("/Link"), "/A": NumberObject(3)},
        {"/Subtype": NameObject("/Link"), "/Rect": ArrayObject([NameObject("/None")])},
    ],
)
def test_a_broken_link_leaves_the_words_alone(broken: dict[str, object]) -> None:
    link = DictionaryObject({NameObject(name): value for name, value in broken.items()})
    if "/Rect" in broken:
        link[NameObject("/A")] = DictionaryObject({NameObject("/URI"): TextStringObject(PAPER)})
    assert read(print_lines(), link) == ["".join(LINES)]
