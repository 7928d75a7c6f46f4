"""What became of the claims of the version before: counted, and each changed one with its difference."""

from __future__ import annotations

from claims.anchoring.difference import find_difference
from claims.records.lineage import Relation
from reviewer.dashboard.components.markup import show_text
from reviewer.i18n import Translate
from reviewer.labels import RELATION_LABELS
from reviewer.workflow.comparing import ClaimChange, Comparison


def render_changes(comparison: Comparison, translate: Translate) -> str:
    """The comparison as HTML: how many of each relation, then what did not stay as it was."""
    counts = " · ".join(
        f"{translate(RELATION_LABELS[relation])} {comparison.count(relation)}"
        for relation in Relation
        if comparison.count(relation)
    )
    changed = [change for change in comparison.changes if not change.relation.keeps_claim or change.reread]
    rows = "".join(_render_change(change, translate) for change in changed)
    return f'<div class="konkyo changes"><p><b>{show_text(counts)}</b></p>{rows}</div>'


def _render_change(change: ClaimChange, translate: Translate) -> str:
    numbers = ", ".join(str(claim.number) for claim in change.claims)
    head = f"{translate(RELATION_LABELS[change.relation])} {numbers}".strip()
    if len(change.former) == 1 and len(change.claims) == 1:
        body = render_difference(change.former[0].claim.read_as, change.claims[0].claim.read_as)
    else:
        gone = "".join(f"<p><del>{show_text(claim.claim.text)}</del></p>" for claim in change.former)
        come = "".join(f"<p><ins>{show_text(claim.claim.text)}</ins></p>" for claim in change.claims)
        body = gone + come
    return f'<section class="change"><h4 class="label">{show_text(head)}</h4>{body}</section>'


def render_difference(old: str, new: str) -> str:
    """Both wordings in one paragraph, what went struck out and what came underlined."""
    parts = (
        (f"<del>{show_text(p.old)}</del>" if p.old else "")
        + (f"<ins>{show_text(p.new)}</ins>" if p.new else "")
        if p.changed
        else show_text(p.old)
        for p in find_difference(old, new)
    )
    return f"<p>{''.join(parts)}</p>"
