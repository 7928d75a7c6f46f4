"""Passwords: hashed with Argon2id, never kept (OWASP Password Storage Cheat Sheet; ADR 0012)."""

from __future__ import annotations

from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from claims.errors import RuleRefused
from reviewer.accounts.guessable import require_unguessable

SHORTEST_PASSWORD = 12
_hasher = PasswordHasher()
# Each takes 64 MB and a core for a while; who comes meanwhile waits.
MOST_AT_ONCE = 4
_places = BoundedSemaphore(MOST_AT_ONCE)
# What an unknown name is checked against, so that it takes as long as a known one.
_NOBODYS_HASH = _hasher.hash("nobody's password")


def hash_password(password: str, own_words: Iterable[str] = ()) -> str:
    """The hash to keep.

    Raises ``RuleRefused``: ``password_short`` for fewer than twelve characters, ``password_guessable`` for
    what others would guess, from the ``own_words`` too.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleRefused("password_short", shortest=SHORTEST_PASSWORD)
    require_unguessable(password, own_words)
    return hash_known(password)


def hash_known(password: str) -> str:
    """The hash to keep of a password that is somebody's already, whatever is asked of new ones."""
    with _places:
        return _hasher.hash(password)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than those of today."""
    return _hasher.check_needs_rehash(password_hash)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; ``None`` for nobody's hash takes the same time and is never right."""
    try:
        with _places:
            _hasher.verify(password_hash or _NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
