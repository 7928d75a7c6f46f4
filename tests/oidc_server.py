"""An OpenID Connect provider on the loopback: signs in one person at once, without asking for anything."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "konkyo-test", "secret of the client"


class _Provider(BaseHTTPRequestHandler):
    email = ""
    verified: object = True
    issuer = ""
    # What its ID tokens say beside, or instead of, what is true; and how they are broken.
    said: ClassVar[dict[str, object]] = {}
    signs = True
    key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"}, private=True)
    asked: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        if place.path.endswith("/openid-configuration"):
            ends = {name: f"{self.issuer}/{name.split('_')[0]}" for name in _ENDPOINTS}
            self._answer(
                {
                    "issuer": self.issuer,
                    **ends,
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif place.path == "/authorization":
            asked = {name: values[0] for name, values in parse_qs(place.query).items()}
            type(self).asked = asked
            back = urlencode({"code": "code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif place.path == "/jwks":
            self._answer({"keys": [self.key.as_dict(private=False)]})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        verifier = sent.get("code_verifier", [""])[0]
        digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        if self.asked.get("code_challenge") != digest or self.asked.get("code_challenge_method") != "S256":
            self.send_error(400, "PKCE is missing")
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "person-1",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 600,
            "nonce": self.asked.get("nonce", ""),
            "auth_time": now,
            "email": self.email,
            "email_verified": self.verified,
            **self.said,
        }
        token = (
            jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
            if self.signs
            else _write_unsigned(claims)
        )
        self._answer({"access_token": "access", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _answer(self, body: dict[str, object]) -> None:
        encoded = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output to itself."""


def _write_unsigned(claims: dict[str, object]) -> str:
    parts = ({"alg": "none"}, claims)
    told = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join((*told, ""))


_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@contextmanager
def provide_identity(email: str, verified: object = True) -> Iterator[str]:
    """The metadata address of a provider that knows everybody as ``email``."""
    with run_provider(email, verified) as (url, _):
        yield url


@contextmanager
def run_provider(email: str, verified: object = True) -> Iterator[tuple[str, type[_Provider]]]:
    """As ``provide_identity``, with the provider, whose next tokens say what ``said`` and ``signs`` say."""

    class ProviderOfOne(_Provider):
        pass

    handler = ProviderOfOne
    handler.email, handler.verified = email, verified
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.issuer = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{handler.issuer}/.well-known/openid-configuration", handler
        server.shutdown()
