"""Where the audit trail stands: what an auditor notes beside a report, and holds against the trail later."""

from __future__ import annotations

import streamlit as st

from db.audit_checking import Anchor
from reviewer.dashboard.session import get_translate


def draw_trail_head(head: Anchor) -> None:
    """Draw place and digest of the trail's last line, as ``konkyo audit anchor`` has them."""
    told = get_translate()("Audit trail at {place}:{digest}")
    st.caption(told.format(place=head.position, digest=head.digest))
