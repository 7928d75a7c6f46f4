"""The rooms beside "My work" and the claims: which there are, and who may enter each."""

from __future__ import annotations

from claims.records.people import User
from reviewer.i18n import mark
from reviewer.rules.permissions import Permission, may

# A person's own account: open to everybody, and reached by their name in the bar.
OWN_ROOM = "account"
# Where everybody may try a claim: reached from "My work", the own account and the list of keys.
PRACTICE_ROOM = "practice"

# Room → its name in the menu, and the permission that opens it.
ROOMS: dict[str, tuple[str, Permission]] = {
    "library": (mark("Claims library"), Permission.READ_VERSIONS),
    "overview": (mark("Board"), Permission.READ_OVERVIEW),
    "agreement": (mark("Agreement"), Permission.READ_AGREEMENT),
    "watch": (mark("Evidence watch"), Permission.TRACE_EVIDENCE),
    "audit": (mark("Audit trail"), Permission.READ_AUDIT_TRAIL),
    "wording": (mark("House rules"), Permission.MANAGE_HOUSE_RULES),
    "users": (mark("Accounts"), Permission.MANAGE_ACCOUNTS),
}
# The rooms of one version of an article.
VERSION_ROOMS: dict[str, tuple[str, Permission]] = {
    "author": (mark("Flags"), Permission.READ_VERSIONS),
    "editor": (mark("Publication"), Permission.READ_VERSIONS),
    "searches": (mark("Search log"), Permission.READ_VERSIONS),
    "references": (mark("References"), Permission.READ_VERSIONS),
}


def name_page(room: str, has_version: bool, has_claim: bool) -> str:
    """What the page that an address names is called in metrics and logs: one of a few, whatever it says.

    >>> [name_page(room, False, True) for room in ("audit", "account", "searches", "<script>")]
    ['audit', 'account', 'none', 'none']
    >>> [name_page("", True, True), name_page("", True, False), name_page("", False, False)]
    ['grading', 'queue', 'work']
    """
    if room:
        known = room in (*ROOMS, OWN_ROOM, PRACTICE_ROOM) or (room in VERSION_ROOMS and has_version)
        return room if known else "none"
    if has_claim:
        return "grading"
    return "queue" if has_version else "work"


def list_rooms(user: User) -> list[tuple[str, str]]:
    """The rooms that are open to ``user``, each with its name in English, in the order of the menu."""
    return [(room, name) for room, (name, permission) in ROOMS.items() if may(user, permission)]


def list_version_rooms(user: User) -> list[tuple[str, str]]:
    """The rooms of a version that are open to ``user``, in the order of the menu."""
    return [(room, name) for room, (name, permission) in VERSION_ROOMS.items() if may(user, permission)]
