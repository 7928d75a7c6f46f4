"""``konkyo claims``: the claims of a stored version."""

from __future__ import annotations

from collections.abc import Iterator

import click

from claims.records.assessment import ClaimStatus
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.workflow.loading import list_shown_claims, number_dropped


@click.command()
@click.argument("version", type=int)
@click.option(
    "--all", "everything", is_flag=True, help="Also what was dismissed, replaced or dropped, with the reason."
)
@pass_application
def claims(application: Application, version: int, everything: bool) -> None:
    """List the claims of a stored version: number, status, type, text.

    A stand-alone wording that says more than the text follows it. With --all, dropped units are numbered
    d1, d2 …: `konkyo claim restore` takes either number.
    """
    with application.reading() as work:
        lines = list(_list_lines(work, version, everything))
    for _, number, status, kind, text in lines:
        click.echo(f"{number:>5}  {status:<11}  {kind:<12}  {text}")


_Line = tuple[tuple[int, int], str, str, str, str]


def _list_lines(work: UnitOfWork, version: int, everything: bool) -> list[_Line]:
    found = list_shown_claims(work, version)
    lines = [_tell(c) for c in found if everything or c.status is not ClaimStatus.DISMISSED]
    if everything:
        lines += [_tell(claim) for claim in work.claims.list_replaced(version)]
        lines += _describe_dropped(work, version)
    return sorted(lines, key=lambda line: line[0])


def _tell(claim: ReviewClaim) -> _Line:
    words = claim.claim
    reading = f"  [{words.read_as}]" if words.read_as != words.text else ""
    reason = f"  ({claim.reason})" if claim.reason else ""
    number, status = (str(claim.number), claim.status.value) if claim.number else ("–", "replaced")
    return (words.start, words.end), number, status, words.type.value, f"{words.text}{reading}{reason}"


def _describe_dropped(work: UnitOfWork, version: int) -> Iterator[_Line]:
    for number, dropped in number_dropped(work, version).items():
        if dropped.claim_id is None:
            unit = dropped.unit
            yield (unit.start, unit.end), f"d{number}", "dropped", "", f"{unit.text}  ({unit.reason.value})"
