"""That somebody opened what they were told of."""

from __future__ import annotations

import streamlit as st

from claims.errors import KonkyoError
from claims.records.people import User
from reviewer.dashboard.session import get_application, note_refusal
from reviewer.workflow.news import count_news, note_opened

_OPENED = "opened_place"


def note_place(user: User, version_id: int | None, claim_id: int | None) -> None:
    """What the person was told of the open claim or article is new no longer; asked once as it is opened.

    A database that only reads at this moment shows its pages all the same.
    """
    place = version_id, claim_id
    if st.session_state.get(_OPENED) == place:
        return
    st.session_state[_OPENED] = place
    if place == (None, None):
        return
    application = get_application()
    try:
        with application.reading() as work:
            is_anything_new = count_news(work, user) > 0
        if is_anything_new:
            with application.work() as work:
                note_opened(work, user, version_id, claim_id, application.now())
    except KonkyoError as error:
        note_refusal(error)
