"""``konkyo attach``: papers of a list among the references of a stored article."""

from __future__ import annotations

from pathlib import Path

import click

from claims.articles.decoding import drop_controls
from claims.bibliography import decode_bibliography, read_bibliography
from claims.records.reference import AuthorReference
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.progress import show_progress
from reviewer.cli.search import SOURCE, load_claims
from reviewer.i18n import format_count
from reviewer.labels import IDENTITY_LABELS
from reviewer.workflow.checking_references import check_references, list_unchecked
from reviewer.workflow.importing_references import import_references


@click.command()
@click.argument("version", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--claim", type=int, metavar="N", help="For this claim; default: for the article.")
@click.option(
    "--source", "where", type=SOURCE, help="Default: pubmed once NCBI_EMAIL is set, else the library."
)
@pass_application
def attach(application: Application, version: int, file: Path, claim: int | None, where: str | None) -> None:
    """Bring papers of a list in, beside what the text of an article cites.

    FILE is RIS, NBIB, BibTeX, CSL-JSON, or PMIDs, PMCIDs and DOIs, one or several a line; which it is, is
    told by how it begins. Each paper is looked up as the article's own references are: what PubMed has as
    the list names it stands first among the citations of the claim, and is judged like any other. Prints a
    line a paper: what it is, its PMID, and what the list says. A list that cannot be read is refused whole,
    with the line at fault.
    """
    papers = read_bibliography(decode_bibliography(file.read_bytes()))
    searcher = application.searcher(where or application.whole_source)
    article, claims = load_claims(application, version, claim)
    claim_id = None if claim is None else claims[0].id
    with application.work() as work:
        done = import_references(work, version, papers, OPERATOR, application.now(), claim_id)
        due = len(list_unchecked(work, article))
    told = f", {done.known} stood there already" if done.known else ""
    click.echo(f"{format_count(len(done.added), 'paper')} brought in{told}", err=True)
    checked = check_references(application.work, article, searcher, OPERATOR)
    looked_up = {one.position: one for one in show_progress(checked, "references looked up", due)}
    for one in done.added:
        click.echo(_describe(looked_up.get(one.position, one)))


def _describe(one: AuthorReference) -> str:
    said = " ".join(drop_controls(one.said.words).split())
    return f"{IDENTITY_LABELS[one.look_up.identity]}\t{one.look_up.pmid or ''}\t{said}"
