"""Commands that a command prints for the next step: as they can be copied into this shell."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

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
