"""Who works on the command line."""

from __future__ import annotations

import getpass


def actor_name() -> str:
    """The name of the account that runs the command, as the audit trail keeps it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"
