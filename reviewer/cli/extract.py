"""``konkyo extract``: an article's claims, without a database."""

from __future__ import annotations

import json

import click

from claims.errors import ArticleError
from claims.records.claim import Claim, DroppedUnit
from reviewer.cli.source import bring_article


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
@click.option(
    "--all", "everything", is_flag=True, help="Also the units that were dropped, with their reason."
)
def extract(source: str, form: str, everything: bool) -> None:
    """Print the claims of an article, without a database.

    Reads text, Markdown, HTML, Word (.docx) and PDF files, and pages at an http(s) address.

    One JSON line a claim, in the article's order: text, start, end (code points in the canonical text),
    type, certainty, section and read_as (the stand-alone wording).
    """
    read = bring_article(source)
    extraction = read.extraction
    if not extraction.claims:
        title = read.document.article.title
        raise ArticleError("article_without_claims", title=title, units=len(extraction.dropped))
    units: list[Claim | DroppedUnit] = [*extraction.claims, *(extraction.dropped if everything else ())]
    for unit in sorted(units, key=lambda unit: (unit.start, unit.end)):
        click.echo(json.dumps(_line(unit), ensure_ascii=False))


def _line(unit: Claim | DroppedUnit) -> dict[str, str | int]:
    place: dict[str, str | int] = {"text": unit.text, "start": unit.start, "end": unit.end}
    if isinstance(unit, DroppedUnit):
        return {**place, "section": unit.section, "dropped": unit.reason.value}
    return {
        **place,
        "type": unit.type.value,
        "certainty": unit.certainty.value,
        "section": unit.section,
        "read_as": unit.read_as,
    }
