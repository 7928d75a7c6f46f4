"""``konkyo ingest``: an article and its claims into the database."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path

import click

from claims.articles import read_article
from claims.records.article import Original
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import House, open_house
from reviewer.settings import load_settings
from reviewer.workflow.ingesting import Ingested, ingest_article


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--revises",
    type=int,
    metavar="VERSION",
    help="FILE is the next version of this version's article. Default: of the article with the same title.",
)
def ingest(file: Path, revises: int | None) -> None:
    """Store an article and its claims for review.

    The same text twice is the same version. In a revised article every claim whose text is untouched keeps
    its grade, its judgements and what was found for it. Prints the version's number, by which search, report
    and compare know it.
    """
    ingested = ingest_file(open_house(load_settings()), file, revises)
    told = "already known" if ingested.known else "stored"
    click.echo(f"{told}: {ingested.version.article.title}", err=True)
    if ingested.revision is not None:
        counts = ", ".join(f"{count} {name}" for name, count in ingested.revision.tell())
        click.echo(f"against version {ingested.revision.former.id}: {counts}", err=True)
    click.echo(f"version {ingested.version.id}: {len(ingested.claims)} claims")


def ingest_file(house: House, file: Path, revises: int | None = None) -> Ingested:
    """The stored version of the article in ``file``, with its claims; the file itself is kept."""
    article = read_article(file)
    kind = guess_type(file.name)[0] or "application/octet-stream"
    original = Original(file.name, kind, file.read_bytes())
    with house.work() as work:
        return ingest_article(work, article, OPERATOR, house.now(), original, revises)
