"""A file, a page of the web or pasted text becomes an article, beside the original it was read from."""

from __future__ import annotations

from pathlib import Path

from claims.articles.blocks import parse_blocks
from claims.articles.decoding import clean_text, decode_text
from claims.articles.formats import Format, recognise_format, refuse_named
from claims.articles.inline_markup import read_inline_markup
from claims.articles.language import guess_language
from claims.articles.metadata import read_front_matter
from claims.articles.spacing import close_up
from claims.errors import ArticleError
from claims.records.article import Article, BlockKind, Document, Original
from claims.records.markup import Markup
from claims.references import is_reference
from claims.text.invisible import drop_invisible

_LONGEST_TITLE = 80
# Which block names an article without a title: its first heading, else its first line that is no metadata.
_TITLED = {BlockKind.HEADING: 0, BlockKind.THEME: 0, BlockKind.METADATA: 2}
# What a reader of text says of bytes that are none.
_NO_TEXT = ("article_binary", "article_encoding")
# No article is longer; a book is an hour's reading for a reviewer.
MAX_CHARACTERS, MAX_LINES = 2_000_000, 50_000
# Word files and PDFs carry pictures, which text does not.
MAX_PACKED_BYTES = 30 * 1024 * 1024


def read_article(path: Path) -> Article:
    """The article of ``read_document``, without the original."""
    return read_document(path).article


def read_document(path: Path) -> Document:
    """The article in a text, Markdown, HTML, Word (.docx) or PDF file, and the file itself.

    What the file is, its content tells; its name decides only between kinds of text. The article's origin
    is the file's name. Raises ``ArticleError``: those of ``load_file`` and of ``parse_document``.
    """
    raw = load_file(path)
    try:
        return parse_document(raw, path.name)
    except ArticleError as error:
        raise ArticleError(error.code, **{"file": path.name, **error.values}) from error


def load_file(path: Path) -> bytes:
    """The bytes of a file that may be an article.

    Raises ``ArticleError``: ``article_unreadable`` (with the system's reason), ``article_too_large``.
    """
    try:
        size = path.stat().st_size
        if size > MAX_PACKED_BYTES:
            raise ArticleError("article_too_large", file=path.name, bytes=size, limit=MAX_PACKED_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(
            "article_unreadable", file=path.name, reason=error.strerror or str(error)
        ) from error


def parse_document(raw: bytes, name: str, content_type: str = "") -> Document:
    """The article in the bytes of a file called ``name``, or of a page at that address.

    Raises ``ArticleError``: those of ``recognise_format``, of the format's reader, of ``decode_text``, and
    ``article_no_text`` where nothing but white space and marks is left.
    """
    form = recognise_format(raw, name, content_type)
    try:
        text, title, markup = _read_text(raw, form, content_type)
    except ArticleError as error:
        if error.code in _NO_TEXT:
            refuse_named(name)
        raise
    article = parse_article(text, "" if text.startswith("# ") else title, origin=name)
    return Document(article, Original(name, form.value, raw), markup)


def _read_text(raw: bytes, form: Format, content_type: str) -> tuple[str, str, Markup]:
    """Canonical text, title, and what a Word file has open. A reader is imported for its first file."""
    if form is Format.HTML:
        from claims.articles.html import read_page

        return *read_page(raw, content_type), Markup()
    if form is Format.DOCX:
        from claims.articles.docx import read_word_file

        return read_word_file(raw)
    if form is Format.PDF:
        from claims.articles.pdf import read_pdf_file

        return *read_pdf_file(raw), Markup()
    return decode_text(raw), "", Markup()


def parse_article(text: str, title: str = "", origin: str = "") -> Article:
    """The article in ``text``, titled by its first theme or heading where no ``title`` is given.

    Raises ``ArticleError``: ``article_too_large``, ``article_empty``, ``article_binary``,
    ``article_no_text``.

    >>> article = parse_article("# 睡眠とは\\n睡眠不足は肥満の原因です。")
    >>> article.title, [block.kind.value for block in article.blocks]
    ('睡眠とは', ['heading', 'paragraph'])
    """
    if len(text) > MAX_CHARACTERS:
        raise ArticleError("article_too_large", characters=len(text), limit=MAX_CHARACTERS)
    canonical = close_up(read_inline_markup(clean_text(text)))
    if canonical.count("\n") > MAX_LINES:
        raise ArticleError("article_too_large", lines=canonical.count("\n"), limit=MAX_LINES)
    if not any(c.isalnum() for c in canonical):
        raise ArticleError("article_no_text" if canonical.strip() else "article_empty")
    front = read_front_matter(canonical)
    language = guess_language(_leave_out_references(canonical[front.end :]) or canonical)
    blocks = parse_blocks(canonical, language)
    if not blocks:
        raise ArticleError("article_no_text")
    title = title or front.title
    if not title:
        named = min(blocks, key=lambda block: _TITLED.get(block.kind, 1))
        title = canonical[named.start : named.end]
    title = " ".join(drop_invisible(title).split())[:_LONGEST_TITLE]
    return Article(title, language, canonical, blocks, origin)


def _leave_out_references(text: str) -> str:
    """The lines that the author wrote: what an article cites is mostly English."""
    return "\n".join(line for line in text.split("\n") if not is_reference(line))
