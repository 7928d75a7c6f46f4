"""What a review has cost its people: to each their own, to the editor the sums."""

from __future__ import annotations

from collections.abc import Sequence

from claims.records.effort import EffortSum
from reviewer.dashboard.components.drawing import render_note, render_table
from reviewer.i18n import Translate
from reviewer.markup import Html
from reviewer.workflow.effort import EffortStatistics


def render_effort(statistics: Sequence[EffortStatistics], translate: Translate) -> Html:
    """The statistics as an HTML table; "" where nothing was measured."""
    if not statistics:
        return Html()
    title = Html('<h2 class="konkyo title">{}</h2>').format(translate("Effort"))
    return title + render_table(_name_columns(translate), map(_list_cells, statistics), "konkyo table effort")


def render_own_claim(spent: EffortSum, translate: Translate) -> Html:
    """What the claim has taken its reader so far, as a line of HTML; "" before the first visit."""
    if not spent.visits:
        return Html()
    told = translate("Your time at this claim: {minutes} min · actions: {actions} (only you see this)")
    return render_note(told.format(minutes=_format_minutes(spent.seconds), actions=spent.actions))


def render_own_review(line: EffortStatistics | None, translate: Translate) -> Html:
    """What the article has taken its reader so far, as a line of HTML; "" where nothing was measured."""
    if line is None:
        return Html()
    told = translate(
        "Your effort here: {minutes} min · claims: {claims} · median: {seconds} s, actions: {actions}"
    )
    said = told.format(
        minutes=_format_minutes(line.seconds),
        claims=line.claims,
        seconds=f"{line.median_seconds:.0f}",
        actions=f"{line.median_actions:.0f}",
    )
    if line.taken_over:
        more = translate("taken over: {count} · minutes saved: {saved}")
        saved = _format_saved(line)
        said = translate("{one}; {other}").format(
            one=said, other=more.format(count=line.taken_over, saved=saved)
        )
    return render_note(said)


def _format_minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}"


def _format_saved(line: EffortStatistics) -> str:
    """Against the claims that the grades come from; "–" where nothing was measured there."""
    return _format_minutes(line.saved_seconds) if line.compared else "–"


def _name_columns(translate: Translate) -> tuple[str, ...]:
    return (
        translate("Person"),
        translate("Claims"),
        translate("Minutes"),
        translate("Seconds a claim (median)"),
        translate("Actions a claim (median)"),
        translate("Taken over"),
        translate("Minutes saved"),
    )


def _list_cells(line: EffortStatistics) -> tuple[str, ...]:
    return (
        line.name,
        str(line.claims),
        f"{line.seconds / 60:.0f}",
        f"{line.median_seconds:.0f}",
        f"{line.median_actions:.0f}",
        str(line.taken_over),
        _format_saved(line),
    )
