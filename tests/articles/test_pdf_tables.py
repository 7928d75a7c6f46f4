"""Tables of PDFs are rows, with or without rules."""

from __future__ import annotations

import pytest

from claims.records.article import BlockKind
from tests.articles.pdf_pages import (
    HEADS,
    PROSE,
    ROWS,
    TABLE,
    blocks_of,
    cell,
    column,
    rules,
    table,
    text_of,
)
from tests.articles.pdf_writer import Line, Words


@pytest.mark.parametrize("is_ruled", [True, False], ids=["rules", "white space"])
def test_a_row_is_one_row_however_many_lines_its_cells_have(is_ruled: bool) -> None:
    page = table((HEADS, *ROWS)) + (rules(3, 3) if is_ruled else [])
    assert text_of(page) == f"{TABLE}\n"


def test_the_first_cell_tells_rows_that_no_white_space_parts() -> None:
    rows = (("外用", "密度を高める", "まれにかゆみや発疹が起こる"), ("植毛", "移植した毛が残る", "感染"))
    page = [*table((HEADS,)), *table(rows[:1], top=587, bold=0), *table(rows[1:], top=561, bold=0)]
    assert text_of(page).split("\n")[2:4] == ["| " + " | ".join(row) + " |" for row in rows]


def test_a_row_whose_cells_stand_in_its_middle_is_one_row() -> None:
    tall = cell("まれにかゆみや発疹が起こる", 210, 560)
    page = [
        *table((HEADS,)),
        *cell("外用薬", 50, 553.5),
        *cell("密度を高める", 130, 553.5),
        *tall,
        *table(ROWS[1:], top=520, bold=0),
    ]
    assert "| 外用薬 | 密度を高める | まれにかゆみや発疹が起こる |\n| 植毛 |" in text_of(page)


def test_rows_and_heads_are_what_they_are_and_no_headings() -> None:
    large = [
        Words(words.words, words.left, words.top, 14, True)
        for words in table((HEADS,))
        if isinstance(words, Words)
    ]
    blocks = blocks_of([*column(PROSE, 50, 760, 40), *large, *table(ROWS, top=560, bold=0)])
    assert [block.kind for block in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_HEADER,
        BlockKind.TABLE_ROW,
        BlockKind.TABLE_ROW,
    ]
    assert [block.cells for block in blocks[1:]] == [HEADS, *ROWS]
    assert [block.columns for block in blocks[2:]] == [HEADS, HEADS]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_an_empty_cell_stays_empty(is_ruled: bool) -> None:
    page = table((HEADS, ("外用", "", "かゆみ"), ("内服", "進行を抑える", ""))) + (
        rules(3, 3) if is_ruled else []
    )
    assert text_of(page).endswith("| 外用 |  | かゆみ |\n| 内服 | 進行を抑える |  |\n")


def test_figures_at_the_right_of_their_column_are_cells() -> None:
    heads = [
        Words(words, left, 600, is_bold=True)
        for words, left in (("Group", 50), ("Before", 150), ("After", 235))
    ]
    rows = [
        Words(words, right - 5 * len(words), 580 - 15 * row)
        for row, cells in enumerate(
            (("Minoxidil", "120.5", "1151.2"), ("Placebo", "9.8", "121.0"), ("Other", "8.1", "<0.1"))
        )
        for words, right in zip(cells, (95, 180, 260), strict=True)
    ]
    assert text_of([*heads, *rows]).split("\n")[2:5] == [
        "| Minoxidil | 120.5 | 1151.2 |",
        "| Placebo | 9.8 | 121.0 |",
        "| Other | 8.1 | <0.1 |",
    ]


def test_a_name_above_two_columns_names_both() -> None:
    heads = [
        *cell("治療", 50, 580, True),
        *cell("効果", 200, 600, True),
        *cell("男性", 130, 560, True),
        *cell("女性", 210, 560, True),
    ]
    frame = [
        *(Line(46, at, 286, at) for at in (612, 532, 492, 452)),
        Line(126, 572, 286, 572),
        *(Line(at, 452, at, 612) for at in (46, 126, 286)),
        Line(206, 452, 206, 572),
    ]
    rows = table((("外用", "高まる", "高まる"), ("内服", "抑える", "禁忌")), top=520, bold=0)
    assert text_of([*heads, *frame, *rows]) == (
        "| 治療 | 効果 男性 | 効果 女性 |\n| --- | --- | --- |\n"
        "| 外用 | 高まる | 高まる |\n| 内服 | 抑える | 禁忌 |\n"
    )


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table_goes_on_over_the_page_and_names_its_columns_once(is_ruled: bool) -> None:
    pages = [
        [*table((HEADS, row), top=top), *(rules(2, 3, top=top) if is_ruled else [])]
        for row, top in zip(ROWS, (120.0, 760.0), strict=True)
    ]
    assert text_of(*pages) == f"{TABLE}\n"


def test_a_frame_around_prose_is_no_table() -> None:
    level = [Line(46, at, 300, at) for at in (720, 690, 500)]
    upright = [Line(at, 500, at, 720) for at in (46, 120, 300)]
    page: list[Words | Line] = [*level, *upright, *column(PROSE * 8, 130, 680, 16)]
    assert "|" not in text_of(page)
