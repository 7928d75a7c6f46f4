"""Where the audit trail stands: what an auditor notes beside a report, and holds against the trail later."""

from __future__ import annotations

from db.audit_checking import Anchor
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_translate
from reviewer.markup import Html


def draw_trail_head(head: Anchor) -> None:
    """Draw place and digest of the trail's last line, as ``konkyo audit anchor`` has them."""
    told = get_translate()("Audit trail at")
    anchor = Html("<code>{}:{}</code>").format(head.position, head.digest)
    draw_html(Html('<p class="konkyo place">{} {}</p>').format(told.strip(), anchor))
