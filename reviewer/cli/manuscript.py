"""``konkyo manuscript``: a stored article as a Word file with what was said of it in the margin."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.telling import tell_file
from reviewer.cli.writing import write_file
from reviewer.exports.manuscript.exporting import export_manuscript
from reviewer.exports.table import ExportRequest
from reviewer.i18n import format_count
from reviewer.workflow.audit_trail import find_trail_head


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, a .docx.")
@pass_application
def manuscript(application: Application, version: int, out: Path) -> None:
    """Write a stored article as a Word file with flags and comments in the margin.

    VERSION is the number that ingest printed. At each sentence stand the reviewers' comments, once its claim
    is settled, and the open flags; what a reviewer would write instead is a tracked change, which is not in
    the text until it is accepted. What came as Word keeps its file. The author answers in Word, and ingest
    --revises VERSION brings the file back: replies to flags are the author's answers then, other comments are
    shown beside the claim. A comment whose sentence does not stand in the file once and only once stands at
    the first words, and is named on standard error.
    """
    request = ExportRequest(version, OPERATOR, application.settings.time_zone)
    with application.exporting() as work:
        written = export_manuscript(work, request, application.now())
        head = find_trail_head(work)
    write_file(out, written.content)
    click.echo(f"{format_count(len(written.comments), 'comment')} in the margin", err=True)
    for comment in written.unplaced:
        claim = comment.claim
        told = (
            f"claim {claim.number}: its sentence does not stand there once; its comment is at the first words"
        )
        click.echo(f"{told}: {claim.claim.text}", err=True)
    tell_file(out, head)
