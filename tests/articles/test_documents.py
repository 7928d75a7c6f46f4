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
    ("a.txt", f"<ul><li>髪</li><li>肌</li></ul><p>{SENTENCE}</p>".encode(), "text/html"),
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
    assert refusal.value.code == "article_binary"


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(write_pdf([]))
    with pytest.raises(ArticleError) as refusal:
        read_document(tmp_path / "scan.pdf")
    assert (refusal.value.code, refusal.value.values["file"]) == ("article_no_text_layer", "scan.pdf")


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as refusal:
        read_document(tmp_path)
    assert refusal.value.code == "article_unreadable"
