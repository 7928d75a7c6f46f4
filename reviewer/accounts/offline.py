"""Who works on the command line: somebody with the keys to the machine, by its own word and no account's."""

from __future__ import annotations

import os
import pwd

from claims.records.people import Role, User, name_operator


def _read_name() -> str:
    """The name of the process's system account, as the system's database has it: no variable changes it."""
    number = os.getuid()
    try:
        return name_operator(pwd.getpwuid(number).pw_name)
    except KeyError:
        # A container may run under a number that has no entry.
        return name_operator(str(number))


# Grading and adjudicating are left out: they are done under an account, in the review room.
OPERATOR = User(0, _read_name(), _read_name(), (Role.ADMIN, Role.EDITOR, Role.AUTHOR))
