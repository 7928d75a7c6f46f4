"""``konkyo original``: the file that a stored version was read from."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.writing import write_file


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@pass_application
def original(application: Application, version: int, out: Path) -> None:
    """Write the file that a stored version was read from, byte for byte.

    VERSION is the number that ingest printed.
    """
    with application.work() as work:
        kept = work.articles.get_original(version)
    write_file(out, kept.content)
    click.echo(f"{kept.name} ({kept.media_type}): {len(kept.content)} bytes", err=True)
    click.echo(str(out.absolute()))
