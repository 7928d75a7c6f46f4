"""``konkyo report``: the review of a stored article as CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from db.unit_of_work import UnitOfWork
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, open_application
from reviewer.cli.writing import write_file
from reviewer.exports.exporting import (
    export_citations,
    export_report,
    export_search_log,
    export_trail,
    record_export,
)
from reviewer.settings import load_settings

TABLES = ("claims", "citations", "searches", "audit")


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
@click.option("--table", type=click.Choice(TABLES, case_sensitive=False), default="claims", show_default=True)
@click.option(
    "--locale",
    type=click.Choice(["en", "ja"], case_sensitive=False),
    default="en",
    help="Language of the grade labels.",
)
def report(version: int, out: Path, table: str, locale: str) -> None:
    """Write the review report of a stored article as CSV.

    VERSION is the number that ingest printed. One row a claim; with --table one row for each claim and
    citation, each search, or each step in the audit trail. Excel and LibreOffice open it as it is. A grade
    that is still blind is in none of them.
    """
    write_report(open_application(load_settings()), version, out, locale, table)
    click.echo(str(out.absolute()))


def write_report(
    application: Application, version_id: int, out: Path, locale: str = "en", table: str = "claims"
) -> None:
    """Write the report, or another of ``TABLES``, to ``out``, whole or not at all.

    The trail tells of it before the file is there: nothing leaves the house untold.
    """
    zone = application.settings.time_zone
    exports: dict[str, Callable[[UnitOfWork], bytes]] = {
        "claims": lambda work: export_report(work, version_id, zone, locale),
        "citations": lambda work: export_citations(work, version_id, zone),
        "searches": lambda work: export_search_log(work, version_id, zone),
        "audit": lambda work: export_trail(work, version_id, OPERATOR, zone),
    }
    with application.reading() as work:
        exported = exports[table](work)
    with application.work() as work:
        record_export(work, version_id, table, OPERATOR, application.now())
    write_file(out, exported)
