"""``konkyo ingest``: an article and its claims into the database."""

from __future__ import annotations

import click

from reviewer.bootstrap import House, open_house
from reviewer.cli.actor import actor_name
from reviewer.cli.source import bring_document
from reviewer.settings import load_settings
from reviewer.workflow.ingesting import Ingested, ingest_article


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
def ingest(source: str) -> None:
    """Store an article and its claims for review.

    The same text twice is the same version. Prints the version's number, by which search and report know it.
    """
    ingested = ingest_source(open_house(load_settings()), source)
    told = "already known" if ingested.known else "stored"
    click.echo(f"{told}: {ingested.version.article.title}", err=True)
    click.echo(f"version {ingested.version.id}: {len(ingested.claims)} claims")


def ingest_source(house: House, source: str) -> Ingested:
    """The stored version of the article in ``source``, with its claims."""
    article = bring_document(source).article
    with house.work() as work:
        return ingest_article(work, article, actor_name(), house.now())
