"""Signing in elsewhere (OIDC), as Streamlit does it: the way there, and who came back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from reviewer.accounts.tokens import IDENTITY_LASTS
from reviewer.settings import AGAIN


def make_login_address(again: bool) -> str:
    """Where Streamlit sends the browser on to the provider, which asks ``again``; good for two minutes."""
    return f"/auth/login?provider={encode_provider_token(AGAIN if again else 'default')}"


def read_identity(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """What the provider said of who came back just now, empty for nobody: forged, old, or of another site."""

    def read(name: str) -> bytes | None:
        # Streamlit's cookie would count for thirty days; ours takes its place at once.
        days = IDENTITY_LASTS / timedelta(days=1)
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""), max_age_days=days)

    identity = json.loads(get_cookie_with_chunks(read, USER_COOKIE_NAME) or b"{}")
    came_back = identity.get("is_logged_in") is True
    return identity if came_back and identity.get("origin") == get_origin_from_redirect_uri() else {}
