"""A person's own key for NCBI: kept sealed, used for their searches, never shown again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from claims.errors import RuleRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import SealedKey, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.sealing import seal, unseal
from reviewer.settings import is_email

# NCBI's have 36 signs today; shorter ones could be guessed back from the name of their budget (ADR 0010).
_KEY = re.compile(r"[A-Za-z0-9]{32,64}\Z")


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key that was opened to be used; ``email`` is told to NCBI with it, "" for the installation's."""

    api_key: str = field(repr=False)
    email: str = ""

    @property
    def ending(self) -> str:
        """The last four signs, by which its owner knows it."""
        return self.api_key[-4:]


def keep_own_key(
    work: UnitOfWork, actor: User, api_key: str, email: str, secret: str, at: datetime
) -> OwnKey:
    """The key that now counts for this person. Raises ``RuleRefused`` for what can be no key or address.

    Neither the refusal nor the trail repeats the key.
    """
    key = OwnKey(api_key.strip(), email.strip())
    if not _KEY.match(key.api_key):
        raise RuleRefused("own_key_unusable")
    if key.email and not is_email(key.email):
        raise RuleRefused("own_email_unusable", email=key.email)
    work.ncbi_keys.keep(actor, SealedKey(seal(key.api_key, secret, actor.name), key.email, at))
    work.commit(AuditEntry(at, actor.name, AuditAction.KEY_KEPT, f"account:{actor.id}"))
    return key


def remove_own_key(work: UnitOfWork, actor: User, at: datetime) -> None:
    """There is no key of this person any more. Raises ``RuleRefused`` where there was none."""
    if not work.ncbi_keys.remove(actor):
        raise RuleRefused("own_key_missing")
    work.commit(AuditEntry(at, actor.name, AuditAction.KEY_REMOVED, f"account:{actor.id}"))


def find_own_key(work: UnitOfWork, user: User, secret: str) -> OwnKey | None:
    """The person's key, or ``None``. Raises ``SettingsError`` when the secret has become another."""
    kept = work.ncbi_keys.find(user)
    return None if kept is None else OwnKey(unseal(kept.sealed, secret, user.name), kept.email)
