"""Which sign-in has a Streamlit session open, and which files were sent into it."""

from __future__ import annotations

from streamlit.runtime import get_instance

from reviewer.accounts.tokens import SIGN_IN_HEADER


def find_opener(session_id: str) -> str | None:
    """The sign-in, by ``hash_token``, whose socket serves the session now; ``None`` where none does."""
    client = get_instance().get_client(session_id)
    context = client.client_context if client is not None else None
    return dict(context.headers).get(SIGN_IN_HEADER) if context is not None else None


def holds_file(session_id: str, file_id: str) -> bool:
    """Whether a file that was sent into the session is still there."""
    return bool(get_instance().uploaded_file_mgr.get_files(session_id, [file_id]))
