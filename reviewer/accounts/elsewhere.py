"""Signing in elsewhere (OIDC): whose account an identity is, and whether it was proved well enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from claims.errors import RuleRefused, SignInRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import ProvedBy, Signature
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.signing_in import (
    LONGEST_NAME,
    find_signed_in,
    make_signature,
    open_sign_in,
    tell_refusal,
)
from reviewer.accounts.tokens import IDENTITY_LASTS, hash_identity, hash_token
from reviewer.rules.permissions import Permission, require_permission
from reviewer.settings import IDLE_LASTS, Oidc

# Long enough to come back and to press the button.
PROOF_LASTS = timedelta(minutes=5)
# An issuer and what it calls a person (OpenID Connect Core 2).
_LONGEST_PART = 255


def sign_in_elsewhere(
    work: UnitOfWork,
    identity: Mapping[str, object],
    oidc: Oidc,
    secret: str,
    at: datetime,
    idle: timedelta = IDLE_LASTS,
) -> str:
    """The token of a new sign-in of the account that is linked to this issuer and subject.

    An identity that is linked to none is linked, once and for good, to the one active account with the e-mail
    address that the provider verified, if that account has no identity yet: who gets a former colleague's
    address does not get the account. Verified means the JSON value true: the word "false" is no such thing.
    Raises ``SignInRefused``: ``account_missing``, ``proof_weak`` where the settings ask for a stronger one,
    or ``identity_used`` for what was exchanged for a sign-in or refused before; all are in the trail.
    """
    email = str(identity.get("email", ""))
    code: str | None = None
    if not work.people.use_identity(hash_identity(identity), at, at + IDENTITY_LASTS):
        code = "identity_used"
    elif not is_proved(identity, oidc):
        code = "proof_weak"
    user = None if code else _find_account(work, identity, at)
    if user is None:
        code = code or "account_missing"
        tell_refusal(work, email[:LONGEST_NAME], code, at)
        raise SignInRefused(code, email=email)
    return open_sign_in(work, user, secret, at, idle=idle)


def is_proved(identity: Mapping[str, object], oidc: Oidc) -> bool:
    """Whether the provider says that the person proved who they are in a way that the settings accept."""
    methods = identity.get("amr")
    used = set(map(str, methods)) if isinstance(methods, list) else set()
    strong = not oidc.acr or identity.get("acr") in oidc.acr
    return strong and (not oidc.amr or not used.isdisjoint(oidc.amr))


def confirm_elsewhere(
    work: UnitOfWork, identity: Mapping[str, object], oidc: Oidc, token: str, secret: str, at: datetime
) -> None:
    """Note that the person of this sign-in has just proved anew, at the provider, that it is they.

    Raises ``SignInRefused``: ``sign_in_ended``, ``identity_used``, ``proof_weak``, ``proof_old`` where the
    provider did not ask them anew, or ``proof_of_another`` for whom it knows as somebody else.
    """
    user, token_hash = find_signed_in(work, token, secret, at), hash_token(secret, token) or ""
    if user is None:
        raise SignInRefused("sign_in_ended")
    named, proved = name_identity(identity), identity.get("auth_time")
    code: str | None = None
    if not work.people.use_identity(hash_identity(identity), at, at + IDENTITY_LASTS):
        code = "identity_used"
    elif named is None or work.people.find_by_identity(*named) != user:
        code = "proof_of_another"
    elif not is_proved(identity, oidc):
        code = "proof_weak"
    elif not isinstance(proved, int) or at.timestamp() - proved > IDENTITY_LASTS.total_seconds():
        code = "proof_old"
    if code:
        tell_refusal(work, user.name, code, at)
        raise SignInRefused(code)
    work.people.note_proof(token_hash, at)
    work.commit_passing()


def sign_by_provider(work: UnitOfWork, actor: User, token: str, secret: str, at: datetime) -> Signature:
    """What ``actor`` signs with, who has just proved at the provider that it is still they.

    Raises ``SignInRefused`` (``proof_missing``).
    """
    proved_at = work.people.find_proof(hash_token(secret, token) or "")
    if proved_at is None or at - proved_at > PROOF_LASTS:
        raise SignInRefused("proof_missing")
    return make_signature(actor, ProvedBy.PROVIDER, proved_at)


def name_identity(identity: Mapping[str, object]) -> tuple[str, str] | None:
    """The issuer and the subject, ``None`` where one of them is missing or can be none."""
    issuer, subject = identity.get("iss"), identity.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        return None
    return None if max(len(issuer), len(subject)) > _LONGEST_PART else (issuer, subject)


def link_account(work: UnitOfWork, actor: User, name: str, issuer: str, subject: str, at: datetime) -> None:
    """Let this identity come in as this account from now on, instead of any that was linked to it before.

    Raises ``RuleRefused`` for an identity that is another account's or can be none, ``NotFound``.
    """
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    user = work.people.get_user(name)
    named = name_identity({"iss": issuer, "sub": subject})
    if named is None:
        raise RuleRefused("identity_unusable")
    owner = work.people.find_by_identity(*named)
    if owner is not None and owner != user:
        raise RuleRefused("identity_taken", name=owner.name)
    work.people.forget_identities(user)
    _link(work, user, named, at, actor.name)


def unlink_account(work: UnitOfWork, actor: User, name: str, at: datetime) -> None:
    """No identity comes in as this account until one is linked anew; its sign-ins end.

    Raises ``NotFound``.
    """
    require_permission(actor, Permission.MANAGE_ACCOUNTS)
    user = work.people.get_user(name)
    work.people.forget_identities(user)
    work.people.end_all_sign_ins(user)
    values = (("name", user.name), ("identity", ""))
    work.commit(AuditEntry(at, actor.name, AuditAction.ACCOUNT_CHANGED, f"account:{user.id}", values))


def _find_account(work: UnitOfWork, identity: Mapping[str, object], at: datetime) -> User | None:
    named = name_identity(identity)
    if named is None:
        return None
    user = work.people.find_by_identity(*named)
    if user is not None:
        return user if user.active else None
    if identity.get("email_verified") is not True:
        return None
    user = work.people.find_by_email(str(identity.get("email", "")))
    if user is None or work.people.has_identity(user) or not _link(work, user, named, at, user.name):
        return None
    return user


def _link(work: UnitOfWork, user: User, named: tuple[str, str], at: datetime, actor: str) -> bool:
    if not work.people.link_identity(user, *named, at):
        # Somebody else was first, with this identity or for this account.
        return False
    values = (("name", user.name), ("identity", " ".join(named)))
    work.commit(AuditEntry(at, actor, AuditAction.ACCOUNT_CHANGED, f"account:{user.id}", values))
    return True
