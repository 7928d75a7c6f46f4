"""``konkyo report``: the review of a stored article as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.bootstrap import House, open_house
from reviewer.cli.writing import write_file
from reviewer.exports.exporting import export_report
from reviewer.settings import load_settings


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
@click.option("--locale", type=click.Choice(["en", "ja"]), default="en", help="Language of the grade labels.")
def report(version: int, out: Path, locale: str) -> None:
    """Write the review report of a stored article as CSV.

    VERSION is the number that ingest printed. One row a claim; Excel and LibreOffice open it as it is.
    """
    write_report(open_house(load_settings()), version, out, locale)
    click.echo(str(out.absolute()))


def write_report(house: House, version_id: int, out: Path, locale: str = "en") -> None:
    """Write the report to ``out``, whole or not at all."""
    with house.work() as work:
        exported = export_report(work, version_id, locale)
    write_file(out, exported)
