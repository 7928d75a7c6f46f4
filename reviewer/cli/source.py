"""What a command reads: a file of any format, or an address of the web."""

from __future__ import annotations

from pathlib import Path

import click

from claims.articles import load_file
from claims.articles.web.addresses import is_address
from claims.errors import ArticleError
from claims.extraction.house_rules import HouseRules
from reviewer.jobs import ArticleReader, ReadArticle
from reviewer.reading_notices import tell_notices


def bring_article(source: str, house_rules: HouseRules) -> ReadArticle:
    """The article in a file, or at an address that begins with ``http://`` or ``https://``.

    Says on standard error when it is a draft, or in two languages.
    Raises ``ArticleError``: those of ``load_file``, ``fetch_page`` and ``ArticleReader.read``.
    """
    if is_address(source):
        from claims.articles.web.fetching import fetch_page

        page = fetch_page(source)
        return _read(page.body, page.url, page.url, house_rules, page.content_type)
    path = Path(source)
    return _read(load_file(path), path.name, path.name, house_rules)


def _read(raw: bytes, name: str, told: str, house_rules: HouseRules, content_type: str = "") -> ReadArticle:
    """The article in ``raw``; a refusal tells which file it is about."""
    try:
        with ArticleReader(processes=1) as reader:
            read = reader.read(raw, name, content_type, house_rules)
    except ArticleError as error:
        raise ArticleError(error.code, **{"file": told, **error.values}) from error
    if notice := tell_notices(read.document, read.extraction):
        click.echo(f"{notice} `konkyo extract FILE --all` lists what is open or was not read.", err=True)
    return read
