"""``konkyo cite``: the references of a stored article for a reference manager."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.telling import tell_file
from reviewer.cli.writing import write_file
from reviewer.exports.bibliography.exporting import export_references
from reviewer.exports.bibliography.gathering import Gathered
from reviewer.exports.bibliography.registry import BIBLIOGRAPHIES
from reviewer.exports.table import ExportRequest
from reviewer.i18n import format_count
from reviewer.labels import RETRACTION_LABELS
from reviewer.workflow.audit_trail import find_trail_head

_ENDINGS = {form.ending: name for name, form in BIBLIOGRAPHIES.items()}


@click.command()
@click.argument("version", type=int)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(BIBLIOGRAPHIES), case_sensitive=False),
    help="Default: as the ending of --out says (.ris, .bib, .nbib, .json), else ris.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@pass_application
def cite(application: Application, version: int, form: str | None, out: Path) -> None:
    """Write the references of a stored article for a reference manager.

    For Zotero, EndNote, BibTeX and their like. VERSION is the number that ingest printed. Written is what
    people attached to its claims, each paper once; while nothing is attached, what is suggested, which
    standard error says. PMID and DOI stand in every format. A paper that was retracted has RETRACTED before
    its title and is named on standard error. Without any citation there is no file, and the exit code is 1.
    """
    ending = out.suffix.removeprefix(".").lower()
    request = ExportRequest(version, OPERATOR, application.settings.time_zone)
    with application.exporting() as work:
        chosen = form or _ENDINGS.get(ending, "ris")
        written, gathered = export_references(work, chosen, request, application.now())
        head = find_trail_head(work)
    write_file(out, written)
    _tell(gathered)
    tell_file(out, head)


def _tell(gathered: Gathered) -> None:
    """Say on standard error what kind of references they are, and which were taken back."""
    count = format_count(len(gathered.entries), "reference")
    kind = "attached by people" if gathered.attached else "suggested: nobody has attached any yet"
    click.echo(f"{count}, {kind}", err=True)
    for entry in gathered.entries:
        if entry.is_taken_back:
            told = f"{RETRACTION_LABELS[entry.retraction.status]}: PMID {entry.citation.pmid}"
            claims = ", ".join(map(str, entry.claims))
            click.echo(f"{told}, cited for claim {claims}", err=True)
