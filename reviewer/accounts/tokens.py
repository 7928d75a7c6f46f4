"""The token in a browser's cookie: random, signed with the installation's secret, kept only as a hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer

COOKIE = "konkyo_session"
# Over HTTPS: a browser takes such a name from this very host, by HTTPS and for all its paths alone.
PREFIX = "__Host-"
# By this header, which no client may send, the gate tells Streamlit whose session it opens.
SIGN_IN_HEADER = "x-konkyo-sign-in"
# By whose socket a question came, by ``hash_token``: for what Streamlit does outside of any session.
ASKING_SIGN_IN: ContextVar[str] = ContextVar("asking_sign_in", default="")
# Between the provider and our own sign-in: the provider's word counts once, and no longer than this.
IDENTITY_LASTS = timedelta(minutes=5)


def make_token(secret: str) -> str:
    """A new signed token for a cookie."""
    return _signer(secret).dumps(secrets.token_urlsafe(32))


def hash_token(secret: str, token: str) -> str | None:
    """What the database knows the token by; ``None`` for one that was not signed with this secret.

    >>> hash_token("secret", "forged.token") is None
    True
    """
    try:
        return hashlib.sha256(str(_signer(secret).loads(token)).encode()).hexdigest()
    except BadData:
        return None


def hash_identity(identity: Mapping[str, object]) -> str:
    """What the database knows a provider's word by, however its cookie was written.

    >>> hash_identity({"sub": "1", "nonce": "a"}) == hash_identity({"nonce": "a", "sub": "1"})
    True
    """
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


def _signer(secret: str) -> URLSafeSerializer:
    signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(secret, salt="konkyo.session", signer_kwargs=signing)
