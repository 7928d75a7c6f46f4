"""``konkyo ingest``: an article and its claims into the database."""

from __future__ import annotations

from pathlib import Path

import click

from claims.articles import read_article
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import House, open_house
from reviewer.settings import load_settings
from reviewer.workflow.ingesting import Ingested, ingest_article


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def ingest(file: Path) -> None:
    """Store an article and its claims for review.

    The same text twice is the same version. Prints the version's number, by which search and report know it.
    """
    ingested = ingest_file(open_house(load_settings()), file)
    told = "already known" if ingested.known else "stored"
    click.echo(f"{told}: {ingested.version.article.title}", err=True)
    click.echo(f"version {ingested.version.id}: {len(ingested.claims)} claims")


def ingest_file(house: House, file: Path) -> Ingested:
    """The stored version of the article in ``file``, with its claims."""
    article = read_article(file)
    with house.work() as work:
        return ingest_article(work, article, OPERATOR, house.now())
