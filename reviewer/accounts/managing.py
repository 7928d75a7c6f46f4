"""Managing accounts: an administrator makes, changes and closes them; nobody is ever deleted."""

from __future__ import annotations

import re
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.passwords import hash_password
from reviewer.rules.permissions import PERMISSIONS, Permission, may, require_permission

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}\Z")


def load_accounts(work: UnitOfWork, viewer: User) -> tuple[User, ...]:
    """All accounts by name, the closed ones last: for administrators."""
    require_permission(viewer, Permission.MANAGE_ACCOUNTS)
    return tuple(sorted(work.people.list_users(), key=lambda user: not user.active))


def close_account(work: UnitOfWork, actor: User, name: str, at: datetime) -> User:
    """The account, closed, with the roles that it has; as ``change_roles``. Raises ``NotFound``."""
    return change_roles(work, actor, name, work.people.get_user(name).roles, False, at)


def add_user(
    work: UnitOfWork,
    actor: User,
    name: str,
    password: str,
    roles: tuple[Role, ...],
    at: datetime,
    full_name: str = "",
    qualification: str = "",
    email: str = "",
) -> User:
    """The new account. Raises ``RuleRefused`` for a name, password or role that cannot be."""
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    name = name.strip().lower()
    if not _NAME.match(name):
        raise RuleRefused("name_unusable", name=name)
    if not roles:
        raise RuleRefused("role_missing")
    user = work.people.add_user(
        name, full_name.strip() or name, roles, hash_password(password), qualification.strip(), email.strip()
    )
    _commit(work, actor, AuditAction.ACCOUNT_CREATED, user, at, roles=",".join(roles))
    return user


def change_roles(
    work: UnitOfWork, actor: User, name: str, roles: tuple[Role, ...], active: bool, at: datetime
) -> User:
    """The account with these roles, active or not. The last administrator stays one.

    Who is made inactive is signed out everywhere at once, and their own key for NCBI is forgotten.
    """
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    if not roles:
        raise RuleRefused("role_missing")
    stays = active and not set(roles).isdisjoint(PERMISSIONS[Permission.MANAGE_ACCOUNTS])
    managers = [user.name for user in work.people.list_users() if may(user, Permission.MANAGE_ACCOUNTS)]
    if not stays and managers == [name.lower()]:
        raise RuleRefused("last_administrator", name=name)
    user = work.people.change_user(name, roles=roles, active=active)
    if not active:
        work.people.end_all_sign_ins(user)
        work.ncbi_keys.remove(user)
    _commit(work, actor, AuditAction.ACCOUNT_CHANGED, user, at, roles=",".join(roles), active=str(active))
    return user


def change_password(work: UnitOfWork, actor: User, name: str, password: str, at: datetime) -> None:
    """Give an account a new password, as administrator; all its sign-ins end."""
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    work.people.change_password(name, hash_password(password))
    user = work.people.get_user(name)
    work.people.end_all_sign_ins(user)
    _commit(work, actor, AuditAction.PASSWORD_CHANGED, user, at)


def _commit(
    work: UnitOfWork, actor: User, action: AuditAction, user: User, at: datetime, **values: str
) -> None:
    work.commit(
        AuditEntry(at, actor.name, action, f"account:{user.id}", (("name", user.name), *values.items()))
    )
