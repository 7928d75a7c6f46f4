"""Comments and tracked changes of Word files are counted and told, and the text is read as if accepted."""

from __future__ import annotations

import io
from dataclasses import astuple

import pytest
from docx import Document
from docx.oxml import parse_xml

from claims.articles import parse_document
from claims.errors import ArticleError
from claims.extraction import extract_claims
from claims.records.markup import Markup, MarkupKind
from tests.articles.test_docx_notes import (
    BOMB,
    ELDERLY,
    NAMES,
    UNCOUNTED,
    ZINC,
    alternatives,
    annotated_file,
    box,
    choice,
    fallback,
    mark,
    note,
    run,
)

NINE, TEN = "2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z"

Told = tuple[str, str, str]


def by(author: str = "佐藤", date: str = NINE) -> str:
    return f'w:id="7" w:author="{author}" w:date="{date}"'


def inserted(words: str, author: str = "佐藤", date: str = NINE) -> str:
    return f"<w:ins {by(author, date)}>{run(words)}</w:ins>"


def deleted(words: str, author: str = "佐藤", date: str = NINE) -> str:
    return f"<w:del {by(author, date)}><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def formatted(words: str, author: str = "佐藤") -> str:
    change = f"<w:rPrChange {by(author)}><w:rPr/></w:rPrChange>"
    return f"<w:r><w:rPr><w:b/>{change}</w:rPr><w:t>{words}</w:t></w:r>"


def moved(tag: str, words: str, name: str = "", date: str = NINE) -> str:
    piece = f"<w:{tag} {by(date=date)}>{run(words)}</w:{tag}>"
    if not name:
        return piece
    start = f'<w:{tag}RangeStart {by(date=date)} w:name="{name}"/>'
    return f'{start}{piece}<w:{tag}RangeEnd w:id="7"/>'


def paragraph(*pieces: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(pieces)}</w:p>"


def end(tag: str) -> str:
    """The properties of a paragraph whose own end was changed."""
    return f"<w:rPr><w:{tag} {by()}/></w:rPr>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def comment(words: str, author: str = "佐藤", number: int = 0) -> str:
    return f'<w:comment w:id="{number}" w:author="{author}">{paragraph(run(words))}</w:comment>'


def markup_of(body: str, **parts: str | bytes) -> Markup:
    return parse_document(annotated_file(body, parts), "a.docx").markup


def told(markup: Markup) -> list[Told]:
    return [(entry.kind.value, entry.author, entry.text) for entry in markup.entries]


def insertion(words: str, author: str = "佐藤") -> Told:
    return "insertion", author, words


START = run("亜鉛は")
DELETION, MOVE = ("deletion", "佐藤", "小児"), ("move", "佐藤", "成人")
COMMENT_MARK = '<w:r><w:commentReference w:id="0"/></w:r>'
# What stands in a paragraph behind its first words → the changes that are open.
CHANGED: list[tuple[str, list[Told]]] = [
    ("", []),
    (inserted("成人で"), [insertion("成人で")]),
    (deleted("小児"), [DELETION]),
    (inserted("成人") + inserted("で"), [insertion("成人で")]),
    (inserted("成人") + "<w:bookmarkStart/>" + inserted("で"), [insertion("成人で")]),
    (inserted("成人") + COMMENT_MARK + inserted("で"), [insertion("成人で")]),
    (inserted("成人", "鈴木") + inserted("で"), [insertion("成人", "鈴木"), insertion("で")]),
    (inserted("成人") + inserted("で", date=TEN), [insertion("成人"), insertion("で")]),
    (inserted("成人") + run("だけ") + inserted("で"), [insertion("成人"), insertion("で")]),
    (deleted("小児") + inserted("成人"), [DELETION, insertion("成人")]),
    (f"<w:ins {by('鈴木')}>{deleted('小児')}</w:ins>", [insertion("小児", "鈴木"), DELETION]),
    (f"<w:hyperlink>{inserted('成人で')}</w:hyperlink>", [insertion("成人で")]),
    (formatted("成人") + formatted("で"), [("formatting", "佐藤", "成人で")]),
    (
        formatted("成人") + formatted("で", "鈴木"),
        [("formatting", "佐藤", "成人"), ("formatting", "鈴木", "で")],
    ),
    (moved("moveFrom", "成人") + run("で") + moved("moveTo", "成人"), [MOVE]),
    (moved("moveFrom", "成人", "a") + run("で") + moved("moveTo", "成人", "a", TEN), [MOVE]),
    (
        moved("moveFrom", "成人", "a") + run("で") + moved("moveFrom", "小児", "b")
        + run("は") + moved("moveTo", "小児", "b") + run("も") + moved("moveTo", "成人", "a"),
        [MOVE, ("move", "佐藤", "小児")],
    ),
    (moved("moveTo", "成人"), [MOVE]),
    ("<w:ins><w:r><w:t>成人で</w:t></w:r></w:ins>", [insertion("成人で", "")]),
    (inserted("成人\u200bで\n効く", "\u202e佐藤\u202c"), [insertion("成人で 効く")]),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "changes"), CHANGED)
