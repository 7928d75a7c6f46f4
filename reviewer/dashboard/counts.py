"""Kept counts brought up to date before a page tells them."""

from __future__ import annotations

from claims.errors import StoreError
from reviewer.dashboard.session import get_application, note_refusal
from reviewer.workflow.stages import catch_up


def refresh_counts() -> bool:
    """Whether everything that steps touched is counted now; a database that only reads at this moment shows
    what was counted before."""
    try:
        return catch_up(get_application().work)
    except StoreError as error:
        note_refusal(error)
        return False
