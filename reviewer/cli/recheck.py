"""``konkyo recheck``: whether the papers under the claims have been retracted or corrected since."""

from __future__ import annotations

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import House, open_house
from reviewer.cli.search import SOURCES
from reviewer.settings import load_settings
from reviewer.workflow.rechecking import ChangedStanding, recheck_standing


@click.command()
@click.argument("version", type=int, required=False)
@click.option("--source", type=SOURCES, help="Default: the library once one is imported, else pubmed.")
def recheck(version: int | None, source: str | None) -> None:
    """Look again whether the papers under the claims still stand.

    VERSION is the number that ingest printed; without it every stored version is looked at. Prints a line
    for each claim with a paper whose standing changed (retracted, corrected, under concern), then the sum.
    """
    house = open_house(load_settings())
    chosen = source or house.default_source
    evidence = house.searcher(chosen).renew()
    for one in [version] if version is not None else _list_versions(house):
        with house.work() as work:
            done = recheck_standing(work, evidence, one, OPERATOR, house.now())
        for changed in done.changed:
            click.echo(_tell_changed(one, changed))
        click.echo(
            f"version {one}: checked {done.checked}, not told by {chosen} {len(done.not_told)}, "
            f"changed {len(done.changed)}, quotations lost {done.rationales_lost}"
        )


def _list_versions(house: House) -> list[int]:
    with house.work() as work:
        return [one.id for one in work.articles.list_versions()]


def _tell_changed(version_id: int, changed: ChangedStanding) -> str:
    notice = f" (notice {changed.after.notice})" if changed.after.notice else ""
    return (
        f"version {version_id} claim {changed.claim_number}: "
        f"{'attached' if changed.attached else 'suggested'} PMID {changed.pmid} "
        f"{changed.before.status.value} -> {changed.after.status.value}{notice}"
    )
