"""``konkyo retractions``: Retraction Watch's table, as Crossref publishes it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from claims.articles.web.fetching import FetchLimits, fetch_page
from claims.errors import SettingsError
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.workflow.importing_retractions import ImportedRetractions, import_retractions

# The table had 60 MB when this was written, and comes in minutes where the way is slow.
_LIMITS = FetchLimits(
    connect_seconds=10.0, read_seconds=60.0, total_seconds=900.0, body_bytes=512 * 1024 * 1024
)


@click.group()
def retractions() -> None:
    """Bring Retraction Watch's table in, beside PubMed's word."""


@retractions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@pass_application
def import_file(application: Application, file: Path | None) -> None:
    """Bring Retraction Watch's table in.

    FILE is the CSV that Crossref publishes; without one it is fetched from the address that
    KONKYO_RETRACTION_WATCH_URL names. Rows are kept by their Record ID, so that a file may come again; a row
    that it lacks stays. Papers are known by PMID, those without by DOI; reinstatements count. PubMed's word
    comes first where it says that a paper fell. Corrupt lines are told with their numbers and left
    out, and the exit code is 1; where more are corrupt than not nothing is kept. Published claims whose
    paper fell are marked: needs review.
    """
    with _open_lines(file, application.settings.retraction_watch) as lines, application.work() as work:
        name = str(file.name) if file else application.settings.retraction_watch
        done = import_retractions(work, lines, name, OPERATOR, application.now())
    for line in _tell(done):
        click.echo(line, err=True)
    click.echo(
        f"{done.rows} rows: {done.new} new, {done.changed} changed; papers here: {done.papers}; "
        f"claims that need review: {done.raised} more, {done.lifted} no longer"
    )
    sys.exit(1 if done.corrupt else 0)


@contextmanager
def _open_lines(file: Path | None, address: str) -> Iterator[io.TextIOBase]:
    """The lines of the table; letters that are no UTF-8 are told as such in texts, which nothing rests on."""
    if file is not None:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield lines
        return
    if not address:
        raise SettingsError("watch_nowhere")
    body = io.BytesIO(fetch_page(address, limits=_LIMITS).body)
    yield io.TextIOWrapper(body, encoding="utf-8-sig", errors="replace", newline="")


def _tell(done: ImportedRetractions) -> Iterator[str]:
    for bad in done.bad:
        last = "" if bad.last_line == bad.first_line else f"–{bad.last_line}"
        yield f"line {bad.first_line}{last}: left out: {bad.reason}"
    if done.corrupt > len(done.bad):
        yield f"left out besides: {done.corrupt - len(done.bad)}"
    if done.nameless:
        yield f"rows with neither PMID nor DOI: {done.nameless}"
