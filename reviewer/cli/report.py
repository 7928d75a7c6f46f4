"""``konkyo report``: the review of a stored article as a file."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.writing import write_file
from reviewer.exports.exporting import export_table
from reviewer.exports.registry import DEFAULT_FORMAT, FORMATS, TABLES
from reviewer.exports.table import ExportRequest
from reviewer.labels import tell_closing
from reviewer.moments import write_moment
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.closing import find_closing

OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help=f"The file to write; its ending says in which format: {', '.join(FORMATS)}.",
)


@click.command()
@click.argument("version", type=int)
@OUT
@click.option(
    "--table",
    type=click.Choice(list(TABLES), case_sensitive=False),
    default="claims",
    show_default=True,
    help=f"{'; '.join(f'{name}: {table.title}' for name, table in TABLES.items())}.",
)
@click.option(
    "--locale",
    type=click.Choice(["en", "ja"], case_sensitive=False),
    default="en",
    help="Language of the grade labels.",
)
@pass_application
def report(application: Application, version: int, out: Path, table: str, locale: str) -> None:
    """Write the review report of a stored article.

    VERSION is the number that ingest printed. One row a claim; --table asks for another table. Excel and
    LibreOffice open it as it is. A grade that is still blind is in none of them. A version that is approved
    or published is reported as it was then; only the standing of its papers is the latest that was looked up.
    """
    write_report(application, version, out, locale, table)
    click.echo(str(out.absolute()))


def write_report(
    application: Application, version_id: int, out: Path, locale: str = "en", table: str = "claims"
) -> None:
    """Write the report, or another of ``TABLES``, to ``out``, whole or not at all.

    The ending of ``out`` says in which of ``FORMATS``; any other ending gets the default one. The trail tells
    of it before the file is there: nothing leaves the house untold. As of when a closed version is shown is
    said on standard error.
    """
    ending = out.suffix.removeprefix(".").lower()
    request = ExportRequest(version_id, OPERATOR, application.settings.time_zone, locale)
    with application.exporting() as work:
        closing = find_closing(work, version_id)
        exported = export_table(
            work, table, request, application.now(), ending if ending in FORMATS else DEFAULT_FORMAT
        )
        head = find_trail_head(work)
    write_file(out, exported)
    click.echo(f"audit trail at {head.position}:{head.digest}", err=True)
    if closing is not None:
        moment = closing.shown_as_of
        when = "" if moment is None else write_moment(moment, application.settings.time_zone)
        click.echo(tell_closing(closing.state, when, "en"), err=True)
