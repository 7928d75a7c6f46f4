"""``konkyo packet``: all that shows how a stored article was reviewed, in one file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.telling import tell_file
from reviewer.cli.writing import write_file
from reviewer.exports.packet import export_packet
from reviewer.exports.table import ExportRequest
from reviewer.workflow.audit_trail import find_trail_head


@click.command()
@click.argument("version", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, a zip.")
@pass_application
def packet(application: Application, version: int, out: Path) -> None:
    """Write all that shows how a stored article was reviewed, as one zip.

    VERSION is the number that ingest printed. In it are the whole report, the article with its references,
    the references for Zotero, every table of the review, each version with its file, and the audit trail,
    with the SHA-256 of each file. A grade that is still blind is in none of them.
    """
    request = ExportRequest(version, OPERATOR, application.settings.time_zone)
    with application.exporting() as work:
        packed = export_packet(work, request, application.now(), application.settings.review_months)
        head = find_trail_head(work)
    write_file(out, packed)
    click.echo(f"SHA-256 of the packet, which the audit trail has: {sha256(packed).hexdigest()}", err=True)
    tell_file(out, head)
