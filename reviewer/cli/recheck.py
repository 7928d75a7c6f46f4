"""``konkyo recheck``: whether the papers under the claims have been retracted or corrected since."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from claims.errors import SourceError
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.search import SOURCE
from reviewer.error_messages import describe_error
from reviewer.workflow.overview import list_versions
from reviewer.workflow.rechecking import ChangedStanding, Recheck, recheck_standing


@click.command()
@click.argument("version", type=int, required=False)
@click.option("--source", type=SOURCE, help="Default: pubmed once NCBI_EMAIL is set, else the library.")
@pass_application
def recheck(application: Application, version: int | None, source: str | None) -> None:
    """Look again whether the papers under the claims still stand.

    VERSION is the number that ingest printed; without it every stored version is looked at. Prints a line
    for each claim with a paper whose standing changed (retracted, corrected, under concern), then the sum.
    What could not be checked is named on standard error and keeps its standing and its date; the exit code
    is then 1.
    """
    chosen = source or application.whole_source
    evidence = application.searcher(chosen).renew()
    whole = True
    for one in [version] if version is not None else _list_versions(application):
        try:
            with application.work() as work:
                done = recheck_standing(work, evidence, one, OPERATOR, application.now())
        except SourceError as error:
            click.echo(f"version {one}: not checked: {describe_error(error)}", err=True)
            whole = False
            continue
        whole = whole and done.is_whole
        for told in _tell_unchecked(done, chosen):
            click.echo(f"version {one}: {told}", err=True)
        for changed in done.changed:
            click.echo(_describe_changed(one, changed))
        click.echo(
            f"version {one}: checked {done.checked}, not told by {chosen} {len(done.not_told)}, "
            f"changed {len(done.changed)}, quotations lost {done.rationales_lost}"
        )

    sys.exit(0 if whole else 1)


def _tell_unchecked(done: Recheck, source: str) -> Iterator[str]:
    for one in done.unchecked:
        yield f"not checked: PMID {', '.join(one.pmids)}: {describe_error(one.error)}"
    if untold := [pmid for pmid in done.not_told if pmid not in done.not_asked]:
        yield f"not checked: PMID {', '.join(untold)}: {source} has no such record, or an older one"


def _list_versions(application: Application) -> list[int]:
    with application.work() as work:
        return [one.id for one in list_versions(work, OPERATOR)]


def _describe_changed(version_id: int, changed: ChangedStanding) -> str:
    notice = f" (notice {changed.after.notice})" if changed.after.notice else ""
    return (
        f"version {version_id} claim {changed.claim_number}: "
        f"{'attached' if changed.attached else 'suggested'} PMID {changed.pmid} "
        f"{changed.before.own.value} -> {changed.after.own.value}{notice}"
    )
