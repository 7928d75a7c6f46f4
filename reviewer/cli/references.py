"""``konkyo references``: what an article cites, and on request whether PubMed has it as it is cited."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import click

from claims.appraisal.retraction import read_retraction
from claims.articles.formats import Format
from claims.matching import MatchedReference, match_references
from claims.records.article import Article
from claims.records.reference import Identity
from claims.references import (
    CitedReference,
    list_doubled_labels,
    list_lost_marks,
    list_references,
    list_torn_marks,
    name_paper,
    show_links,
)
from reviewer.cli.opening import open_chosen
from reviewer.cli.progress import show_progress
from reviewer.cli.search import SOURCE
from reviewer.cli.source import bring_article
from reviewer.error_messages import describe_error
from reviewer.settings import load_settings
from reviewer.wording_rules import load_wording_rules


@click.command()
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
@click.option("--check", is_flag=True, help="Look each reference up, through the home's cache and budget.")
@click.option(
    "--source", "where", type=SOURCE, help="Default: pubmed once NCBI_EMAIL is set, else the library."
)
def references(source: str, form: str, check: bool, where: str | None) -> None:
    """Print what an article cites, and which sentences cite it.

    One JSON line a reference, first the entries of its lists, then papers that its sentences name themselves:
    number (null without one), text, pmid, pmcid and doi
    (null where it does not say), identity (not_checked: nobody was asked) and sentences: those that point at
    it, as they stand. Marks that point at no reference, or whose link leads to another paper than the entry,
    and numbers that stand twice in the list are told on standard error.

    With --check identity is same, differs, other_paper (its identifier belongs to another one), no_record,
    lookup_failed or not_in_pubmed (a book, a guideline, a page of the web, a text in Japanese), and there are
    record (pmid, title and retraction of what was found, or null), differs (title, year, author, journal,
    volume, page, identifier, pmid_without_record, not_compared) and failure (a sentence, or null). The exit
    code is 1 when a look-up failed.
    """
    read = bring_article(source, load_wording_rules(load_settings().wording_rules))
    article, spans = read.document.article, read.extraction.spans
    # The addresses of links are words of the file in Markdown alone.
    has_marks = read.document.original.media_type in (Format.MARKDOWN, Format.TEXT)
    cited = list_references(article, spans)
    matched = list(_look_up(article, cited, where)) if check else []
    for at, one in enumerate(cited):
        line = _describe(one, article.text, has_marks) | (_describe_match(matched[at]) if check else {})
        click.echo(json.dumps(line, ensure_ascii=False))
    _tell_faults(article)
    if any(one.check.identity is Identity.LOOKUP_FAILED for one in matched):
        raise click.ClickException("references could not be looked up: run it again later")


def _look_up(
    article: Article, cited: Iterable[CitedReference], where: str | None
) -> Iterator[MatchedReference]:
    application = open_chosen()
    searcher = application.searcher(where or application.whole_source)
    wanted = [name_paper(one.reference, article.text) for one in cited]
    matches = match_references(wanted, searcher.remember(False, lambda: None))
    return show_progress(matches, "references looked up", len(wanted))


def _tell_faults(article: Article) -> None:
    lost = list_lost_marks(article)
    if lost:
        told = ", ".join(lost)
        click.echo(f"Marks that point at no reference: {told}. Check the numbers of the list.", err=True)
    if doubled := list_doubled_labels(article):
        told = ", ".join(doubled)
        click.echo(f"Numbers that stand twice in the list: {told}. Check which entry is meant.", err=True)
    if torn := list_torn_marks(article):
        told = ", ".join(f"{one.label} ({one.address})" for one in torn)
        click.echo(f"Marks whose link leads to another paper than the entry: {told}", err=True)


def _describe(cited: CitedReference, text: str, has_marks: bool) -> dict[str, object]:
    entry = cited.reference
    sentences = [text[start:end] for start, end in cited.sentences]
    return {
        "number": entry.number,
        "text": name_paper(entry, text).words,
        "pmid": entry.pmid or None,
        "pmcid": entry.pmcid or None,
        "doi": entry.doi or None,
        "identity": Identity.NOT_CHECKED.value,
        "sentences": sentences if has_marks else list(map(show_links, sentences)),
    }


def _describe_match(matched: MatchedReference) -> dict[str, object]:
    found = matched.record
    record = found and {
        "pmid": found.citation.pmid,
        "title": found.citation.shown_title,
        "retraction": read_retraction(found.citation, found.fetched_at).status.value,
    }
    return {
        "identity": matched.check.identity.value,
        "record": record,
        "differs": [detail.value for detail in matched.check.differs],
        "failure": describe_error(matched.failure) if matched.failure else None,
    }
