"""The comment's field: kept whenever it is left, stored for good with the grade."""

from __future__ import annotations

import streamlit as st

from claims.records.draft import Draft
from reviewer.dashboard.actions.grading import keep_comment
from reviewer.dashboard.session import get_translate, get_user
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task


def draw_comment(dossier: Dossier, part: Task, draft: Draft) -> None:
    """Draw the field with what was being written, else with the comment of the own grade."""
    translate, claim_id = get_translate(), dossier.claim.id
    own = dossier.find_grade(get_user().name)
    given = own.comment if own is not None else ""
    with st.container(key="comment"):
        st.text_area(
            translate("Comment"),
            # Not set as state: what a browser that reconnects still holds in the field goes before it.
            value=given if draft.text is None else draft.text,
            key=f"comment_{claim_id}",
            height=72,
            placeholder=translate("Comment: kept as you leave the field, stored with the grade"),
            label_visibility="collapsed",
            disabled=part is Task.READS,
            persist_state="session",
            on_change=keep_comment,
            args=(claim_id, draft.given_before),
        )
