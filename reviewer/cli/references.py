"""``konkyo references``: what an article cites, without a database and without asking anybody."""

from __future__ import annotations

import json

import click

from claims.references import CitedReference, Citing, list_references
from reviewer.cli.source import bring_article
from reviewer.settings import load_settings
from reviewer.wording_rules import load_wording_rules


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
def references(source: str, form: str) -> None:
    """Print what an article cites: its reference lists, and papers that its sentences name themselves.

    One JSON line a reference, those of the lists first: number (null without one), text, pmid, pmcid and doi
    (null where it does not say), identity (not_checked: nobody was asked) and sentences: those that point at
    it, as they stand. Marks that point at no reference are told on standard error.
    """
    read = bring_article(source, load_wording_rules(load_settings().wording_rules))
    article, extraction = read.document.article, read.extraction
    spans = extraction.spans
    for cited in list_references(article, spans):
        click.echo(json.dumps(_line(cited, article.text), ensure_ascii=False))
    citing = Citing(article)
    entries = {(entry.start, entry.end) for entry in citing.listed}
    said = [span for span in spans if span not in entries]
    lost = dict.fromkeys(label for span in said for label in citing.list_lost(*span))
    if lost:
        told = ", ".join(lost)
        click.echo(f"Marks that point at no reference: {told}. Check the numbers of the list.", err=True)


def _line(cited: CitedReference, text: str) -> dict[str, object]:
    entry = cited.reference
    return {
        "number": entry.number,
        "text": text[entry.start : entry.end],
        "pmid": entry.pmid or None,
        "pmcid": entry.pmcid or None,
        "doi": entry.doi or None,
        "identity": "not_checked",
        "sentences": [text[start:end] for start, end in cited.sentences],
    }
