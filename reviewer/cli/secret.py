"""``konkyo secret``: the one secret that all servers and workers of a house share."""

from __future__ import annotations

import click

from reviewer.accounts.house_secret import adopt_secret
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.home import fingerprint_secret
from reviewer.settings import load_settings


@click.command()
@click.option("--adopt", is_flag=True, required=True, help="Take the present secret for the house's.")
def secret(adopt: bool) -> None:
    """Take the present session secret for the house's, in place of one that is lost.

    Servers and workers of one PostgreSQL database are refused at their start with any other. Everybody signs
    in again, keys that people keep are given again, and the trail is signed with the new one from here on.

    Who has the former secret still runs `konkyo audit verify` with it before: what it signed is sealed as it
    stands, and whether it was changed until then, no other secret tells.
    """
    application = open_application(load_settings(), asks_secret=False)
    with application.work() as work:
        changed = adopt_secret(work, fingerprint_secret(application.secret), OPERATOR, application.now())
    click.echo("the present secret is the house's from now on" if changed else "it is the house's already")
