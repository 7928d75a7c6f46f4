"""``konkyo search``: evidence for the claims of a stored article."""

from __future__ import annotations

import click

from claims.records.retrieval import SearchStatus
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import House, open_house
from reviewer.cli.progress import show_progress
from reviewer.settings import load_settings
from reviewer.workflow.searching import search_claims

SOURCES = click.Choice(["pubmed", "library"])
_ANSWERED = {SearchStatus.FOUND, SearchStatus.NOTHING_FOUND}


@click.command()
@click.argument("version", type=int)
@click.option("--source", type=SOURCES, help="Default: the library once one is imported, else pubmed.")
@click.option("--again", is_flag=True, help="Also the claims that the source has answered for already.")
def search(version: int, source: str | None, again: bool) -> None:
    """Find evidence for the claims of a stored article.

    VERSION is the number that ingest printed. Claims that the source has answered for already are left alone.
    """
    house = open_house(load_settings())
    failed = search_version(house, version, source or house.default_source, again)
    report_failures(failed)


def search_version(house: House, version_id: int, source: str, again: bool = False) -> int:
    """The number of claims whose search failed, after searching all that are due, with progress shown."""
    searcher = house.searcher(source)
    with house.work() as work:
        version = work.articles.get_version(version_id)
        claims = work.claims.list_claims(version_id)
        ids = [claim.id for claim in claims]
        status, runs = work.searches.load_status(ids), work.searches.load_runs(ids)
    answered = {i for i in ids if status.get(i) in _ANSWERED and runs[i][-1].source == source}
    due = tuple(claim for claim in claims if again or claim.id not in answered)
    click.echo(f"searching {source}: {len(due)} of {len(claims)} claims", err=True)
    searches = search_claims(house.work, version, due, searcher, OPERATOR)
    return sum(done.failed for done in show_progress(searches, "claims searched", len(due)))


def report_failures(failed: int) -> None:
    """Say on standard error how many searches failed, when any did."""
    if failed:
        click.echo(
            f"{failed} claim(s): the search failed and is recorded as failed; run `konkyo search` later",
            err=True,
        )
