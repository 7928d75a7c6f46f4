"""``konkyo lexicon``: the terms that reviewers added, and their English."""

from __future__ import annotations

import click

from claims.lexicon.overlay import build_row
from claims.lexicon.tables import LexiconRow, TermRole
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.choices import EnumChoice
from reviewer.cli.opening import open_chosen, pass_application
from reviewer.workflow.lexicon import add_term, remove_term

_ROLES = EnumChoice(TermRole)


@click.group()
def lexicon() -> None:
    """Add terms that the shipped tables lack, for every later query."""


@lexicon.command()
@click.argument("term")
@click.option("--english", multiple=True, required=True, help="Best first; repeat it for synonyms.")
@click.option("--variant", multiple=True, help="Another spelling of the term; may be repeated.")
@click.option("--mesh", default="", help="The MeSH descriptor, as NLM writes it.")
@click.option("--role", type=_ROLES, required=True, help="What the term usually is in a claim.")
def add(term: str, english: tuple[str, ...], variant: tuple[str, ...], mesh: str, role: TermRole) -> None:
    """Add TERM with its English; an earlier row of the same spelling gives way to it."""
    row = build_row(term, variant, english, mesh, role)
    application = open_chosen()
    with application.work() as work:
        add_term(work, row, OPERATOR, application.now())
    click.echo(f"added: {_format_row(row)}")


@lexicon.command("list")
@pass_application
def list_terms(application: Application) -> None:
    """List the added terms: term, English, MeSH, role, who added it and when, tabs between them."""
    with application.work() as work:
        for added in work.lexicon.list_added():
            click.echo(f"{_format_row(added.row)}\t{added.added_by}\t{added.added_at:%Y-%m-%d}")


@lexicon.command()
@click.argument("term")
@pass_application
def remove(application: Application, term: str) -> None:
    """Remove an added TERM; what the shipped tables say of it holds again."""
    with application.work() as work:
        row = remove_term(work, term, OPERATOR, application.now())
    click.echo(f"removed: {_format_row(row)}")


def _format_row(row: LexiconRow) -> str:
    return "\t".join((row.term, "; ".join(row.english), row.mesh, row.role.value))
