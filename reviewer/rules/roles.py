"""Who may take which step. Every call of the workflow asks here, whatever page it comes from."""

from __future__ import annotations

from claims.errors import RoleRefused
from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork

# Who adds, merges, splits, dismisses, restores and rewords claims.
BY_HAND = (Role.REVIEWER, Role.EDITOR)
# Who searches, and stops a search.
SEARCHERS = (Role.AUTHOR, Role.REVIEWER, Role.ADJUDICATOR, Role.EDITOR)


def require_role(actor: User, *roles: Role) -> None:
    """Return when ``actor`` has one of these roles; raise ``RoleRefused`` naming them otherwise."""
    if not actor.has_any(*roles):
        raise RoleRefused("role_refused", name=actor.name, roles=", ".join(roles))


def require_still(work: UnitOfWork, actor: User, *roles: Role) -> User:
    """Who ``actor`` is by now, for long work: raises ``RoleRefused`` when their account was closed meanwhile
    or has none of these roles any more. Who has no account, as on the command line, stays who they are.
    """
    now = work.people.find_user(actor.name) if actor.id else None
    if now is None:
        return actor
    if not now.active:
        raise RoleRefused("account_closed", name=actor.name)
    require_role(now, *roles)
    return now
