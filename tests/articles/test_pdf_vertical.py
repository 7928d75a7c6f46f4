"""Vertical Japanese of PDFs is read, or refused by name."""

from __future__ import annotations

import pytest

from claims.errors import ArticleError
from tests.articles.pdf_pages import MORE, PROSE, column, text_of, wrap
from tests.articles.pdf_writer import Words


def down(words: str, left: float, top: float, size: float = 10) -> list[Words]:
    """Letters of a font for horizontal lines, placed one below the other, as browsers print them."""
    return [Words(letter, left, top - size * at, size) for at, letter in enumerate(words)]


def vertical(words: str, right: float, top: float, letters: int = 30, size: float = 10) -> list[list[Words]]:
    """Vertical lines from the right to the left, in both ways in which files have them."""
    lines = wrap(words, letters)
    return [
        [Words(line, right - 16 * at, top, size, is_vertical=True) for at, line in enumerate(lines)],
        [words for at, line in enumerate(lines) for words in down(line, right - 16 * at, top, size)],
    ]


@pytest.mark.parametrize("way", [0, 1], ids=["a vertical font", "letter by letter"])
def test_vertical_lines_are_read_from_right_to_left(way: int) -> None:
    page = [
        *vertical("薄毛の治療", 540, 780, size=18)[way],
        *vertical(PROSE + MORE, 500, 780)[way],
        *vertical("次の段落です。", 380, 780)[way],
    ]
    assert text_of(page) == f"# 薄毛の治療\n\n{PROSE}{MORE}\n\n次の段落です。\n"


@pytest.mark.parametrize("way", [0, 1])
def test_a_vertical_page_in_two_tiers_is_read_tier_by_tier(way: int) -> None:
    page = [*vertical(PROSE + PROSE, 500, 780, 20)[way], *vertical(MORE + MORE, 500, 540, 20)[way]]
    assert text_of(page) == f"{PROSE}{PROSE}{MORE}{MORE}\n"


def test_figures_side_by_side_and_commas_of_vertical_lines_are_read() -> None:
    page = [
        *down("成長期は︑およそ", 500, 780),
        Words("12", 500, 700),
        *down("か月です︒髪は長く伸びます︒", 500, 690),
    ]
    assert text_of(page) == "成長期は、およそ12か月です。髪は長く伸びます。\n"


def test_page_numbers_and_heads_beside_vertical_lines_go() -> None:
    bodies = [down(PROSE[at : at + 40], 500, 780) for at in range(3)]
    furnished = [
        [*body, Words(str(at), 280, 30), Words("髪の通信 春の号", 60, 810, size=7)]
        for at, body in enumerate(bodies, 1)
    ]
    assert text_of(*furnished) == text_of(*bodies)


@pytest.mark.parametrize("way", [0, 1])
def test_a_page_of_vertical_and_horizontal_lines_is_refused_by_name(way: int) -> None:
    with pytest.raises(ArticleError) as refusal:
        text_of([*vertical(PROSE, 500, 780)[way], *column(MORE, 50, 500)])
    assert refusal.value.code == "article_vertical"


def test_readings_above_their_words_are_left_out() -> None:
    base = "毛包は髪を作る器官です。"
    assert text_of([Words(base, 50, 700), Words("もうほう", 50, 710, size=5)]) == f"{base}\n"
    assert text_of([*down(base, 500, 700), *down("もうほう", 511, 708, size=5)]) == f"{base}\n"
