"""Managing accounts: an administrator makes, changes and closes them; nobody is ever deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import Role, User, find_person
from db.unit_of_work import UnitOfWork
from reviewer.accounts.guessable import list_own_words
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
    keeps_password: bool = False,
) -> User:
    """The new account. Raises ``RuleRefused`` for a name, password or role that cannot be.

    Who did not choose the password has to choose another when they first sign in, unless they are to keep it.
    """
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    name = name.strip().lower()
    if not _NAME.match(name):
        raise RuleRefused("name_unusable", name=name)
    if not roles:
        raise RuleRefused("role_missing")
    new = User(0, name, full_name.strip() or name, roles, qualification.strip(), email.strip())
    user = work.people.add_user(
        new.name,
        new.full_name,
        new.roles,
        hash_password(password, list_own_words(work, new)),
        new.qualification,
        new.email,
        password_given=not keeps_password and _knows_anothers(actor, name),
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
    # Two administrators could close each other's account at once.
    work.people.hold_accounts()
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


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody leaves whose account is closed: sign-ins in force, and claims that wait for them."""

    sign_ins: int
    waiting: int


def load_left(work: UnitOfWork, actor: User, user: User, at: datetime) -> Left:
    """What the person would leave, for who closes the account."""
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    sign_ins = work.people.list_sign_ins(user, at, "")
    return Left(len(sign_ins), sum(work.desks.sum_waiting((user.name,)).values()))


def change_password(work: UnitOfWork, actor: User, name: str, password: str, at: datetime) -> None:
    """Give an account a new password, as administrator; all its sign-ins end.

    Its owner has to choose another when they next sign in. Raises ``RuleRefused`` for one that cannot be.
    """
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    user = work.people.get_user(name)
    hashed = hash_password(password, list_own_words(work, user))
    work.people.change_password(name, hashed, given=_knows_anothers(actor, user.name))
    work.people.end_all_sign_ins(user)
    _commit(work, actor, AuditAction.PASSWORD_CHANGED, user, at)


def end_sign_ins(work: UnitOfWork, actor: User, name: str, at: datetime) -> int:
    """How many sign-ins of the account ended, by an administrator: all. Raises ``NotFound``."""
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    user = work.people.get_user(name)
    ended = work.people.end_all_sign_ins(user)
    _commit(work, actor, AuditAction.SIGN_IN_ENDED, user, at, sign_ins=str(ended))
    return ended


def _knows_anothers(actor: User, name: str) -> bool:
    """Whether who sets the password of this account is somebody else than its owner."""
    return find_person(actor.name) != name


def _commit(
    work: UnitOfWork, actor: User, action: AuditAction, user: User, at: datetime, **values: str
) -> None:
    work.commit(
        AuditEntry(at, actor.name, action, f"account:{user.id}", (("name", user.name), *values.items()))
    )
