"""Who may take which step. Every call of the workflow asks here, whatever page it comes from."""

from __future__ import annotations

from claims.errors import RoleRefused
from claims.records.people import Role, User

# Who adds, merges, splits, dismisses, restores and rewords claims.
BY_HAND = (Role.REVIEWER, Role.EDITOR)


def require_role(actor: User, *roles: Role) -> None:
    """Return when ``actor`` has one of these roles; raise ``RoleRefused`` naming them otherwise."""
    if not actor.has_any(*roles):
        raise RoleRefused("role_refused", name=actor.name, roles=", ".join(roles))
