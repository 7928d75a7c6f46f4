"""``konkyo recount``: the counts of overview, lists and agreement, made anew of what stands."""

from __future__ import annotations

import click

from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.i18n import format_count
from reviewer.workflow.recounting import recount as recount_all


@click.command()
@pass_application
def recount(application: Application) -> None:
    """Count anew what "My work", the board and the agreement show.

    That is counted as people work, and needs this only after somebody changed the database by other means
    than Konkyo. Prints how many counts differed. People may work meanwhile.
    """
    click.echo(f"{format_count(recount_all(application.work), 'count')} differed")
