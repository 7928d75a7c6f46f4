"""``konkyo audit``: whether the trail is as it was written, and where it stands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from claims.errors import ArticleError
from db.audit_checking import Anchor, ChainFault, FaultKind
from reviewer.bootstrap import Application
from reviewer.cli.json_lines import read_lines
from reviewer.cli.opening import pass_application
from reviewer.i18n import format_count
from reviewer.moments import write_moment
from reviewer.workflow.audit_trail import check_trail, find_trail_head

# What is wrong, in words that take the table, the row and the line of the trail.
_FAULTS = {
    FaultKind.CHANGED: "{row} was changed after it was written",
    FaultKind.MISSING: "{row} is missing",
    FaultKind.INSERTED: "{row} was put in beside the trail: no line tells of it",
    FaultKind.REORDERED: "{row} does not stand in the order in which it was written",
    FaultKind.OTHER_KEY: (
        "{row} was signed with another session secret: set KONKYO_SECRET to the one with which this trail was"
        " written; where that is lost, `konkyo secret --adopt` takes the present one and seals what stands"
    ),
    FaultKind.EARLIER_CHANGED: (
        "lines that were signed with an earlier secret are not as they stood when {row} took another"
    ),
    FaultKind.NOT_SEALED: (
        "no line of the trail is signed, although there are steps: the signatures of all of them were taken"
        " out; compare the database with a backup"
    ),
    FaultKind.BEGUN_AGAIN: (
        "the trail begins once more: before its first line stood {count} that no line binds, since the"
        " signatures of all lines were taken out; compare the database with a backup"
    ),
    FaultKind.NOT_ANCHORED: "{row} is not the one whose head was kept: the trail was written anew",
}


@click.group()
def audit() -> None:
    """Check that nobody changed the audit trail, and note where it stands."""


@audit.command()
@click.option(
    "--anchor",
    "anchors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of `konkyo audit anchor`: also a trail whose end was cut off is found out by it.",
)
@pass_application
def verify(application: Application, anchors: Path | None) -> None:
    """Check every line of the audit trail and every row that it binds.

    Bound are article texts, files as they came, searches, grades, judgements, decisions and all other steps
    of a review. Exit code 0 when all is as it was written; else 1, with the first line or row that is
    changed, missing, put in or out of order. The head that the home keeps beside the secret is asked for too.
    """
    kept = tuple(_read_anchors(anchors)) if anchors else ()
    own = application.heads.find()
    with application.reading() as work:
        checked = check_trail(work, application.audit_key, (*kept, own) if own else kept)
    head = f"head {checked.head.position}:{checked.head.digest}"
    if checked.fault is None:
        click.echo(f"as written: {format_count(checked.lines, 'line')}, {head}")
        if checked.before:
            rows = format_count(checked.before, "row")
            click.echo(f"its first line seals {rows} from before the trail was signed", err=True)
        if checked.sealed_at:
            lines = format_count(checked.earlier, "line")
            told = f"the session secret changed: line {checked.sealed_at} seals {lines} of an earlier one"
            click.echo(f"{told}, which alone tells whether they were changed before that", err=True)
        return
    click.echo(f"not as written: {_describe(checked.fault)}")
    click.echo(head, err=True)
    if own is not None:
        place = application.heads.path
        click.echo(f"this home keeps the head {own.position}:{own.digest} in {place}", err=True)
    sys.exit(1)


@audit.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A file to which the line is added; keep it where who keeps the database cannot write.",
)
@pass_application
def anchor(application: Application, out: Path | None) -> None:
    """Print where the audit trail stands: the place and digest of its last line, as one line of JSON."""
    with application.reading() as work:
        head = find_trail_head(work)
    moment = write_moment(application.now(), application.settings.time_zone)
    line = json.dumps({"position": head.position, "digest": head.digest, "at": moment})
    click.echo(line)
    if out is not None:
        with out.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def _read_anchors(file: Path) -> Iterator[Anchor]:
    for number, line in read_lines(file):
        try:
            told = json.loads(line)
            yield Anchor(int(told["position"]), str(told["digest"]))
        except (ValueError, TypeError, KeyError) as error:
            raise ArticleError("anchor_line_unreadable", path=str(file), line=number) from error


def _describe(fault: ChainFault) -> str:
    row = f"row {fault.key} of {fault.table}"
    if fault.kind is FaultKind.NOT_ANCHORED and not fault.position:
        row = "the head that was kept"
    elif not fault.key:
        row = f"a row of {fault.table} that stood before the chain began"
    place = f" (line {fault.position} of the trail)" if fault.position else ""
    return _FAULTS[fault.kind].format(row=row, count=format_count(fault.key, "row")) + place
