"""Signing in and out, and the own password: each try leaves a line in the trail, too many wrong ones lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from claims.errors import NotFound, RuleRefused, SignInRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import ProvedBy, Signature
from claims.records.people import Credentials, SignIn, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.guessable import list_own_words
from reviewer.accounts.guessing import (
    WINDOW,
    Guess,
    count_try,
    forgive,
    place_guess,
    place_own_guess,
)
from reviewer.accounts.passwords import hash_known, hash_password, is_outdated, verify_password
from reviewer.accounts.tokens import hash_token, make_token
from reviewer.rules.permissions import PERMISSIONS, Permission
from reviewer.settings import IDLE_LASTS, SIGN_IN_LASTS

LONGEST_NAME = 64
_MINUTES = int(WINDOW.total_seconds() // 60)


def sign_in(
    work: UnitOfWork,
    name: str,
    password: str,
    address: str,
    secret: str,
    at: datetime,
    only: str = "",
    idle: timedelta = IDLE_LASTS,
) -> str:
    """The token of the new sign-in of somebody who came from ``address``; unused for ``idle``, it ends.

    Who was given the password by somebody else is signed in for ``find_unsettled`` alone. With ``only`` no
    other account than this comes in, and no other is told apart from one that there is not.
    Raises ``SignInRefused``: ``sign_in_wrong`` (whichever of name and password it was, or an inactive
    account), which is in the trail, or ``sign_in_locked``, of which the trail has the first.
    """
    name = name.strip().lower()[:LONGEST_NAME]
    # No account has this name: it counts, and takes as long, as any.
    looked_for = name if name == (only or name) else ""
    proved = _prove(work, name, password, place_guess(name, address, secret), at, looked_for)
    return open_sign_in(work, proved.user, secret, at, provisional=proved.given, idle=idle)


def change_own_password(
    work: UnitOfWork, actor: User, current: str, password: str, token: str, secret: str, at: datetime
) -> int:
    """How many other sign-ins of the person ended with the old password; the one of ``token`` goes on.

    Raises ``SignInRefused`` (``own_password_wrong``, or ``sign_in_locked`` after too many tries) and
    ``RuleRefused`` for a new password that cannot be, as the present one; then nothing changes.
    """
    user = _prove_own(work, actor, current, secret, at)
    if password == current:
        raise RuleRefused("password_same")
    work.people.change_password(user.name, hash_password(password, list_own_words(work, user)))
    token_hash = hash_token(secret, token) or ""
    ended = work.people.end_all_sign_ins(user, but=token_hash)
    work.people.settle_sign_in(token_hash)
    values = (("name", user.name), ("sign_ins", str(ended)))
    work.commit(AuditEntry(at, actor.name, AuditAction.PASSWORD_CHANGED, f"account:{user.id}", values))
    return ended


def sign_by_password(work: UnitOfWork, actor: User, password: str, secret: str, at: datetime) -> Signature:
    """What ``actor`` signs with, who proves by their password that it is still they.

    Raises ``SignInRefused`` (``own_password_wrong``, or ``sign_in_locked`` after too many tries).
    """
    _prove_own(work, actor, password, secret, at)
    return make_signature(actor, ProvedBy.PASSWORD, at)


def make_signature(actor: User, proved_by: ProvedBy, proved_at: datetime) -> Signature:
    """The signature of somebody who has just proved who they are, in the roles in which they may publish."""
    roles = tuple(role for role in actor.roles if role in PERMISSIONS[Permission.PUBLISH])
    return Signature(actor.full_name, roles, proved_by, proved_at)


def _prove_own(work: UnitOfWork, actor: User, password: str, secret: str, at: datetime) -> User:
    try:
        return _prove(work, actor.name, password, place_own_guess(actor.name, secret), at).user
    except SignInRefused as refused:
        if refused.code == "sign_in_wrong":
            raise SignInRefused("own_password_wrong") from refused
        raise


def _prove(
    work: UnitOfWork, name: str, password: str, guess: Guess, at: datetime, looked_for: str | None = None
) -> Credentials:
    """Those of the person whose password this is; what was changed so far is kept.

    Raises ``SignInRefused``. It counts before anything is looked at, and no try that is one too many is: the
    time it takes tells nobody whether there is an account.
    """
    counted = count_try(work, guess)
    if counted.first_refused:
        tell_refusal(work, name, "sign_in_locked", at)
    if not counted.allowed:
        raise SignInRefused("sign_in_locked", minutes=_MINUTES)
    found = work.people.find_credentials(name if looked_for is None else looked_for)
    right = verify_password(password, found.password_hash if found else None)
    if found is None or not right or not found.user.active:
        tell_refusal(work, name, "sign_in_wrong", at)
        raise SignInRefused("sign_in_wrong", minutes=_MINUTES)
    forgive(work, guess)
    if is_outdated(found.password_hash):
        work.people.change_password(found.user.name, hash_known(password), found.given)
    work.commit_passing()
    return found


def open_sign_in(
    work: UnitOfWork,
    user: User,
    secret: str,
    at: datetime,
    provisional: bool = False,
    idle: timedelta = IDLE_LASTS,
) -> str:
    """The token of a new sign-in of somebody who has proved who they are."""
    token = make_token(secret)
    token_hash = hash_token(secret, token)
    assert token_hash is not None
    work.people.open_sign_in(user, token_hash, at, at + min(idle, SIGN_IN_LASTS), provisional)
    work.commit(AuditEntry(at, user.name, AuditAction.SIGN_IN_OPENED, f"account:{user.id}"))
    return token


def find_signed_in(work: UnitOfWork, token: str, secret: str, at: datetime) -> User | None:
    """The person whose sign-in the token is, or ``None``: forged, ended, expired or inactive."""
    token_hash = hash_token(secret, token)
    return None if token_hash is None else work.people.find_signed_in(token_hash, at)


def note_use(work: UnitOfWork, token: str, secret: str, at: datetime, idle: timedelta = IDLE_LASTS) -> bool:
    """Whether the sign-in now ends later, for it was used: after ``idle`` from now, or its twelve hours.

    To be committed by who asks. A sign-in that has ended does not come back.
    """
    token_hash = hash_token(secret, token)
    return token_hash is not None and work.people.note_use(token_hash, at, idle, SIGN_IN_LASTS)


def find_unsettled(work: UnitOfWork, token: str, secret: str, at: datetime) -> User | None:
    """The person who signed in with a password that somebody else chose, and has to choose another first."""
    token_hash = hash_token(secret, token)
    return None if token_hash is None else work.people.find_signed_in(token_hash, at, provisional=True)


def sign_out(work: UnitOfWork, token: str, secret: str, at: datetime, everywhere: bool = False) -> None:
    """End this sign-in, or every one of the same person; a token that stands for nobody ends nothing."""
    user = find_signed_in(work, token, secret, at) or find_unsettled(work, token, secret, at)
    token_hash = hash_token(secret, token)
    if user is None or token_hash is None:
        return
    if everywhere:
        ended = work.people.end_all_sign_ins(user)
    else:
        work.people.end_sign_in(token_hash)
        ended = 1
    values = (("sign_ins", str(ended)),)
    work.commit(AuditEntry(at, user.name, AuditAction.SIGN_IN_ENDED, f"account:{user.id}", values))


def list_own_sign_ins(
    work: UnitOfWork, actor: User, token: str, secret: str, at: datetime
) -> tuple[SignIn, ...]:
    """The sign-ins of ``actor`` that are in force, the latest first."""
    return work.people.list_sign_ins(actor, at, hash_token(secret, token) or "")


def end_own_sign_in(work: UnitOfWork, actor: User, number: int, at: datetime) -> None:
    """End one sign-in of ``actor``'s own. Raises ``NotFound`` for one that is over, or somebody else's."""
    if not work.people.end_one_sign_in(actor, number):
        raise NotFound("sign_in_not_found")
    values = (("sign_ins", "1"),)
    work.commit(AuditEntry(at, actor.name, AuditAction.SIGN_IN_ENDED, f"account:{actor.id}", values))


def end_every_sign_in(work: UnitOfWork) -> int:
    """How many sign-ins there were, of whomever: none is left, once the work is committed."""
    return sum(work.people.end_all_sign_ins(user) for user in work.people.list_users())


def tell_refusal(work: UnitOfWork, name: str, code: str, at: datetime) -> None:
    """Keep in the trail that somebody who called themselves so was refused, and why."""
    work.commit(AuditEntry(at, name, AuditAction.SIGN_IN_REFUSED, "site", (("reason", code),)))
