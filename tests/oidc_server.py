"""An OpenID Connect provider on the loopback: signs in one person at once, without asking for anything."""

from __future__ import annotations

import json
import threading
import time
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
    key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"}, private=True)
    nonces: ClassVar[dict[str, str]] = {}

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
            self.nonces["code"] = asked.get("nonce", "")
            back = urlencode({"code": "code", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif place.path == "/jwks":
            self._answer({"keys": [self.key.as_dict(private=False)]})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "person-1",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 600,
            "nonce": self.nonces.get("code", ""),
            "email": self.email,
            "email_verified": self.verified,
        }
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
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


_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@contextmanager
def provide_identity(email: str, verified: object = True) -> Iterator[str]:
    """The metadata address of a provider that knows everybody as ``email``."""

    class ProviderOfOne(_Provider):
        pass

    handler = ProviderOfOne
    handler.email, handler.verified = email, verified
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.issuer = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{handler.issuer}/.well-known/openid-configuration"
        server.shutdown()