def test_adjacent_changes_of_one_kind_author_and_moment_are_one(pieces: str, changes: list[Told]) -> None:
    markup = markup_of(paragraph(START, pieces))
    assert told(markup) == changes
    assert (markup.comments, markup.changes) == (0, len(changes))


def test_an_insertion_goes_on_over_the_ends_of_paragraphs_that_were_inserted_with_it() -> None:
    body = paragraph(inserted("一つめ。"), properties=end("ins")) + paragraph(
        inserted("二つめ。"), run("終わり。")
    )
    assert told(markup_of(body)) == [("insertion", "佐藤", "一つめ。 二つめ。")]
    assert len(told(markup_of(body.replace(end("ins"), "")))) == 2


PROPERTIES = f"<w:pPrChange {by()}><w:pPr><w:jc/></w:pPr></w:pPrChange>"
ROW = f"<w:tr><w:trPr><w:ins {by()}/></w:trPr>{cell(inserted('甲'))}{cell(inserted('乙'))}</w:tr>"
# A body → the kinds of the changes that are open in it.
STRUCTURES = [
    (paragraph(START, properties=PROPERTIES), ["formatting"]),
    (paragraph(START, properties=PROPERTIES) * 3, ["formatting"]),
    (paragraph(START, properties=f"<w:numPr><w:ins {by()}/></w:numPr>"), ["insertion"]),
    (paragraph(START, properties=end("del")) + paragraph(START), ["deletion"]),
    (paragraph(START) + f"<w:sectPr><w:sectPrChange {by()}/></w:sectPr>", ["formatting"]),
    (f"<w:tbl><w:tblPr><w:tblPrChange {by()}/></w:tblPr><w:tr>{cell(START)}</w:tr></w:tbl>", ["formatting"]),
    (f"<w:tbl><w:tr>{cell(START)}</w:tr>{ROW}</w:tbl>", ["insertion"]),
    (f"<w:tbl><w:tr>{cell(START, f'<w:cellIns {by()}/>') * 2}</w:tr></w:tbl>", ["insertion"]),
    (f"<w:tbl><w:tr>{cell(START)}{cell(START, f'<w:cellDel {by()}/>')}</w:tr></w:tbl>", ["deletion"]),
    (f"<w:tbl><w:tr>{cell(START, f'<w:tcPrChange {by()}/>') * 9}</w:tr></w:tbl>", ["formatting"]),
    (f"<w:sdt><w:sdtContent>{paragraph(inserted('成人'))}</w:sdtContent></w:sdt>", ["insertion"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kinds"), STRUCTURES)
def test_changes_of_paragraphs_tables_and_sections_are_open_changes_too(body: str, kinds: list[str]) -> None:
    assert [entry.kind.value for entry in markup_of(paragraph(run(ZINC)) + body).entries] == kinds


@pytest.mark.parametrize("inner", [inserted("成人"), deleted("小児")])
def test_changes_in_a_text_box_are_counted_once(inner: str) -> None:
    inside = f"<w:txbxContent>{paragraph(inner)}</w:txbxContent>"
    written = alternatives(choice(inside), fallback(inside))
    assert markup_of(paragraph(inserted("前に"), written, inserted("後に"))).changes == 3
    assert markup_of(paragraph(START, alternatives(choice(box(ZINC)), fallback(box(ZINC))))).changes == 0


def test_changes_in_notes_and_headers_are_open_changes_too() -> None:
    changed = note(1, ELDERLY).replace("</w:p>", f"{inserted('成人で')}</w:p>")
    assert markup_of(paragraph(START, mark(1)), footnotes=changed).changes == 1
    document = Document()
    document.add_paragraph(ZINC)
    for header in (document.sections[0].header, document.sections[0].footer):
        header.paragraphs[0]._p.append(parse_xml(inserted("成人で").replace(" ", f" {NAMES} ", 1)))
    buffer = io.BytesIO()
    document.save(buffer)
    assert parse_document(buffer.getvalue(), "a.docx").markup.changes == 2


COMMENTS = comment("出典はありますか。") + comment("PMID 900000044 です。", "鈴木", 1)


def test_every_comment_counts_and_its_replies_too() -> None:
    markup = markup_of(paragraph(run(ZINC)), comments=COMMENTS)
    assert (markup.comments, markup.changes) == (2, 0)
    assert told(markup) == [
        ("comment", "佐藤", "出典はありますか。"),
        ("comment", "鈴木", "PMID 900000044 です。"),
    ]


def test_a_comment_is_neither_text_nor_a_claim() -> None:
    raw = annotated_file(paragraph(run(ZINC)), {"comments": comment(ELDERLY)})
    article = parse_document(raw, "a.docx").article
    assert article.text == f"{ZINC}\n"
    assert [claim.text for claim in extract_claims(article).claims] == [ZINC]


def test_a_comment_that_word_itself_would_write_is_told() -> None:
    document = Document()
    words = document.add_paragraph(ZINC).runs
    document.add_comment(words, text="出典は？\n鈴木さん", author="佐藤", initials="佐")
    buffer = io.BytesIO()
    document.save(buffer)
    assert told(parse_document(buffer.getvalue(), "a.docx").markup) == [
        ("comment", "佐藤", "出典は？ 鈴木さん")
    ]


def test_a_file_without_markup_and_any_other_format_is_no_draft() -> None:
    for raw, name in ((annotated_file(paragraph(run(ZINC)), {}), "a.docx"), (ZINC.encode(), "a.txt")):
        markup = parse_document(raw, name).markup
        assert markup == Markup()
        assert not markup.is_draft
    assert markup_of(paragraph(START, inserted("成人"))).is_draft
    assert markup_of(paragraph(run(ZINC)), comments=COMMENTS).is_draft


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    body = "".join(paragraph(inserted("成人", f"人{at}")) for at in range(3_000))
    markup = markup_of(body, comments="".join(comment("出典は？", number=at) for at in range(2_000)))
    assert (markup.comments, markup.changes) == (2_000, 3_000)
    assert markup.left_out == 5_000 - len(markup.entries)
    kinds = [entry.kind for entry in markup.entries]
    assert kinds.count(MarkupKind.COMMENT) == kinds.count(MarkupKind.INSERTION) == 1_000


def test_what_is_told_of_a_mark_is_short() -> None:
    markup = markup_of(paragraph(inserted("長" * 90_000, "人" * 90_000)), comments=comment("長" * 90_000))
    assert all(len(str(value)) <= 500 for entry in markup.entries for value in astuple(entry))
    assert all(entry.text.endswith("…") for entry in markup.entries)


@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        (b"<w:comments", "xml", "article_corrupt"),
        (b"", "xml", "article_corrupt"),
        (BOMB, "xml", "article_entities"),
        (b" " * 9_000_000, "xml", "article_too_large"),
        (BOMB, "bin", "article_corrupt"),
        (UNCOUNTED, "bin", "article_corrupt"),
    ],
)
def test_a_file_whose_comments_cannot_be_read_is_refused(content: bytes, suffix: str, code: str) -> None:
    raw = annotated_file(paragraph(run(ZINC)), {"comments": content}, suffix)
    with pytest.raises(ArticleError) as refusal:
        parse_document(raw, "a.docx")
    assert refusal.value.code == code


def ended(tag: str, words: str) -> str:
    return paragraph(run(words), properties=end(tag))


DELETED_ROW = f"<w:tr><w:trPr><w:del {by()}/></w:trPr>{cell(run('鉄'))}{cell(run('甲'))}</w:tr>"
KEPT_ROW = f"<w:tr>{cell(run('亜鉛'))}{cell(run('乙'))}</w:tr>"
DELETED_CELL = cell(run("丙"), f"<w:cellDel {by()}/>")
JOINED_CELL = f"<w:tc>{ended('del', '亜')}{paragraph(run('鉛'))}</w:tc>"
TABLE = f"<w:tbl>{KEPT_ROW}</w:tbl>"
HELPS = "亜鉛は効きます。"
# A body with open changes → the text that stands once they are accepted.
ACCEPTED = [
    (paragraph(START, inserted("成人で"), deleted("必ず"), run("効きます。")), "亜鉛は成人で効きます。\n"),
    (paragraph(moved("moveFrom", "前の文。"), run("亜鉛は"), moved("moveTo", "効きます。")), f"{HELPS}\n"),
    (ended("del", "亜鉛は") + paragraph(run("効きます。")), f"{HELPS}\n"),
    (ended("del", "亜") + ended("del", "鉛は") + paragraph(run("効きます。")), f"{HELPS}\n"),
    (ended("ins", HELPS) + paragraph(run(ZINC)), f"{HELPS}\n\n{ZINC}\n"),
    (ended("del", HELPS) + TABLE, f"{HELPS}\n\n| 亜鉛 | 乙 |\n"),
    (ended("del", HELPS), f"{HELPS}\n"),
    (f"<w:tbl>{DELETED_ROW}{KEPT_ROW}</w:tbl>", "| 亜鉛 | 乙 |\n"),
    (f"<w:tbl>{DELETED_ROW}</w:tbl>{paragraph(run(ZINC))}", f"{ZINC}\n"),
    (f"<w:tbl>{KEPT_ROW.replace('</w:tr>', DELETED_CELL + '</w:tr>')}</w:tbl>", "| 亜鉛 | 乙 |\n"),
    (f"<w:tbl><w:tr>{cell(run('銅'))}{JOINED_CELL}</w:tr></w:tbl>", "| 銅 | 亜鉛 |\n"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), ACCEPTED)
def test_the_text_is_the_one_that_stands_once_every_change_is_accepted(body: str, text: str) -> None:
    assert parse_document(annotated_file(body, {}), "a.docx").article.text == text


def test_a_heading_whose_end_was_deleted_is_part_of_what_follows() -> None:
    heading = f'<w:p><w:pPr><w:outlineLvl w:val="0"/>{end("del")}</w:pPr>{run("亜鉛は")}</w:p>'
    raw = annotated_file(heading + paragraph(run("味覚障害を改善します。")), {})
    assert parse_document(raw, "a.docx").article.text == f"{ZINC}\n"


def test_a_note_of_a_deleted_row_is_not_read() -> None:
    marked = DELETED_ROW.replace("</w:p>", f"{mark(1)}</w:p>", 1)
    raw = annotated_file(f"<w:tbl>{marked}{KEPT_ROW}</w:tbl>", {"footnotes": note(1, ELDERLY)})
    assert parse_document(raw, "a.docx").article.text == "| 亜鉛 | 乙 |\n"
