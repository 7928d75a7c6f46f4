"""Sealing with the installation's secret: what is kept sealed can be opened here, and nowhere else."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from claims.errors import SettingsError
from db.audit_chain import ChainKey

# What else the secret is used for (cookies) has keys of its own: this names the purpose of these.
_PURPOSE = "konkyo: sealed for "


def seal(text: str, secret: str, owner: str) -> str:
    """``text`` encrypted and authenticated (Fernet), to be opened by the same secret for the same owner."""
    return _open_box(secret, owner).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, secret: str, owner: str) -> str:
    """The text again. Raises ``SettingsError`` for another secret's or owner's, and for what was altered.

    >>> unseal(seal("a key", "secret", "sato"), "secret", "sato")
    'a key'
    """
    try:
        return _open_box(secret, owner).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SettingsError("own_key_unreadable") from None


def derive_audit_key(secret: str) -> ChainKey:
    """The key that signs the audit trail of an installation with this secret."""
    return ChainKey(derive_key(secret, "konkyo: audit trail"))


def _open_box(secret: str, owner: str) -> Fernet:
    return Fernet(urlsafe_b64encode(derive_key(secret, f"{_PURPOSE}{owner}")))


def derive_key(secret: str, purpose: str) -> bytes:
    """32 bytes by HKDF (RFC 5869); the secret is random, so that it needs no stretching."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
