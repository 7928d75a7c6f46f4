"""Whether a person may stand by name in articles for the public: their own word, which the trail keeps."""

from __future__ import annotations

from datetime import datetime

from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission


def set_naming(work: UnitOfWork, actor: User, name: str, allowed: bool, at: datetime) -> User:
    """The account, whose owner may be named from now on, or not.

    The person says so themselves; an administrator records what they gave in writing. Raises ``RoleRefused``
    for anybody else, and ``NotFound``.
    """
    if actor.name != name.lower():
        require_permission(actor, Permission.MANAGE_ACCOUNTS)
    user = work.people.change_user(name, may_be_named=allowed)
    action = AuditAction.NAMING_ALLOWED if allowed else AuditAction.NAMING_REFUSED
    work.commit(AuditEntry(at, actor.name, action, f"account:{user.id}", (("name", user.name),)))
    return user
