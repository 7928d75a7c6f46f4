"""What a review has cost its people: minutes and actions, and the middle claim of each."""

from __future__ import annotations

from collections.abc import Sequence

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
