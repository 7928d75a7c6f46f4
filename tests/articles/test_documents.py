"""An article comes with the original it was read from, whatever its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.articles import parse_document, read_article, read_document
from claims.errors import ArticleError
from tests.articles.pdf_writer import Words, write_pdf
from tests.articles.test_docx import word_file

SENTENCE = "毛包は成長期と休止期をくり返します。"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The file's name, its bytes → its media type.
FILES = [
    ("a.txt", SENTENCE.encode("cp932"), "text/plain"),
    ("a.md", f"# 毛包\n{SENTENCE}".encode(), "text/markdown"),
    ("a", f"<!-- 髪 -->\n<!doctype html><p>{SENTENCE}".encode("euc_jp"), "text/html"),
    ("a.html", f"<p>{SENTENCE}".encode(), "text/html"),
    ("a", f"<ul><li>髪</li><li>肌</li></ul><p>{SENTENCE}</p>".encode(), "text/html"),
    ("a.HTM", f"<p>{SENTENCE}".encode(), "text/html"),
    ("a.html", f"{SENTENCE}&nbsp;".encode(), "text/html"),
    ("a.html", SENTENCE.encode(), "text/plain"),
    ("a.txt", f"<ul><li>髪</li><li>肌</li></ul>\n<p>{SENTENCE}</p>".encode(), "text/plain"),
    ("a.txt", f"<!doctype html><title>髪</title><p>{SENTENCE}".encode(), "text/html"),
    ("a.md", f"<div>\n<p>髪</p>\n<br>\n\n{SENTENCE}\n\n</div>".encode(), "text/markdown"),
    (
        "a.MARKDOWN",
        f"<!-- 下書き -->\n<h1>髪</h1>\n<p>肌</p>\n<p>爪</p>\n\n{SENTENCE}".encode(),
        "text/markdown",
    ),
    ("a.md", f"<details><summary>髪</summary>\n\n{SENTENCE}\n\n</details>".encode(), "text/markdown"),
    ("pasted.txt", f"<table><tr><td>髪</td></tr></table>\n<p>{SENTENCE}".encode(), "text/plain"),
    ("a.md", f"%PDF-1.7 は版の印です。\n\n{SENTENCE}".encode()[1:], "text/markdown"),
    ("a.md", word_file(after=SENTENCE), WORD),
    ("a.md", write_pdf([Words(SENTENCE, 50, 700)]), "application/pdf"),
    ("a", write_pdf([Words(SENTENCE, 50, 700)]), "application/pdf"),
    ("a.txt", f"<b>毛包</b>とは\n{SENTENCE}".encode(), "text/plain"),
    ("a.doc", word_file(after=SENTENCE), WORD),
    ("a.txt", write_pdf([Words(SENTENCE, 50, 700)]), "application/pdf"),
    ("a.pdf", b"\n\n" + write_pdf([Words(SENTENCE, 50, 700)]), "application/pdf"),
]


@pytest.mark.parametrize(("name", "raw", "media_type"), FILES)
def test_the_content_tells_the_format_and_is_kept(
    tmp_path: Path, name: str, raw: bytes, media_type: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    document = read_document(path)
    assert SENTENCE in document.article.text
    assert document.article == read_article(path)
    original = document.original
    assert (original.name, original.media_type, original.content) == (name, media_type, raw)


def test_a_page_that_was_saved_as_a_mail_is_refused() -> None:
    mail = b"From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n=E6=AF=9B"
    with pytest.raises(ArticleError) as refusal:
        parse_document(mail, "page.mht")
    assert (refusal.value.code, refusal.value.values["format"]) == ("article_foreign", ".mht")


WHOLE_PDF = write_pdf([Words(SENTENCE * 20, 50, 700 - 15 * at) for at in range(20)])
WHOLE_WORD_FILE = word_file(after=SENTENCE)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
# What was done to a file, its name and bytes → the format that the refusal names.
DAMAGED = [
    *(("cut", "a.pdf", WHOLE_PDF[: len(WHOLE_PDF) * part // 10], ".pdf") for part in range(1, 10)),
    ("cut, by another name", "a", WHOLE_PDF[: len(WHOLE_PDF) // 2], ".pdf"),
    ("header in junk", "a.pdf", b"\x81\x02" * 900 + WHOLE_PDF[:300], ".pdf"),
    ("header gone", "a.pdf", WHOLE_PDF[9:].replace(b"endobj", b"enobj")[:900], ".pdf"),
    ("zeroes", "a.pdf", bytes(5_000), ".pdf"),
    ("noise", "a.pdf", bytes(range(128, 256)) * 20, ".pdf"),
    ("objects lost", "a.pdf", b"%PDF-1.7\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n", ".pdf"),
    *(
        ("cut", "a.docx", WHOLE_WORD_FILE[: len(WHOLE_WORD_FILE) * part // 10], ".docx")
        for part in range(1, 10)
    ),
    ("cut at once", "a.docx", WHOLE_WORD_FILE[:40], ".docx"),
    ("zeroes", "a.docx", bytes(5_000), ".docx"),
    ("header gone", "a.docx", WHOLE_WORD_FILE[4:], ".docx"),
]


@pytest.mark.parametrize(
    ("name", "raw", "told"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED]
)
def test_what_is_damaged_is_called_so_by_its_format(name: str, raw: bytes, told: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(raw, name)
    assert (refusal.value.code, refusal.value.values["format"]) == ("article_corrupt", told)


# Name and bytes → code and format of the refusal.
OTHER_KINDS = [
    ("a.exe", b"MZ\x90\x00\x03" + bytes(range(256)), "article_foreign", ".exe"),
    ("a.exe", b"MZ" + bytes(range(256)), "article_foreign", ".exe"),
    ("a", b"\x7fELF\x02" + bytes(99), "article_foreign", ".elf"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99), "article_picture", ".png"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "article_picture", ".jpg"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(99), "article_picture", ".webp"),
    ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(99), "article_picture", ".heic"),
    ("a.gif", bytes(range(128, 256)) * 9, "article_picture", ".gif"),
    ("a.doc", OLD_OFFICE + "WordDocument".encode("utf-16-le"), "article_other_office", ".doc"),
    ("a.xls", OLD_OFFICE + "Workbook".encode("utf-16-le"), "article_other_office", ".xls"),
    ("a.docx", OLD_OFFICE, "article_other_office", ".doc"),
    ("a.rtf", b"{\\rtf1\\ansi hair}", "article_other_office", ".rtf"),
    ("a.xlsx", WHOLE_WORD_FILE.replace(b"word/", b"xl///"), "article_other_office", ".xlsx"),
    ("a.odt", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "article_other_office", ".odt"),
    ("a.zip", b"PK\x03\x04hair.txt", "article_foreign", ".zip"),
    ("a.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(99), "article_foreign", ".mp4"),
    ("a.gz", b"\x1f\x8b\x08" + bytes(99), "article_foreign", ".gz"),
]


@pytest.mark.parametrize(("name", "raw", "code", "told"), OTHER_KINDS)
def test_what_is_of_another_kind_is_called_by_its_kind(name: str, raw: bytes, code: str, told: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(raw, name)
    assert (refusal.value.code, refusal.value.values["format"]) == (code, told)


def test_markdown_keeps_its_paragraphs_and_points_among_tags() -> None:
    text = (
        '<h1 style="color:white">膝の治療院</h1>\n<p>ようこそ。</p>\n<div class="image">\n<br>\n\n## 運動\n\n'
        "運動は膝の痛みを減らします。\n\n- 副作用はまれです。\n- 費用は安いです。\n\n"
        "| 薬 | 効果 |\n|---|---|\n| 鎮痛薬 | 痛みを減らす |\n\n</div>\n"
    )
    article = parse_document(text.encode(), "a.md").article
    blocks = article.blocks
    kinds = {(block.kind.value, article.text[block.start : block.end]) for block in blocks}
    assert ("heading", "膝の治療院") in kinds
    assert ("heading", "運動") in kinds
    assert ("paragraph", "運動は膝の痛みを減らします。") in kinds
    assert ("list_item", "副作用はまれです。") in kinds
    assert [block.cells for block in blocks if block.cells][-1] == ("鎮痛薬", "痛みを減らす")


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(write_pdf([]))
    with pytest.raises(ArticleError) as refusal:
        read_document(tmp_path / "scan.pdf")
    assert (refusal.value.code, refusal.value.values["file"]) == ("article_no_text_layer", "scan.pdf")


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as refusal:
        read_document(tmp_path)
    assert refusal.value.code == "article_unreadable"
