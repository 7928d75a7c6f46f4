"""``konkyo search``: evidence for the claims of a stored article."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import click

from claims.errors import NotFound
from claims.records.reference import Identity
from claims.records.retrieval import Query, Rung, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.record_query import word_doi_query, word_pmid_query
from claims.sources import SOURCES, list_failure_values
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.choices import EnumChoice
from reviewer.cli.opening import open_chosen
from reviewer.cli.progress import show_progress
from reviewer.error_messages import describe_code, tell_warning
from reviewer.i18n import format_count
from reviewer.labels import IDENTITY_LABELS, SEARCH_LABELS
from reviewer.workflow.checking_references import check_references, list_unchecked
from reviewer.workflow.due_searches import list_due
from reviewer.workflow.references import load_references
from reviewer.workflow.searching import (
    Searched,
    Searcher,
    choose_query,
    search_by_hand,
    search_claims,
)

SOURCE = click.Choice(list(SOURCES), case_sensitive=False)
RUNGS = EnumChoice(rung for rung in Rung if rung not in (Rung.BY_HAND, Rung.WORDS))


@click.command()
@click.argument("version", type=int)
@click.option("--source", type=SOURCE, help="Default: the library once one is imported, else pubmed.")
@click.option("--again", is_flag=True, help="Ask anew, also what the source has answered already.")
@click.option("--claim", type=int, metavar="N", help="Only the claim with this number.")
@click.option("--query", "text", help="This query alone, in PubMed's syntax, beside what was found.")
@click.option("--pmid", help="Bring this record.")
@click.option("--doi", help="Bring the record with this DOI.")
@click.option("--rung", type=RUNGS, help="This rung alone: of the ladder, or filtered by study design.")
def search(
    version: int,
    source: str | None,
    again: bool,
    claim: int | None,
    text: str | None,
    pmid: str | None,
    doi: str | None,
    rung: Rung | None,
) -> None:
    """Find evidence for the claims of a stored article.

    VERSION is the number that ingest printed. What its author cites is looked up first: a paper that PubMed
    has stands before what is found. Claims that the source has answered for already are left alone.
    What --query, --pmid, --doi or --rung bring for a claim is kept in later searches. The exit code is 1
    when every search that was due failed, or another search took this one over.
    """
    asked = [option for option in (text, pmid, doi, rung) if option is not None]
    if len(asked) > 1:
        raise click.UsageError("give one of --query, --pmid, --doi and --rung")
    if asked and claim is None:
        raise click.UsageError("say for which claim: --claim N")
    application = open_chosen()
    chosen = source or application.default_source
    if claim is None or not asked:
        end_with(search_version(application, version, chosen, again, claim))
    else:
        wanted = rung or _word_query(text, pmid, doi)
        _search_beside(application, version, claim, chosen, wanted, again)


@dataclass(frozen=True, slots=True)
class SearchEnd:
    """What became of the claims that were due: how many were searched, and why each that failed did."""

    searched: int
    failures: tuple[str, ...]

    @property
    def is_lost(self) -> bool:
        """Whether there was something to search for, and every search failed."""
        return 0 < self.searched == len(self.failures)


def search_version(
    application: Application, version_id: int, source: str, again: bool = False, number: int | None = None
) -> SearchEnd:
    """What became of the claims that are due, after searching for them with progress shown.

    ``number`` is the one claim to search. What a search that broke off left running is due too; what another
    process is searching is left to it, and told.
    """
    searcher = application.searcher(source)
    version, claims = load_claims(application, version_id, number)
    if number is None:
        _check_references(application, version, searcher, again)
    with application.work() as work:
        leased = work.searches.load_leased([claim.id for claim in claims])
        chosen = claims if again else list_due(work, version, claims, source, searcher.lexicon)
    due = tuple(claim for claim in chosen if claim.id not in leased)
    click.echo(f"searching {source}: {len(due)} of {format_count(len(claims), 'claim')}", err=True)
    _tell_others(len(leased))
    searches = search_claims(application.work, version, due, searcher, OPERATOR, again)
    ended = list(show_progress(searches, "claims searched", len(due)))
    _tell_others(len(due) - len(ended))
    if ended:
        click.echo(_describe_outcomes(ended), err=True)
    for done in ended:
        if done.losses:
            told = "; ".join(tell_warning(loss) for loss in done.losses)
            click.echo(f"claim {done.claim.number}: {told}: run `konkyo search` again", err=True)
    failures = [
        next(run for run in done.evidence.runs if run.status is SearchStatus.FAILED)
        for done in ended
        if done.failed
    ]
    return SearchEnd(
        len(ended), tuple(describe_code(run.failure, list_failure_values(run)) for run in failures)
    )


def _check_references(
    application: Application, version: ArticleVersion, searcher: Searcher, again: bool
) -> None:
    """Look up the references that are due, with progress shown, and tell what they are."""
    with application.work() as work:
        due = len(load_references(work, version) if again else list_unchecked(work, version))
    if not due:
        return
    checked = check_references(application.work, version, searcher, OPERATOR, again)
    counts = Counter(one.look_up.identity for one in show_progress(checked, "references looked up", due))
    told = [f"{IDENTITY_LABELS[identity]}: {counts[identity]}" for identity in Identity if counts[identity]]
    click.echo(f"references of the author: {' · '.join(told)}", err=True)


def _describe_outcomes(ended: Sequence[Searched]) -> str:
    """How many claims ended how, with how many records on topic."""
    counts = Counter(done.evidence.status for done in ended)
    told = [f"{SEARCH_LABELS[status]}: {counts[status]}" for status in SearchStatus if counts[status]]
    on_topic = sum(finding.on_topic for done in ended for finding in done.evidence.findings)
    return " · ".join([*told, f"records on topic: {on_topic}"])


def _tell_others(count: int) -> None:
    if count:
        click.echo(
            f"left to another process that is searching them: {format_count(count, 'claim')}", err=True
        )


def end_with(search: SearchEnd) -> None:
    """Say on standard error how many searches failed and why; end with exit code 1 when all of them did."""
    for reason, failed in Counter(search.failures).items():
        click.echo(f"{format_count(failed, 'claim')}: the search failed: {reason}", err=True)
    if search.failures:
        every = "every search failed" if search.is_lost else "the failed searches are recorded as failed"
        click.echo(f"{every}: run `konkyo search` later", err=True)
    if search.is_lost:
        sys.exit(1)


def load_claims(
    application: Application, version_id: int, number: int | None
) -> tuple[ArticleVersion, tuple[ReviewClaim, ...]]:
    """The version with its claims, or the one with this number. Raises ``NotFound``."""
    with application.work() as work:
        version = work.articles.get_version(version_id)
        claims = work.claims.list_claims(version_id)
    wanted = tuple(claim for claim in claims if number in (None, claim.number))
    if number is not None and not wanted:
        raise NotFound("claim_number_missing", number=number, version=version_id)
    return version, wanted


def _word_query(text: str | None, pmid: str | None, doi: str | None) -> Query:
    """The query that a person worded, or the one that finds one record. Raises ``QueryError``."""
    if pmid is not None:
        return word_pmid_query(pmid)
    return word_doi_query(doi) if doi is not None else Query(Rung.BY_HAND, text or "")


def _search_beside(
    application: Application, version_id: int, number: int, source: str, wanted: Query | Rung, again: bool
) -> None:
    """Search for one claim beside what was found, and print what came: PMID, title, and if related only."""
    searcher = application.searcher(source)
    version, (claim,) = load_claims(application, version_id, number)
    query = (
        wanted if isinstance(wanted, Query) else _choose_query(application, claim, version, wanted, searcher)
    )
    done = search_by_hand(application.work, version, claim, query, searcher, OPERATOR, again)
    for run in done.evidence.runs:
        if not run.failure:
            click.echo(f"{run.query}: {run.count} found", err=True)
        for warning in run.warnings:
            click.echo(tell_warning(warning), err=True)
        if run.failure:
            raise click.ClickException(describe_code(run.failure, list_failure_values(run)))
    for finding, citation in zip(done.evidence.findings, done.evidence.citations, strict=True):
        told = "" if finding.on_topic else "\trelated only"
        click.echo(f"{citation.pmid}\t{citation.shown_title}{told}")


def _choose_query(
    application: Application, claim: ReviewClaim, version: ArticleVersion, rung: Rung, searcher: Searcher
) -> Query:
    with application.work() as work:
        return choose_query(work, claim, version.article.language, rung, searcher.lexicon)
