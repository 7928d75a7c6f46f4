"""Blocks: the role of each line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import parse_article, read_article
from claims.errors import ArticleError
from claims.records.article import BlockKind, Language


def roles(text: str) -> list[tuple[str, str]]:
    article = parse_article(text)
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def test_a_short_listed_line_above_prose_is_a_heading() -> None:
    text = "- 炎症の鎮火:まず火を消す\n頭皮では炎症が慢性化しています。\n- 再生: 幹細胞が増えます。"
    assert [kind for kind, _ in roles(text)] == ["heading", "paragraph", "list_item"]


def test_a_line_broken_inside_a_bracket_is_one_paragraph() -> None:
    text = "代謝産物は遺伝子を書き換える「\n調整役」として機能します。\n\n次の段落です。"
    assert roles(text)[0] == ("paragraph", "代謝産物は遺伝子を書き換える「\n調整役」として機能します。")


def test_a_row_reads_under_its_columns() -> None:
    article = parse_article("# 比較\n項目 | 従来 | 新法 |\n痛み | 強い | 弱い |\n期間 | 1年 | 3か月 |")
    rows = [block for block in article.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows[0].columns == ("項目", "従来", "新法")
    assert rows[0].cells == ("痛み", "強い", "弱い")
    assert article.text[rows[0].start : rows[0].end] == "痛み | 強い | 弱い"


def test_a_tab_separated_table_is_a_table() -> None:
    assert [kind for kind, _ in roles("成分\t働き\t量\n鉄\t酸素を運ぶ\t7mg\n亜鉛\t味覚を保つ\t9mg")] == [
        "table_header",
        "table_row",
        "table_row",
    ]


def test_a_theme_holds_until_the_next_one() -> None:
    article = parse_article("テーマ:薄毛に効きますか?\n毛根が休みます。\nテーマ:痛みは?\n痛みはありません。")
    assert [block.theme for block in article.blocks] == ["", "薄毛に効きますか?", "", "痛みは?"]


def test_an_answer_stands_under_its_question() -> None:
    article = parse_article("Q. 副作用はありますか？\nA. ほとんどありません。")
    answer = article.blocks[1]
    assert (answer.kind, answer.theme) == (BlockKind.PARAGRAPH, "副作用はありますか？")
    assert article.text[answer.start : answer.end] == "ほとんどありません。"


@pytest.mark.parametrize(
    "heading", ["投稿者プロフィール", "■診療時間", "## 料金", "関連記事", "About the author"]
)
def test_what_stands_around_an_article_is_boilerplate(heading: str) -> None:
    text = f"# 膝の痛み\n膝の軟骨は再生しません。\n\n{heading}\n- 院長 山田\n1988年 卒業"
    assert [kind for kind, _ in roles(text)][-2:] == ["boilerplate", "boilerplate"]


def test_the_article_goes_on_after_a_price_section() -> None:
    text = "## 料金\n1回 5,000円\n\n## 注意点\n治療の後は出血しやすくなります。"
    assert roles(text)[-1] == ("paragraph", "治療の後は出血しやすくなります。")


def test_english_lines_wrapped_by_an_editor_are_one_paragraph() -> None:
    text = "Creatine is stored in muscle and helps to rebuild the energy\ncarrier ATP during short efforts.\n"
    assert [kind for kind, _ in roles(text)] == ["paragraph"]


@given(
    text=st.text(
        st.sampled_from("髪が生える。！?「」（）|\t\n\n\n- *#■〜:：テーマQAa1①>=_.[]()"),
        min_size=1,
        max_size=160,
    )
)
def test_blocks_never_overlap_and_never_leave_the_text(text: str) -> None:
    try:
        article = parse_article(text)
    except ArticleError:
        return
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        at = block.end


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        article = parse_article(text)
    except ArticleError:
        return
    assert article.text.encode("utf-8")


def test_a_million_characters_on_one_line_are_read() -> None:
    article = parse_article("髪の毛が生えます。" * 110_000)
    assert len(article.blocks) == 1


def test_a_file_that_cannot_be_read_says_which(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as refusal:
        read_article(tmp_path / "missing.txt")
    assert (refusal.value.code, refusal.value.values["file"]) == ("article_unreadable", "missing.txt")


def test_marks_without_words_are_no_article() -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_article("---\n***\n■■■")
    assert refusal.value.code == "article_no_text"


def test_the_language_is_that_of_most_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Sleep\nMelatonin (メラトニン) shortens the time to fall asleep.", encoding="utf-8")
    article = read_article(path)
    assert (article.language, article.title, article.origin) == (Language.EN, "Sleep", "a.md")


@pytest.mark.parametrize(
    "heading", ["関節の中でいま起きていること", "治療の前に知っておきたいもの", "多血小板血漿を使う治療とは"]
)
def test_a_heading_that_ends_like_a_particle_is_not_joined_with_the_text_below(heading: str) -> None:
    blocks = parse_article(f"- {heading}\n膝の関節では、軟骨のかけらが滑膜の炎症を引き起こします。").blocks
    assert [block.kind for block in blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
