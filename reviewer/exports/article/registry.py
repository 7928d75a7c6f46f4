"""Every format in which the article can be had: a new one is its own file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from claims.articles.formats import Format
from claims.articles.html.active import ActivePage
from claims.articles.html.source import BrokenEncoding
from reviewer.exports.article.citing import CitedArticle, Mark
from reviewer.exports.article.evidence import Occasion
from reviewer.exports.article.from_blocks import build_document
from reviewer.exports.article.into_docx import insert_into_word_file
from reviewer.exports.article.into_html import insert_into_page
from reviewer.exports.article.structured_data import write_structured_data
from reviewer.exports.article.to_markdown import write_markdown
from reviewer.exports.documents.to_docx import to_docx
from reviewer.exports.documents.to_html import to_html


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """The file; ``keeps_original``: it is the file that was brought in, with the marks put into it.

    ``unplaced`` marks stand at the end, with their sentences: their place in that file could not be told.
    """

    content: bytes
    keeps_original: bool = False
    unplaced: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleFormat:
    """A format: its name on a button, its media type, and what writes it."""

    name: str
    mime: str
    write: Callable[[CitedArticle, Occasion], WrittenArticle]


def _write_html(article: CitedArticle, occasion: Occasion) -> WrittenArticle:
    original = article.publication.original
    if original is not None and original.media_type == Format.HTML:
        try:
            return WrittenArticle(*_keep(insert_into_page(article, original.content, occasion)))
        except (BrokenEncoding, ActivePage):
            # Broken bytes would be changed if they were written again, scripts would be handed on that nobody
            # could tell: the page is made of what was read.
            pass
    head = write_structured_data(article, occasion)
    return WrittenArticle(to_html(build_document(article, occasion), head))


def _write_docx(article: CitedArticle, occasion: Occasion) -> WrittenArticle:
    original = article.publication.original
    if original is not None and original.media_type == Format.DOCX:
        return WrittenArticle(*_keep(insert_into_word_file(article, original.content, occasion)))
    return WrittenArticle(to_docx(build_document(article, occasion)))


def _write_markdown(article: CitedArticle, occasion: Occasion) -> WrittenArticle:
    return WrittenArticle(write_markdown(article, occasion))


def _keep(written: tuple[bytes, tuple[Mark, ...]]) -> tuple[bytes, bool, tuple[Mark, ...]]:
    content, unplaced = written
    return content, True, unplaced


# By the ending of its files.
ARTICLE_FORMATS: Mapping[str, ArticleFormat] = {
    "html": ArticleFormat("HTML", "text/html", _write_html),
    "md": ArticleFormat("Markdown", "text/markdown", _write_markdown),
    "docx": ArticleFormat("Word", Format.DOCX.value, _write_docx),
}
