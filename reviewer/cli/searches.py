"""``konkyo searches``: the search log of a stored article as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.bootstrap import open_house
from reviewer.cli.writing import write_file
from reviewer.exports.exporting import export_search_log
from reviewer.settings import load_settings


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
def searches(version: int, out: Path) -> None:
    """Write the search log of a stored article as CSV.

    VERSION is the number that ingest printed. One row a search, as PRISMA-S asks: source, interface, date,
    the query as it was sent, hits, and who worded it.
    """
    house = open_house(load_settings())
    with house.work() as work:
        exported = export_search_log(work, version)
    write_file(out, exported)
    click.echo(str(out.absolute()))
