"""Columns of PDFs are read one by one, and each letter is read once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles import parse_document
from claims.records.article import BlockKind
from tests.articles.pdf_pages import (
    ENGLISH,
    HEADS,
    MORE,
    PROSE,
    ROWS,
    TABLE,
    blocks_of,
    column,
    rules,
    table,
    text_of,
    wrap,
)
from tests.articles.pdf_writer import Line, Words, write_pdf

HEAD = Words("薄毛の治療についての総説", 50, 760, size=20)
LEFT, RIGHT = column(PROSE + MORE, 50, 700), column(MORE + PROSE, 300, 700)


@pytest.mark.parametrize("is_across", [True, False], ids=["line by line", "column by column"])
def test_columns_are_read_one_after_the_other(is_across: bool) -> None:
    printed = (
        [words for pair in zip_longest(LEFT, RIGHT) for words in pair if words]
        if is_across
        else [*LEFT, *RIGHT]
    )
    assert text_of([HEAD, *printed]) == f"# {HEAD.words}\n\n{PROSE}{MORE}{MORE}{PROSE}\n"


def test_columns_whose_lines_stand_at_other_heights_are_read_in_order() -> None:
    lower = [Words(words.words, words.left, words.top - 7) for words in RIGHT]
    assert text_of([HEAD, *LEFT, *lower]) == text_of([HEAD, *LEFT, *RIGHT])


def test_a_heading_in_a_column_stands_where_it_is_read() -> None:
    right = [Words("副作用", 300, 700, size=14), *column(MORE, 300, 680)]
    assert text_of([HEAD, Words("原因", 50, 698, size=14), *column(PROSE + PROSE, 50, 680), *right]) == (
        f"# {HEAD.words}\n\n## 原因\n\n{PROSE}{PROSE}\n\n## 副作用\n\n{MORE}\n"
    )


def test_a_sentence_runs_over_the_end_of_a_column_and_of_a_page() -> None:
    lines = wrap(PROSE + MORE + PROSE + MORE, 20)
    places = [(50, 100), (300, 100), (50, 700)]
    parts = [lines[:5], lines[5:8], lines[8:]]
    first, second, third = (
        [Words(line, left, top - 15 * at) for at, line in enumerate(part)]
        for part, (left, top) in zip(parts, places, strict=True)
    )
    assert text_of([*first, *second], third) == f"{PROSE}{MORE}{PROSE}{MORE}\n"


def test_words_cut_at_the_end_of_a_line_are_whole_in_columns_and_cells() -> None:
    lines = [
        "Minoxidil treatment is widely used and the treat-",
        "ment is continued for many months by most people",
    ]
    left = [
        Words(line, 50, 700 - 15 * at)
        for at, line in enumerate([*lines, "because its effect disappears without the drug."])
    ]
    right = [Words(line, 330, 700 - 15 * at) for at, line in enumerate(wrap(ENGLISH, 45))]
    cells = [
        *table((("Drug", "Adverse events"), ("Minoxidil",)), top=400),
        Words("After the treat-", 130, 360),
        Words("ment ends", 130, 347),
    ]
    text = text_of([*left, *right, *cells])
    assert "and the treatment is continued for many months by most people because" in text
    assert "| Minoxidil | After the treatment ends |" in text


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table_between_columns_stands_between_them(is_ruled: bool) -> None:
    page = [*LEFT, *RIGHT, *table((HEADS, *ROWS), top=500), *column(PROSE, 50, 360), *column(MORE, 300, 360)]
    page += rules(3, 3, top=500) if is_ruled else []
    assert text_of(page) == f"{PROSE}{MORE}{MORE}{PROSE}\n\n{TABLE}\n\n{PROSE}{MORE}\n"


def test_a_table_in_a_column_is_read_in_that_column() -> None:
    left = [*column(PROSE, 50, 700), *table((HEADS[:2], ("外用薬", "密度を高める")), top=620)]
    page = [HEAD, *left, *rules(2, 2, top=620), *column(MORE + PROSE + MORE, 300, 700)]
    assert text_of(page) == (
        f"# {HEAD.words}\n\n{PROSE}\n\n| 治療 | 効果 |\n| --- | --- |\n| 外用薬 | 密度を高める |\n\n"
        f"{MORE}{PROSE}{MORE}\n"
    )


def test_names_beside_long_explanations_are_rows_and_no_columns() -> None:
    rows = [("休止期", PROSE), ("睡眠", MORE), ("部位", PROSE)]
    page = [
        words
        for at, (name, told) in enumerate(rows)
        for words in (Words(name, 50, 700 - 70 * at), *column(told, 150, 700 - 70 * at, 22))
    ]
    assert text_of(page) == "".join(f"| {name} | {told} |\n" for name, told in rows)


def test_points_whose_marks_stand_apart_are_no_columns() -> None:
    points = ("朝に塗る薬です。", "夜に飲む薬です。", "毎日続ける運動です。")
    page = [
        words
        for at, told in enumerate(points)
        for words in (Words("・", 50, 700 - 20 * at), Words(told, 72, 700 - 20 * at))
    ]
    assert "|" not in text_of(page)
    assert [block.kind for block in blocks_of(page)] == [BlockKind.LIST_ITEM] * 3


def test_wide_spaces_of_justified_lines_are_no_columns() -> None:
    words = [line.split() for line in wrap(ENGLISH, 60)]
    page: list[Words] = []
    for at, line in enumerate(words[:-1]):
        gap = (310 - 5 * sum(map(len, line))) / (len(line) - 1)
        left = 50.0
        for word in line:
            page.append(Words(word, left, 700 - 15 * at))
            left += 5 * len(word) + gap
    page.append(Words(" ".join(words[-1]), 50, 700 - 15 * (len(words) - 1)))
    assert text_of(page) == f"{ENGLISH}\n"


def test_words_printed_twice_for_a_shadow_stand_once() -> None:
    assert text_of([Words(PROSE[:30], 50, 700), Words(PROSE[:30], 50.4, 700)]) == f"{PROSE[:30]}\n"


def unique(count: int, start: int = 0x5000) -> str:
    """Letters none of which comes twice."""
    return "".join(chr(start + at) for at in range(count))


def letters_in(text: str) -> list[str]:
    return sorted(letter for letter in text if "\u5000" <= letter <= "\u9000")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_letter_of_a_grid_is_read_once(data: st.DataObject) -> None:
    columns, rows = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 6))
    lengths = data.draw(st.lists(st.integers(0, 20), min_size=columns * rows, max_size=columns * rows))
    letters = iter(unique(sum(lengths)))
    cells = [
        ["".join(next(letters) for _ in range(lengths[row * columns + at])) for at in range(columns)]
        for row in range(rows)
    ]
    is_ruled = data.draw(st.booleans())
    page = table(cells, bold=data.draw(st.integers(0, 1))) + (rules(rows, columns) if is_ruled else [])
    page += [Words("はじめに、つぎのとおりです。", 50, 700)]
    text = text_of(page)
    assert letters_in(text) == list(unique(sum(lengths)))
    if is_ruled and sum(sum(map(bool, row)) > 1 for row in cells) > 1:
        found = [line for line in text.split("\n") if line.startswith("|") and "---" not in line]
        assert found == ["| " + " | ".join(row) + " |" for row in cells if any(row)]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 3), st.lists(st.integers(40, 400), min_size=3, max_size=3), st.integers(0, 14))
def test_every_letter_of_columns_is_read_once_and_in_order(
    count: int, lengths: list[int], offset: int
) -> None:
    page: list[Words] = []
    words = unique(sum(lengths[:count]))
    start = 0
    for at, length in enumerate(lengths[:count]):
        page += column(words[start : start + length], 50 + 170 * at, 700 - offset * (at % 2), 14)
        start += length
    assert letters_in(text_of(page)) == list(words)
    if min(lengths[:count]) >= 60:
        assert "".join(text_of(page).split()) == words


places = st.tuples(
    st.integers(0, 500),
    st.integers(20, 800),
    st.integers(1, 25),
    st.sampled_from((6, 8, 10, 14, 20)),
    st.booleans(),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(places, min_size=1, max_size=40))
def test_every_letter_is_read_once_wherever_it_stands(
    scattered: list[tuple[int, int, int, int, bool]],
) -> None:
    page: list[Words] = []
    start = 0x5000
    for left, top, length, size, is_bold in scattered:
        page.append(Words(unique(length, start), left, top, size, is_bold))
        start += length
    assert letters_in(text_of(page)) == list(unique(start - 0x5000))


def sideways(page: Sequence[Words | Line]) -> bytes:
    """The content of a page whose lines run from its foot to its head."""
    return b"\n".join(
        b"BT /F0 %g Tf 0 1 -1 0 %g %g Tm <%s> Tj ET"
        % (words.size, 800 - words.top, words.left, words.words.encode("utf-16-be").hex().encode())
        for words in page
        if isinstance(words, Words)
    )


def test_a_page_set_sideways_is_read_like_any_other() -> None:
    page = [*LEFT, *RIGHT, *table((HEADS, *ROWS), top=500, bold=0)]
    raw = write_pdf(sideways(page), mapped=PROSE + MORE + "".join(map("".join, (HEADS, *ROWS))))
    assert parse_document(raw, "a.pdf").article.text == text_of(page)


def test_words_across_the_margin_come_behind_the_page() -> None:
    margin = sideways([Words("余白の注記です。", 200, 780)])
    body = b"BT /F0 10 Tf 1 0 0 1 50 700 Tm <%s> Tj ET" % PROSE.encode("utf-16-be").hex().encode()
    raw = write_pdf(margin + b" " + body, mapped=PROSE + "余白の注記です。")
    assert parse_document(raw, "a.pdf").article.text == f"{PROSE}\n\n余白の注記です。\n"
