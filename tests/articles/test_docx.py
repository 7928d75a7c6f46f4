"""Word files: document order, headings by style, lists by numbering, tables with their header rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from claims.articles import parse_document, read_document
from claims.errors import ArticleError


def word_file(*xml: str, after: str = "") -> bytes:
    """A Word file whose body holds these pieces of WordprocessingML."""
    document = Document()
    body = document.element.body
    for piece in xml:
        body.insert(len(body) - 1, parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))
    if after:
        document.add_paragraph(after)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def types_of(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return package.read("[Content_Types].xml")


def text_of(raw: bytes) -> str:
    return parse_document(raw, "a.docx").article.text


def repack(raw: bytes, **parts: bytes) -> bytes:
    """The package with parts replaced or added; ``__`` in a name stands for ``/``."""
    buffer = io.BytesIO()
    named = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, named.pop(part) if part in named else old.read(part))
        for part, content in named.items():
            new.writestr(part, content)
    return buffer.getvalue()


def renamed(raw: bytes, part: str, suffix: str = ".bin") -> bytes:
    """The package whose XML part of this name ends in ``suffix``, wherever it is named."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(f"{part}.xml".encode(), f"{part}{suffix}".encode())
            new.writestr(name.replace(f"{part}.xml", f"{part}{suffix}"), content)
    return buffer.getvalue()


