"""Where the audit trail stands: what an auditor notes beside a report, and holds against the trail later."""

from __future__ import annotations

from db.audit_checking import Anchor
from reviewer.dashboard.components.drawing import draw_note
from reviewer.dashboard.session import get_translate


def draw_trail_head(head: Anchor) -> None:
    """Draw place and digest of the trail's last line, as ``konkyo audit anchor`` has them."""
    told = get_translate()("Audit trail at {place}:{digest}")
    draw_note(told.format(place=head.position, digest=head.digest))
