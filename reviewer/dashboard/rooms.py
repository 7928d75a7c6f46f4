"""The rooms beside articles and claims: which there are, and who may enter each."""

from __future__ import annotations

from claims.records.people import Role, User
from reviewer.i18n import mark

# Room → its name in the menu, and the roles that it is open to.
ROOMS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "audit": (mark("Audit trail"), (Role.EDITOR, Role.ADMIN)),
    "users": (mark("Accounts"), (Role.ADMIN,)),
}


def list_rooms(user: User) -> list[tuple[str, str]]:
    """The rooms that are open to ``user``, each with its name in English, in the order of the menu."""
    return [(room, name) for room, (name, roles) in ROOMS.items() if user.has_any(*roles)]
