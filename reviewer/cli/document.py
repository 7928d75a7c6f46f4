"""``konkyo document``: evidence without a PMID, entered for a claim."""

from __future__ import annotations

from datetime import datetime

import click

from claims.records.document import DocumentDetails
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.search import load_claims
from reviewer.workflow.documents import enter_document


@click.group()
def document() -> None:
    """Enter package inserts, guidelines, authorities' pages and papers that PubMed does not have.

    VERSION is the number that ingest printed, NUMBER a claim's in `konkyo claims VERSION`. Reviewers judge a
    document as they judge citations; no report counts it as a PubMed record.
    """


@document.command()
@click.argument("version", type=int)
@click.argument("number", type=int)
@click.option("--title", required=True, help="Its title.")
@click.option("--body", default="", help="Who published it: authority, society, company, authors.")
@click.option("--published", default="", help="When it was published, or which edition it is.")
@click.option("--address", default="", help="Where it stands, https://….")
@click.option("--quotation", default="", help="The passage that bears on the claim, word for word.")
@click.option("--place", default="", help="Where in it: page, section.")
@click.option("--accessed-on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was read there.")
@click.option(
    "--expires-on", type=click.DateTime(["%Y-%m-%d"]), help="The day from which it holds no longer."
)
@pass_application
def add(
    application: Application,
    /,
    version: int,
    number: int,
    accessed_on: datetime | None,
    expires_on: datetime | None,
    **told: str,
) -> None:
    """Enter a document for a claim. It wants a title, and who published it or its address.

    Prints the number that it is kept under. Once it expires published claims that rest on it need review. One
    that is wrong is judged not relevant and entered anew.
    """
    _, (claim,) = load_claims(application, version, number)
    read_on, until = (day.date() if day else None for day in (accessed_on, expires_on))
    details = DocumentDetails(**told, accessed_on=read_on, expires_on=until)
    with application.work() as work:
        entered = enter_document(work, claim.id, details, OPERATOR, application.now())
    click.echo(f"document {entered.id}: {entered.details.title}")
