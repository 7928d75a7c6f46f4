"""What commands print at their end: the next step, as it can be copied, and the file that was written."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from db.audit_checking import Anchor
from reviewer.settings import Settings, default_home


def tell_command(settings: Settings, *arguments: str) -> str:
    """The line that runs ``konkyo`` with ``arguments`` in the same home, from the same folder."""
    variables = []
    if settings.home != default_home():
        variables.append(f"KONKYO_HOME={shlex.quote(str(settings.home))}")
    if settings.demo:
        # The demo keeps to its own database, whatever else is set.
        variables += ["KONKYO_DATABASE_URL=", "KONKYO_DEMO=1"]
    program = sys.argv[0] if Path(sys.argv[0]).name == "konkyo" else "konkyo"
    return " ".join([*variables, shlex.quote(program), *arguments])


def tell_file(out: Path, head: Anchor) -> None:
    """Print the head of the audit trail, which has the export, and last the path of the file."""
    tell_trail_head(head)
    click.echo(str(out.absolute()))


def tell_trail_head(head: Anchor) -> None:
    """Print on standard error where the audit trail stands, to be kept with the file."""
    click.echo(f"audit trail at {head.position}:{head.digest}", err=True)
