"""``konkyo ingest``: an article and its claims into the database."""

from __future__ import annotations

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.source import bring_article
from reviewer.i18n import format_count
from reviewer.workflow.ingesting import Ingested, ingest_article


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--revises",
    type=int,
    metavar="VERSION",
    help="It is the next version of this version's article. Default: of the article with the same title.",
)
@pass_application
def ingest(application: Application, source: str, revises: int | None) -> None:
    """Store an article and its claims for review.

    The same text twice is the same version; with --revises an earlier text of that article becomes its next
    version: the article goes back to it. In a revised article every claim whose text is untouched keeps
    its grade, its judgements and what was found for it. Prints the version's number, by which search, report
    and compare know it.
    """
    ingested = ingest_source(application, source, revises)
    told = "already known" if ingested.known else "stored"
    click.echo(f"{told}: {ingested.version.article.title}", err=True)
    if ingested.revision is not None:
        counts = ", ".join(f"{count} {name}" for name, count in ingested.revision.tell())
        click.echo(f"against version {ingested.revision.former.id}: {counts}", err=True)
    click.echo(f"version {ingested.version.id}: {format_count(len(ingested.claims), 'claim')}")


def ingest_source(application: Application, source: str, revises: int | None = None) -> Ingested:
    """The stored version of the article in a file or at an address, with its claims and its original."""
    read = bring_article(source, application.house_rules())
    article, original = read.document.article, read.document.original
    with application.work() as work:
        return ingest_article(work, article, OPERATOR, application.now(), original, revises, read.extraction)
