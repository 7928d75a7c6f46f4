"""Running heads and page numbers of PDFs go, and what only looks like them stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.articles.pdf_pages import PROSE, column, text_of
from tests.articles.pdf_writer import Words


def bodies(count: int) -> Iterator[list[Words]]:
    """Pages that have nothing in common."""
    for number in range(count):
        start = 0x5000 + 0x100 * number
        yield column("".join(chr(start + at) for at in range(90 + number)) + "。", 50, 700 - 3 * number, 40)


@pytest.mark.parametrize(
    "heads",
    [
        ["髪の通信 2024年3号"] * 4,
        ["J Invented Dermatol 2024;12:100-1", "J Invented Dermatol 2024;12:100-2"] * 2,
        ["髪の通信", "薄毛の治療についての総説"] * 2,
        ["A long running title of a review of the treatment of hair loss in adults and adolescents"] * 4,
    ],
    ids=["all pages", "figures aside", "left and right pages", "long"],
)
@pytest.mark.parametrize("top", [800, 30])
def test_what_pages_repeat_at_one_height_goes(heads: list[str], top: float) -> None:
    pages = [[Words(head, 50, top), *body] for head, body in zip(heads, bodies(4), strict=True)]
    assert text_of(*pages) == text_of(*bodies(4))


@pytest.mark.parametrize(
    "number", ["{}", "- {} -", "{} / 4", "{}/4", "Page {} of 4", "p. {}", "第 {} 頁", "{}ページ", "［{}］"]
)
@pytest.mark.parametrize("first", [1, 57])
def test_page_numbers_go_in_every_form(number: str, first: int) -> None:
    pages = [[*body, Words(number.format(first + at), 280, 30)] for at, body in enumerate(bodies(4))]
    assert text_of(*pages) == text_of(*bodies(4))


def test_roman_page_numbers_and_numbers_beside_a_foot_go() -> None:
    pages = [
        [*body, Words("© 髪の会", 50, 30), Words(number, 280, 30)]
        for body, number in zip(bodies(4), ("i", "ii", "iii", "iv"), strict=True)
    ]
    assert text_of(*pages) == text_of(*bodies(4))


def test_what_the_file_marks_as_furniture_goes_from_a_single_page() -> None:
    page = [Words("髪の通信", 50, 800, is_furniture=True), *column(PROSE, 50, 700)]
    assert text_of(page) == f"{PROSE}\n"


def test_lines_of_the_text_that_only_look_like_page_numbers_stay() -> None:
    page = [
        Words("髪の密度は次の値でした。", 50, 700),
        Words("120", 50, 672),
        *column(PROSE, 50, 644, 40),
        Words("34", 50, 601),
    ]
    assert text_of(page).split("\n\n") == ["髪の密度は次の値でした。", "120", PROSE, "34\n"]


def test_numbers_at_the_foot_that_do_not_count_the_pages_stay() -> None:
    pages = [
        [*body, Words(number, 280, 30)] for body, number in zip(bodies(3), ("120", "85", "301"), strict=True)
    ]
    assert [number in text_of(*pages) for number in ("120", "85", "301")] == [True] * 3


def test_headings_and_sentences_at_one_height_of_each_page_stay() -> None:
    pages = [
        [Words(f"第{number}章", 50, 780, size=16), *body, Words(f"この章は{number}つ目です。", 50, 500)]
        for number, body in enumerate(bodies(4), 1)
    ]
    text = text_of(*pages)
    assert [
        f"# 第{number}章" in text and f"この章は{number}つ目です。" in text for number in range(1, 5)
    ] == [True] * 4
