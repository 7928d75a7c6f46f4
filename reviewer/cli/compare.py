"""``konkyo compare``: what changed in a version against the one before."""

from __future__ import annotations

from collections.abc import Iterator

import click

from claims.anchoring.difference import show_difference
from claims.records.lineage import Relation
from claims.records.review import ReviewClaim
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.workflow.comparing import ClaimChange, Comparison, compare_version


@click.command()
@click.argument("version", type=int)
@pass_application
def compare(application: Application, version: int) -> None:
    """Show what changed in a version against the one before, claim by claim.

    The first line counts; then each claim that is not as it was, with its old and new number. Words that went
    stand in [-…-], words that came in {+…+}. A grade in brackets was given to the old wording.
    """
    with application.reading() as work:
        compared = compare_version(work, version, OPERATOR)
    click.echo(_format_counts(compared))
    for change in compared.changes:
        if change.relation is not Relation.UNCHANGED or change.reread:
            for line in _describe_change(change):
                click.echo(line)


def _format_counts(compared: Comparison) -> str:
    title, number = compared.version.article.title, compared.version.number
    if compared.former is None:
        return f"{title}: version {number} is the first"
    counts = ((compared.count(relation), relation.value) for relation in Relation)
    told = ", ".join(f"{count} {name}" for count, name in counts if count)
    return f"{title}: version {number} against {compared.former.number}: {told}"


def _describe_change(change: ClaimChange) -> Iterator[str]:
    numbers = [", ".join(str(c.number or "–") for c in side) for side in (change.former, change.claims)]
    arrow = " → ".join(number for number in numbers if number)
    grades = "; ".join(f"{grade.grade.value}, {grade.graded_by}" for grade in change.grades)
    told = f"  [{grades}]" if grades else ""
    yield f"{change.relation.value:<10} {arrow}{told}"
    if change.relation is Relation.REWORDED:
        yield f"    {show_difference(change.former[0].claim.text, change.claims[0].claim.text)}"
    elif change.reread:
        yield f"    {change.claims[0].claim.text}"
        before, now = change.former[0].claim.read_as, change.claims[0].claim.read_as
        yield f"    read as: {show_difference(before, now)}"
    elif change.relation in (Relation.SPLIT, Relation.MERGED):
        yield from _describe_claims("- ", change.former)
        yield from _describe_claims("+ ", change.claims)
    else:
        yield from _describe_claims("", change.claims or change.former)


def _describe_claims(mark: str, claims: tuple[ReviewClaim, ...]) -> Iterator[str]:
    yield from (f"    {mark}{claim.claim.text}" for claim in claims)
