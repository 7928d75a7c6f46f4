"""The layout of PDFs: tables are rows, columns are read one by one, vertical lines from right to left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles import parse_document
from claims.errors import ArticleError
from claims.records.article import Block, BlockKind
from tests.articles.pdf_writer import Line, Words, write_pdf

PROSE = (
    "毛包は成長期と退行期と休止期をくり返しながら、"
    "髪を作り続ける小さな器官であり、その周期は部位によって大きく異なります。"
)
MORE = (
    "睡眠が六時間に満たない人では、肥満の割合が高いことが観察研究で"
    "報告されていますが、因果関係はまだ明らかではありません。"
)
ENGLISH = (
    "Minoxidil treatment is widely used for hair loss in adults, and the treatment is continued for many "
    "months because the effect disappears after discontinuation of the medication."
)
HEADS = ("治療", "効果", "副作用")
ROWS = (
    ("ミノキシジル外用", "毛髪の密度を高める", "まれにかゆみや発疹が起こる"),
    ("植毛", "移植した毛が残る", "まれに感染"),
)
TABLE = (
    "| 治療 | 効果 | 副作用 |\n| --- | --- | --- |\n"
    "| ミノキシジル外用 | 毛髪の密度を高める | まれにかゆみや発疹が起こる |\n"
    "| 植毛 | 移植した毛が残る | まれに感染 |"
)
# A cell of the tables below is so wide and so high, in points.
WIDTH, HEIGHT, PITCH = 80.0, 40.0, 13.0


def text_of(*pages: Sequence[Words | Line]) -> str:
    return parse_document(write_pdf(*pages), "a.pdf").article.text


def blocks_of(*pages: Sequence[Words | Line]) -> tuple[Block, ...]:
    return parse_document(write_pdf(*pages), "a.pdf").article.blocks


def wrap(words: str, letters: int) -> list[str]:
    """Lines of so many letters; English ones are broken between words."""
    if not words.isascii():
        return [words[at : at + letters] for at in range(0, len(words), letters)]
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def column(words: str, left: float, top: float, letters: int = 20, size: float = 10) -> list[Words]:
    return [Words(line, left, top - 15 * at, size) for at, line in enumerate(wrap(words, letters))]


def cell(words: str, left: float, top: float, is_bold: bool = False) -> list[Words]:
    return [
        Words(line, left, top - PITCH * at, is_bold=is_bold)
        for at, line in enumerate(wrap(words, 7 if not words.isascii() else 15))
    ]


def table(
    rows: Sequence[Sequence[str]],
    *,
    left: float = 50,
    top: float = 600,
    height: float = HEIGHT,
    bold: int = 1,
) -> list[Words | Line]:
    """Cells below each other, of which the first ``bold`` rows are in bold print."""
    return [
        words
        for row, cells in enumerate(rows)
        for at, told in enumerate(cells)
        for words in cell(told, left + WIDTH * at, top - height * row, row < bold)
    ]


def rules(rows: int, columns: int, left: float = 50, top: float = 600) -> list[Words | Line]:
    right, low = left - 4 + WIDTH * columns, top + 12 - HEIGHT * rows
    level = [Line(left - 4, at, right, at) for at in (top + 12 - HEIGHT * row for row in range(rows + 1))]
    upright = [
        Line(at, low, at, top + 12) for at in (left - 4 + WIDTH * number for number in range(columns + 1))
    ]
    return [*level, *upright]


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
