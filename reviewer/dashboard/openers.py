"""Which sign-in has a Streamlit session open."""

from __future__ import annotations

from streamlit.runtime import get_instance

from reviewer.accounts.tokens import SIGN_IN_HEADER


def find_opener(session_id: str) -> str | None:
    """The sign-in, by ``hash_token``, whose socket serves the session now; ``None`` where none does."""
    client = get_instance().get_client(session_id)
    context = client.client_context if client is not None else None
    return dict(context.headers).get(SIGN_IN_HEADER) if context is not None else None
