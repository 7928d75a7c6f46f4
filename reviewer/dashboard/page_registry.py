"""The rooms beside the list of articles and the claims: which there are, and who may enter each."""

from __future__ import annotations

from claims.records.people import Role, User
from reviewer.i18n import mark

# A person's own account: open to everybody, and reached by their name in the bar.
OWN_ROOM = "account"

# Room → its name in the menu, and the roles that it is open to.
ROOMS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "overview": (mark("Overview"), (Role.EDITOR, Role.ADMIN)),
    "agreement": (mark("Agreement"), (Role.REVIEWER, Role.ADJUDICATOR, Role.EDITOR, Role.ADMIN)),
    "audit": (mark("Audit trail"), (Role.EDITOR, Role.ADMIN)),
    "users": (mark("Accounts"), (Role.ADMIN,)),
}
# The rooms of one version of an article.
VERSION_ROOMS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "author": (mark("Flags"), tuple(Role)),
    "editor": (mark("Publication"), tuple(Role)),
    "searches": (mark("Search log"), tuple(Role)),
}


def list_rooms(user: User) -> list[tuple[str, str]]:
    """The rooms that are open to ``user``, each with its name in English, in the order of the menu."""
    return [(room, name) for room, (name, roles) in ROOMS.items() if user.has_any(*roles)]


def list_version_rooms(user: User) -> list[tuple[str, str]]:
    """The rooms of a version that are open to ``user``, in the order of the menu."""
    return [(room, name) for room, (name, roles) in VERSION_ROOMS.items() if user.has_any(*roles)]
