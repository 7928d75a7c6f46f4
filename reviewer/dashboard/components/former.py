"""What was graded before the words changed: what is new in them, and the grades they had."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.dashboard.components.changes import render_difference
from reviewer.dashboard.components.markup import show_text
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import translator
from reviewer.labels import grade_label
from reviewer.rules.dossier import Dossier, Former


def render_former(dossier: Dossier, names: Mapping[str, str], locale: str) -> str:
    """The claims that this one came of, latest first, as HTML; "" where it came of none."""
    if not dossier.former:
        return ""
    translate = translator(locale)
    head = f'<h4 class="label">{show_text(translate("Before the words changed"))}</h4>'
    return head + "".join(
        _render_one(former, dossier.claim.claim.text, names, locale) for former in dossier.former
    )


def _render_one(former: Former, text: str, names: Mapping[str, str], locale: str) -> str:
    translate = translator(locale)
    grades = [
        translate("{name}: {grade}, {date}").format(
            name=names.get(given.graded_by, given.graded_by),
            grade=grade_label(given.grade, locale),
            date=format_local_day(given.graded_at, locale),
        )
        + (f" – {given.comment}" if given.comment else "")
        for given in former.assessments
    ]
    told = "".join(f'<p class="place">{show_text(line)}</p>' for line in grades)
    return f'<div class="former">{render_difference(former.claim.claim.text, text)}{told}</div>'
