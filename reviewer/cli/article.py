"""``konkyo article``: a stored article with numbered citations, for its readers."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.telling import tell_file
from reviewer.cli.writing import write_file
from reviewer.exports.article.citing import CitedArticle
from reviewer.exports.article.exporting import export_article
from reviewer.exports.article.registry import ARTICLE_FORMATS, WrittenArticle
from reviewer.exports.table import ExportRequest
from reviewer.i18n import format_count
from reviewer.labels import RETRACTION_LABELS, STATE_LABELS
from reviewer.workflow.audit_trail import find_trail_head

_ENDINGS = {"htm": "html", "markdown": "md"} | {ending: ending for ending in ARTICLE_FORMATS}


@click.command()
@click.argument("version", type=int)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(ARTICLE_FORMATS), case_sensitive=False),
    help="Default: as the ending of --out says (.html, .md, .docx), else html.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@pass_application
def article(application: Application, version: int, form: str | None, out: Path) -> None:
    """Write a stored article with numbered citations at the claims that stand.

    VERSION is the number that ingest printed. Cited are the papers that reviewers judged to support a claim
    which is graded supported or partially supported. Below stand who reviewed the article, for those who
    agreed to be named, when, when next, and the references. An article that came as HTML or Word keeps its
    file: the marks are put into it, and a sentence that does not stand there once and only once gets none; it
    is listed under the article and on standard error. A version that is not approved is a DRAFT on its face.
    """
    ending = out.suffix.removeprefix(".").lower()
    request = ExportRequest(version, OPERATOR, application.settings.time_zone)
    with application.exporting() as work:
        written, cited = export_article(
            work,
            form or _ENDINGS.get(ending, "html"),
            request,
            application.now(),
            application.settings.review_months,
        )
        head = find_trail_head(work)
    write_file(out, written.content)
    _tell(written, cited)
    tell_file(out, head)


def _tell(written: WrittenArticle, cited: CitedArticle) -> None:
    """Say on standard error what was cited, what has no place, and what was taken back."""
    count = format_count(len(cited.entries), "reference")
    marks = format_count(len(cited.marks) - len(written.unplaced), "sentence")
    kept = ", in the file that was brought in" if written.keeps_original else ""
    click.echo(f"{count} cited at {marks}{kept}", err=True)
    if not cited.publication.state.is_signed:
        click.echo(f"not approved: {STATE_LABELS[cited.publication.state]}", err=True)
    for mark in written.unplaced:
        claim = mark.claim
        told = f"no mark for claim {claim.number} {mark.label}: its sentence does not stand there once"
        click.echo(f"{told}: {claim.claim.text}", err=True)
    for number, entry in enumerate(cited.entries, start=1):
        if entry.is_taken_back:
            told = RETRACTION_LABELS[entry.retraction.status]
            click.echo(f"{told}: [{cited.prefix}{number}] PMID {entry.citation.pmid}", err=True)
