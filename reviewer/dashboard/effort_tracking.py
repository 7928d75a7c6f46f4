"""Visits to claims: how long a page was open and how often something was pressed there."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import cast

import streamlit as st

from reviewer.dashboard.session import get_application, get_user
from reviewer.rules.permissions import Permission, may


@dataclass
class Visit:
    """A claim that is open in this browser session."""

    claim_id: int
    began: float
    actions: int = 0


def follow_visit(claim_id: int | None) -> None:
    """Count a step on the claim that is open; one that was left is recorded, as the settings have it."""
    visit = cast("Visit | None", st.session_state.get("visit"))
    if visit is not None and visit.claim_id == claim_id:
        visit.actions += 1
        return
    st.session_state["visit"] = Visit(claim_id, monotonic()) if claim_id is not None else None
    user = get_user()
    if visit is not None and visit.actions and may(user, Permission.REVIEW):
        get_application().note_effort(visit.claim_id, monotonic() - visit.began, visit.actions, user)
