"""``konkyo searches``: the search log of a stored article as a file."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.report import OUT, write_report


@click.command()
@click.argument("version", type=int)
@OUT
@pass_application
def searches(application: Application, version: int, out: Path) -> None:
    """Write the search log of a stored article.

    VERSION is the number that ingest printed. One row a search, as PRISMA-S asks: source, interface, date,
    the query as it was sent, hits, and who worded it.
    """
    write_report(application, version, out, table="searches")
    click.echo(str(out.absolute()))
