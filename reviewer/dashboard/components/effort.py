"""What a review has cost its people: to each their own, to the editor the sums."""

from __future__ import annotations

from collections.abc import Sequence

from claims.records.effort import EffortSum
from reviewer.dashboard.components.markup import show_text
from reviewer.i18n import Translate
from reviewer.workflow.effort import EffortStatistics


def render_effort(statistics: Sequence[EffortStatistics], translate: Translate) -> str:
    """The statistics as an HTML table; "" where nothing was measured."""
    if not statistics:
        return ""
    head = "".join(f'<th scope="col">{show_text(word)}</th>' for word in _name_columns(translate))
    rows = "".join(_render_row(line) for line in statistics)
    title = show_text(translate("Effort"))
    return (
        f'<h2 class="konkyo title">{title}</h2><table class="konkyo table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def render_own_claim(spent: EffortSum, translate: Translate) -> str:
    """What the claim has taken its reader so far, as a line of HTML; "" before the first visit."""
    if not spent.visits:
        return ""
    told = translate("Your time at this claim: {minutes} min · actions: {actions} (only you see this)")
    return _render_line(told.format(minutes=_format_minutes(spent.seconds), actions=spent.actions))


def render_own_review(line: EffortStatistics | None, translate: Translate) -> str:
    """What the article has taken its reader so far, as a line of HTML; "" where nothing was measured."""
    if line is None:
        return ""
    told = translate(
        "Your effort here: {minutes} min · claims: {claims} · median: {seconds} s, actions: {actions}"
    )
    return _render_line(
        told.format(
            minutes=_format_minutes(line.seconds),
            claims=line.claims,
            seconds=f"{line.median_seconds:.0f}",
            actions=f"{line.median_actions:.0f}",
        )
    )


def _render_line(told: str) -> str:
    return f'<p class="konkyo place">{show_text(told)}</p>'


def _format_minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}"


def _name_columns(translate: Translate) -> tuple[str, ...]:
    return (
        translate("Person"),
        translate("Claims"),
        translate("Minutes"),
        translate("Seconds a claim (median)"),
        translate("Actions a claim (median)"),
    )


def _render_row(line: EffortStatistics) -> str:
    cells = (
        line.name,
        str(line.claims),
        f"{line.seconds / 60:.0f}",
        f"{line.median_seconds:.0f}",
        f"{line.median_actions:.0f}",
    )
    return "<tr>" + "".join(f"<td>{show_text(cell)}</td>" for cell in cells) + "</tr>"
