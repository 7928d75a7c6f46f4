"""A file or pasted text becomes an article."""

from __future__ import annotations

from pathlib import Path

from claims.articles.blocks import parse_blocks
from claims.articles.decoding import MAX_BYTES, clean_text, decode_text
from claims.articles.language import guess_language
from claims.errors import ArticleError
from claims.records.article import Article, BlockKind

_LONGEST_TITLE = 80


def read_article(path: Path) -> Article:
    """The article in a text or Markdown file. Its origin is the file's name.

    Raises ``ArticleError``: ``article_unreadable`` (with the system's reason), those of ``decode_text``,
    and ``article_no_text`` where nothing but white space and marks is left.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ArticleError("article_too_large", file=path.name, bytes=size, limit=MAX_BYTES)
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(
            "article_unreadable", file=path.name, reason=error.strerror or str(error)
        ) from error
    try:
        return parse_article(decode_text(raw), origin=path.name)
    except ArticleError as error:
        raise ArticleError(error.code, **{"file": path.name, **error.values}) from error


def parse_article(text: str, title: str = "", origin: str = "") -> Article:
    """The article in ``text``, titled by its first theme or heading where no ``title`` is given.

    Raises ``ArticleError`` like ``read_article``.

    >>> article = parse_article("# 睡眠とは\\n睡眠不足は肥満の原因です。")
    >>> article.title, [block.kind.value for block in article.blocks]
    ('睡眠とは', ['heading', 'paragraph'])
    """
    if len(text) > MAX_BYTES:
        raise ArticleError("article_too_large", characters=len(text), limit=MAX_BYTES)
    canonical = clean_text(text)
    if not any(c.isalnum() for c in canonical):
        raise ArticleError("article_no_text" if canonical.strip() else "article_empty")
    language = guess_language(canonical)
    blocks = parse_blocks(canonical, language)
    if not blocks:
        raise ArticleError("article_no_text")
    if not title:
        named = next(
            (block for block in blocks if block.kind in (BlockKind.HEADING, BlockKind.THEME)), blocks[0]
        )
        title = " ".join(canonical[named.start : named.end].split())[:_LONGEST_TITLE]
    return Article(title, language, canonical, blocks, origin)
