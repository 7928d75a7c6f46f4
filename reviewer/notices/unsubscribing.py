"""The signed link of a mail by which its person wants no more, without signing in (RFC 8058)."""

from __future__ import annotations

import hmac
from hashlib import sha256

from reviewer.accounts.sealing import derive_key
from reviewer.addresses import read_number

PLACE = "/unsubscribe"


def sign_unsubscribing(account_id: int, address: str, secret: str) -> str:
    """What the link of a mail to this address names: it stands for that account at that address alone."""
    told = f"{account_id}:{address}".encode()
    key = derive_key(secret, "konkyo: unsubscribe")
    return f"{account_id}-{hmac.new(key, told, sha256).hexdigest()}"


def read_account(token: str) -> int | None:
    """The account that a token names, whether or not it is signed; ``None`` for what is no token.

    >>> read_account("7-abc"), read_account("abc")
    (7, None)
    """
    return read_number(token.partition("-")[0])


def is_signed(token: str, account_id: int, address: str, secret: str) -> bool:
    """Whether the token was made here for this account at this address."""
    expected = sign_unsubscribing(account_id, address, secret)
    return hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode())
