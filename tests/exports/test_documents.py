"""A document comes back from each of its files: its words, its structure, its links, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from claims.records.article import Language
from reviewer.exports.documents.model import (
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    ItemList,
    Note,
    Paragraph,
    ParagraphKind,
    Run,
    Tone,
    plain_text,
    runs,
)
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.documents.to_html import to_html
from reviewer.exports.documents.to_markdown import to_markdown
from reviewer.markup import Html

RARE = "𠮷野家の﨑さん 🧬 ①"
HOSTILE = '</style><script>alert("x")</script> & <b>'
REFERENCE = Paragraph(
    runs("Sample A. Title."), anchor="ref-1", context_object="rft_id=info:pmid/9000000001&x=1"
)
DOCUMENT = Document(
    f"見本 {RARE}",
    Language.JA,
    (
        Note((Paragraph(runs(Run("下書き", bold=True), " 未承認")),), Tone.BAD),
        Heading(1, runs("要約")),
        Paragraph(runs("増えた", Run("1", superscript=True, link="#ref-1"), Run("*斜*", italic=True))),
        Paragraph(runs(Run("It grew (p < 0.05).", language=Language.EN)), ParagraphKind.QUOTE),
        Grid(
            (runs("支持度"), runs("数")),
            (
                (Cell(runs("支持される"), Tone.GOOD), Cell(runs("3"))),
                (Cell(runs("反証あり")), Cell(runs("1"))),
            ),
            widths=(3, 1),
            caption="主張",
            row_heads=True,
        ),
        ItemList((REFERENCE, Paragraph(runs("B"))), ordered=True),
        ItemList((Paragraph(runs("again")),), ordered=True, first=7),
        ItemList((Paragraph(runs("point")),)),
    ),
    stamp="DRAFT",
    authors=("佐藤, 花子",),
    made_at=datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
)
PLAIN = {"paragraph", "inline", "text", "hardbreak", "table", "thead", "tbody", "tr", "th", "td"}
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)


def paragraph_of(text: str) -> Document:
    return Document(text, Language.JA, (Paragraph(runs(text)),))


def read_html(document: Document) -> html.HtmlElement:
    return html.document_fromstring(to_html(document).decode())


def read_docx(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(document)))


def read_markdown(document: Document) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(to_markdown(document).decode()))


def markdown_words(node: SyntaxTreeNode) -> str:
    return "".join(part.content for part in node.walk() if part.type == "text")


@given(words)
def test_any_words_come_back_from_every_file(text: str) -> None:
    document = paragraph_of(text)
    assert read_html(document).xpath("string(//body/p)") == text
    assert read_docx(document).paragraphs[1].text == text
    assert markdown_words(read_markdown(document).children[1]) == text


def test_what_no_file_can_hold_is_shown_and_nothing_turns_the_direction_of_writing() -> None:
    document = paragraph_of("a\x00b\u202ec\ud800\uffffd\r\ne")
    assert read_html(document).xpath("//body/p")[0].text_content() == "a\ufffdb\ufffdc\ufffd\ufffdde"
    assert read_docx(document).paragraphs[1].text == "a\ufffdb\ufffdc\ufffd\ufffdd\ne"


def test_a_page_runs_no_script_fetches_nothing_and_shows_mark_up_as_text() -> None:
    hostile = replace(paragraph_of(HOSTILE), stamp=HOSTILE, subtitle=HOSTILE, authors=(HOSTILE,))
    page = read_html(hostile)
    assert page.xpath("//script | //*[@src] | //link") == []
    assert page.xpath("string(//body/p[@class='stamp'])") == HOSTILE
    assert page.xpath("//meta[@name='author']/@content") == [HOSTILE]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/ b", "//a.example"]
)
def test_a_link_that_nobody_should_follow_is_words_alone(link: str) -> None:
    document = Document("t", Language.EN, (Paragraph(runs(Run("here", link=link))),))
    assert read_html(document).xpath("//a") == []
    assert read_docx(document).paragraphs[1].hyperlinks == []
    assert b"](" not in to_markdown(document)


def test_a_page_names_its_language_its_parts_and_that_of_words_in_another_one() -> None:
    page = read_html(DOCUMENT)
    assert page.get("lang") == "ja"
    assert page.xpath("string(//title)") == f"見本 {RARE}"
    assert [one.tag for one in page.xpath("//h1 | //h2")] == ["h1", "h2"]
    assert page.xpath("//p[@class='quote']/span/@lang") == ["en"]
    assert page.xpath("//aside/@class") == ["bad"]
    assert page.xpath("//thead//th/@scope") == ["col", "col"]
    assert page.xpath("//tbody//th[@scope='row']/@class") == ["good"]
    assert page.xpath("//a/@href") == ["#ref-1"]
    assert page.xpath("//ol/@start") == ["7"]
    assert page.xpath("//li[@id='ref-1']/span[@class='Z3988']/@title") == [REFERENCE.context_object]


def test_a_page_takes_further_facts_into_its_head() -> None:
    page = html.document_fromstring(to_html(DOCUMENT, Html('<meta name="x" content="y">')).decode())
    assert page.xpath("//head/meta[@name='x']/@content") == ["y"]


def test_a_word_file_has_real_headings_tables_lists_and_anchors() -> None:
    word = read_docx(DOCUMENT)
    styles = [paragraph.style.name for paragraph in word.paragraphs if paragraph.style and paragraph.text]
    assert styles == [
        *("Normal", "Title", "Normal", "Heading 1", "Normal", "Quote", "Caption"),
        *("List Number", "List Number", "List Number", "List Bullet"),
    ]
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["支持度", "数"],
        ["支持される", "3"],
        ["反証あり", "1"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert table.rows[1]._tr.find(f".//{qn('w:tblHeader')}") is None
    (link,) = [link for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    assert link.fragment == "ref-1"
    assert [mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))] == ["ref-1"]
    numbers = [one.numId.val for one in word.element.iter(qn("w:numPr"))]
    assert numbers[0] == numbers[1] != numbers[2], "a list of its own counts from its own first number"


def test_a_word_file_is_set_in_japanese_fonts_says_its_language_and_counts_its_pages() -> None:
    word = read_docx(DOCUMENT)
    fonts = {one.get(qn("w:eastAsia")) for one in word.styles.element.iter(qn("w:rFonts"))}
    assert fonts == {"Yu Gothic"}
    assert word.core_properties.language == "ja-JP"
    spoken = {
        (one.get(qn("w:val")), one.get(qn("w:eastAsia"))) for one in word.styles.element.iter(qn("w:lang"))
    }
    assert spoken == {("en-GB", "ja-JP")}, "of Latin letters and of Japanese ones"
    assert (word.core_properties.author, word.core_properties.title) == ("佐藤, 花子", f"見本 {RARE}")
    footer = word.sections[0].footer._element
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert word.sections[0].header.paragraphs[0].text == "DRAFT"


def test_the_same_document_is_the_same_file() -> None:
    assert to_docx(DOCUMENT) == to_docx(DOCUMENT)


def test_markdown_keeps_the_structure() -> None:
    tree = read_markdown(DOCUMENT)
    assert [node.type for node in tree.children] == [
        *("paragraph", "heading", "blockquote", "heading", "paragraph", "blockquote"),
        *("paragraph", "table", "ordered_list", "bullet_list"),
    ]
    assert [one.markup for one in tree.walk() if one.type == "strong"] == ["**", "**"]
    assert [one.attrs["href"] for one in tree.walk() if one.type == "link"] == ["#ref-1"]


@pytest.mark.parametrize(
    "text", ["- a", "# a", "1. a", "2) a", "    a", "a\n- b", "a | b", "***", "a\n===", "> a", "![a](b)"]
)
def test_no_words_become_mark_up_in_markdown(text: str) -> None:
    for blocks in ((Paragraph(runs(text)),), (Grid((runs("h"),), ((Cell(runs(text)),),)),)):
        tree = read_markdown(Document("t", Language.EN, blocks))
        assert {node.type for node in tree.children[1].walk()} <= PLAIN


def test_emphasis_beside_brackets_and_other_emphasis_is_read_as_such() -> None:
    told = runs(Run("「強調」", bold=True), "の次", Run("甲", bold=True), Run("乙", italic=True))
    text = to_markdown(Document("t", Language.JA, (Paragraph(told),))).decode()
    assert "<strong>「強調」</strong>の次**甲**<em>乙</em>" in text


def test_rows_of_different_lengths_are_no_table() -> None:
    with pytest.raises(ValueError, match=r"rows of \[1, 2\] cells"):
        Grid((runs("a"), runs("b")), ((Cell(runs("c")),),))


@pytest.mark.parametrize("block", [Grid((), ()), ItemList(())])
def test_a_block_of_nothing_writes_no_words(block: Block) -> None:
    document = Document("t", Language.EN, (block,))
    assert read_html(document).xpath("normalize-space(//body)") == "t"
    assert [one.text for one in read_docx(document).paragraphs] == ["t"]
    assert to_markdown(document).strip() == b"# t"


def test_the_words_of_runs_are_told_without_their_look() -> None:
    assert plain_text(runs("a", Run("b", bold=True, link="#x"))) == "ab"