def test_a_word_file_keeps_its_order_and_structure(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("膝の痛み", 0)
    document.add_heading("原因", 1)
    document.add_paragraph("軟骨がすり減ると、\n骨どうしがぶつかります。")
    for words in ("体重が増える", "筋力が落ちる"):
        document.add_paragraph(words, style="List Bullet")
    document.add_paragraph("まず歩く", style="List Number")
    document.add_paragraph("次に泳ぐ", style="List Number")
    table = document.add_table(rows=2, cols=3)
    for at, words in enumerate(("治療", "効果", "期間", "運動", "痛みを減らす", "3か月")):
        cell = table.cell(at // 3, at % 3)
        cell.text = words
        cell.paragraphs[0].runs[0].bold = at < 3
    document.add_paragraph("細胞は10").add_run("6").font.superscript = True
    document.save(str(tmp_path / "knee.docx"))
    read = read_document(tmp_path / "knee.docx")
    assert read.article.title == "膝の痛み"
    assert read.article.text == (
        "# 膝の痛み\n\n# 原因\n\n軟骨がすり減ると、\n骨どうしがぶつかります。\n\n"
        "- 体重が増える\n- 筋力が落ちる\n"
        "1. まず歩く\n2. 次に泳ぐ\n\n"
        "| 治療 | 効果 | 期間 |\n| --- | --- | --- |\n"
        "| 運動 | 痛みを減らす | 3か月 |\n\n細胞は10^6\n"
    )


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(words)}</w:p></w:tc>"


DELETED = "<w:del><w:r><w:delText>消した文。</w:delText></w:r></w:del>"
RUBY = f"<w:r><w:ruby><w:rt>{run('がん')}</w:rt><w:rubyBase>{run('癌')}</w:rubyBase></w:ruby></w:r>"
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し文字</w:t></w:r>"
BOX = f"<w:r><w:t>前</w:t><w:txbxContent><w:p>{run('吹き出しの文。')}</w:p></w:txbxContent></w:r>"
UP, DOWN = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
# What Word writes → what a reader sees.
PIECES = [
    (f"<w:p><w:ins>{run('挿入された文。')}</w:ins>{DELETED}</w:p>", "挿入された文。"),
    (f"<w:sdt><w:sdtContent><w:p>{run('枠の中の文。')}</w:p></w:sdtContent></w:sdt>", "枠の中の文。"),
    (f"<w:p>{RUBY}{run('は遺伝子の病気です。')}</w:p>", "癌は遺伝子の病気です。"),
    (f"<w:p>{HIDDEN}{run('見える文。')}</w:p>", "見える文。"),
    (f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("見出し")}</w:p>', "## 見出し"),
    (f"<w:p><w:hyperlink>{run('リンクの語')}</w:hyperlink>{run('と地の文。')}</w:p>", "リンクの語と地の文。"),
    (f"<w:p>{BOX}</w:p>", "前\n\n吹き出しの文。"),
    (f"<w:tbl><w:tr>{cell('囲みの中の文。')}</w:tr></w:tbl>", "囲みの中の文。"),
    (
        f"<w:tbl><w:tr>{cell('薬', UP)}{cell('甲')}</w:tr><w:tr>{cell('', DOWN)}{cell('乙')}</w:tr></w:tbl>",
        "| 薬 | 甲 |\n| 薬 | 乙 |",
    ),
]


@pytest.mark.parametrize(("xml", "seen"), PIECES)
def test_what_word_writes_is_read_as_it_is_seen(xml: str, seen: str) -> None:
    assert text_of(word_file(xml)) == f"{seen}\n"


def without_properties(raw: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content)
            if part != "docProps/core.xml":
                new.writestr(part, content)
    return buffer.getvalue()


def test_a_file_without_properties_is_titled_by_its_words() -> None:
    raw = without_properties(word_file(f"<w:p>{run('股関節の痛み')}</w:p>"))
    assert parse_document(raw, "a.docx").article.title == "股関節の痛み"


@pytest.mark.parametrize(
    "title", ["Word Document", "Microsoft Word Document", "文書 1", "Untitled", "Document2"]
)
def test_a_title_that_a_program_filled_in_is_none(title: str) -> None:
    document = Document()
    document.core_properties.title = title
    document.add_paragraph("股関節の痛み")
    buffer = io.BytesIO()
    document.save(buffer)
    assert parse_document(buffer.getvalue(), "a.docx").article.title == "股関節の痛み"


def test_properties_under_the_name_that_other_programs_give_them_are_read_and_searched() -> None:
    document = Document()
    document.core_properties.title = "股関節の痛みについて"
    document.add_paragraph("亜鉛は効きます。")
    buffer = io.BytesIO()
    document.save(buffer)
    raw = renamed(buffer.getvalue(), "docProps/core", ".psmdcp")
    assert parse_document(raw, "a.docx").article.title == "股関節の痛みについて"
    hostile = renamed(repack(buffer.getvalue(), docProps__core=LAUGHS), "docProps/core", ".psmdcp")
    with pytest.raises(ArticleError) as refused:
        parse_document(hostile, "a.docx")
    assert refused.value.code == "article_entities"


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document/>'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: repack(raw, word__document=LAUGHS), "article_entities"),
        (lambda raw: repack(raw, word__document=LAUGHS.decode().encode("utf-16")), "article_entities"),
        (lambda raw: repack(raw, word__document=b"<w:document"), "article_corrupt"),
        (lambda raw: repack(raw, word__bomb=b" " * 300_000_000), "article_too_large"),
        (lambda raw: repack(raw, word__media__bomb=b"0" * 100_000_000), "article_too_large"),
        (lambda raw: renamed(raw, "word/document"), "article_corrupt"),
        (lambda raw: renamed(raw, "styles"), "article_corrupt"),
        (lambda raw: raw[: len(raw) // 2], "article_corrupt"),
        (lambda raw: raw.replace(b"word/document.xml", b"word/dokument.xml"), "article_corrupt"),
        (lambda _: word_file(), "article_no_text"),
        (lambda _: b"{\\rtf1\\ansi hair}", "article_other_office"),
        (
            lambda raw: repack(raw, **{"[Content_Types]": types_of(raw).replace(b"ent.main", b"ent.old")}),
            "article_other_office",
        ),
        (lambda raw: repack(raw).replace(b"word/", b"xl__/"), "article_corrupt"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "article_other_office"),
        (
            lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "article_encrypted",
        ),
    ],
)  # fmt: skip
def test_a_word_file_that_is_none_or_no_safe_one_is_refused(
    change: Callable[[bytes], bytes], code: str
) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(change(word_file(after="毛包は成長します。")), "a.docx")
    assert refusal.value.code == code
