"""``konkyo extract``: an article's claims, without a database."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from claims.errors import ArticleError
from claims.extraction.wording import list_grounds
from claims.records.article import Article
from claims.records.claim import Claim, DroppedUnit, WordingRisk
from claims.records.markup import Markup
from claims.references import Citing, name_paper
from reviewer.cli.source import bring_article
from reviewer.settings import load_settings
from reviewer.wording_rules import load_wording_rules


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
@click.option(
    "--all", "everything", is_flag=True, help="Also the units that were dropped, and the marks of a draft."
)
def extract(source: str, form: str, everything: bool) -> None:
    """Print the claims of an article, without a database.

    Reads text, Markdown, HTML, Word (.docx) and PDF files, and pages at an http(s) address.

    One JSON line a claim, in the article's order: text, start, end (code points in the canonical text),
    type, certainty, section, read_as (the stand-alone wording) and references (the entries of the
    article's reference list that the claim points at: label, text, year, pmid and doi, "" where not said)
    and wording_risks (words to be checked: rule, words, start, end and grounds, each with law, reason and
    alternative; a rule of the clinic has no law; those of the file KONKYO_WORDING_RULES are known).

    With --all also what was dropped (dropped: the reason), and behind it the first 1,000 comments and the
    first 1,000 open changes of a Word file: text, author and draft (comment, insertion, deletion, move,
    formatting); of more, a last line counts those that are not_listed. None of them is ever a claim.
    """
    read = bring_article(source, load_wording_rules(load_settings().wording_rules))
    extraction = read.extraction
    if not extraction.claims:
        title = read.document.article.title
        raise ArticleError("article_without_claims", title=title, units=len(extraction.dropped))
    units: list[Claim | DroppedUnit] = [*extraction.claims, *(extraction.dropped if everything else ())]
    citing = Citing(read.document.article)
    for unit in sorted(units, key=lambda unit: (unit.start, unit.end)):
        _print(_line(unit, read.document.article, citing))
    if everything:
        _print_markup(read.document.markup)


def _print(line: Mapping[str, object]) -> None:
    click.echo(json.dumps(line, ensure_ascii=False))


def _print_markup(markup: Markup) -> None:
    for entry in markup.entries:
        _print({"text": entry.text, "author": entry.author, "draft": entry.kind.value})
    if markup.left_out:
        _print({"draft": "not_listed", "count": markup.left_out})


def _line(unit: Claim | DroppedUnit, article: Article, citing: Citing) -> dict[str, object]:
    place: dict[str, object] = {"text": unit.text, "start": unit.start, "end": unit.end}
    if isinstance(unit, DroppedUnit):
        return {**place, "section": unit.section, "dropped": unit.reason.value}
    return {
        **place,
        "type": unit.type.value,
        "certainty": unit.certainty.value,
        "section": unit.section,
        "read_as": unit.read_as,
        "references": [
            {
                "label": entry.label,
                "text": name_paper(entry, article.text).words,
                "year": entry.year,
                "pmid": entry.pmid,
                "doi": entry.doi,
            }
            for entry in citing.find(unit.start, unit.end)
        ],
        "wording_risks": [_describe_risk(risk, article) for risk in unit.wording_risks],
    }


def _describe_risk(risk: WordingRisk, article: Article) -> dict[str, object]:
    """The words and why they are pointed at, in the article's language."""
    return {
        "rule": risk.rule.value,
        "words": risk.words,
        "start": risk.start,
        "end": risk.end,
        "grounds": [
            {"law": basis.law, "reason": basis.reason, "alternative": basis.alternative}
            for basis in list_grounds(risk, article.language.value)
        ],
    }
