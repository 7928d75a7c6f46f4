"""Who works on the command line: somebody with the keys to the machine, under their account's name."""

from __future__ import annotations

import getpass

from claims.records.people import Role, User


def _read_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


# Grading and adjudicating are left out: they are done under an account, in the review room.
OPERATOR = User(0, _read_name(), _read_name(), (Role.ADMIN, Role.EDITOR, Role.AUTHOR))
