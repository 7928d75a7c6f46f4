"""What became of the claims of the version before: counted, and each changed one with its difference."""

from __future__ import annotations

from claims.anchoring.difference import find_difference
from claims.records.lineage import Relation
from reviewer.i18n import Translate
from reviewer.labels import RELATION_LABELS
from reviewer.markup import Html
from reviewer.workflow.comparing import ClaimChange, Comparison


def render_changes(comparison: Comparison, translate: Translate) -> Html:
    """The comparison as HTML: how many of each relation, then what did not stay as it was."""
    counts = " · ".join(
        f"{translate(RELATION_LABELS[relation])} {comparison.count(relation)}"
        for relation in Relation
        if comparison.count(relation)
    )
    changed = [change for change in comparison.changes if not change.relation.keeps_claim or change.reread]
    rows = Html().join(_render_change(change, translate) for change in changed)
    return Html('<div class="konkyo changes"><p><b>{}</b></p>{}</div>').format(counts, rows)


def _render_change(change: ClaimChange, translate: Translate) -> Html:
    numbers = ", ".join(str(claim.number) for claim in change.claims)
    head = f"{translate(RELATION_LABELS[change.relation])} {numbers}".strip()
    if len(change.former) == 1 and len(change.claims) == 1:
        body = render_difference(change.former[0].claim.read_as, change.claims[0].claim.read_as)
    else:
        gone = Html().join(Html("<p><del>{}</del></p>").format(claim.claim.text) for claim in change.former)
        come = Html().join(Html("<p><ins>{}</ins></p>").format(claim.claim.text) for claim in change.claims)
        body = gone + come
    return Html('<section class="change"><h4 class="label">{}</h4>{}</section>').format(head, body)


def render_difference(old: str, new: str) -> Html:
    """Both wordings in one paragraph, what went struck out and what came underlined."""
    parts = (
        (Html("<del>{}</del>").format(p.old) if p.old else "")
        + (Html("<ins>{}</ins>").format(p.new) if p.new else "")
        if p.changed
        else p.old
        for p in find_difference(old, new)
    )
    return Html("<p>{}</p>").format(Html().join(parts))
