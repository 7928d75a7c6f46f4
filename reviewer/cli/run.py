"""``konkyo run``: ingest, search and report in one go."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.bootstrap import Application
from reviewer.cli.ingest import ingest_source
from reviewer.cli.opening import pass_application
from reviewer.cli.report import LANGUAGE, OUT, write_report
from reviewer.cli.search import SOURCE, end_with, search_version
from reviewer.i18n import format_count


@click.command()
@click.argument("article", metavar="FILE_OR_URL")
@click.option("--source", type=SOURCE, help="Default: the library once one is imported, else pubmed.")
@OUT
@LANGUAGE
@click.option("--revises", type=int, metavar="VERSION", help="As with `konkyo ingest`.")
@click.option("--again", is_flag=True, help="Also the claims that the source has answered for already.")
@pass_application
def run(
    application: Application,
    article: str,
    source: str | None,
    out: Path,
    locale: str | None,
    revises: int | None,
    again: bool,
) -> None:
    """Ingest, search and report in one go.

    The same article twice is the same version: grades stay, and only claims that the source has not
    answered for are searched. The report is written even when every search failed; the exit code is 1 then.
    """
    chosen = source or application.default_source
    application.searcher(chosen)
    ingested = ingest_source(application, article, revises)
    told = "already known" if ingested.known else "stored"
    claims = format_count(len(ingested.claims), "claim")
    click.echo(f"{told}: {ingested.version.article.title} ({claims})", err=True)
    search = search_version(application, ingested.version.id, chosen, again)
    write_report(application, ingested.version.id, out, locale)
    click.echo(str(out.absolute()))
    end_with(search)
