"""What was graded before the words changed: what is new in them, and the grades they had."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.dashboard.components.changes import render_difference
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import translator
from reviewer.labels import grade_label
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier, Former


def render_former(dossier: Dossier, names: Mapping[str, str], locale: str) -> Html:
    """The claims that this one came of, latest first, as HTML; "" where it came of none."""
    if not dossier.former:
        return Html()
    translate = translator(locale)
    head = Html('<h4 class="label">{}</h4>').format(translate("Before the words changed"))
    return head + Html().join(
        _render_one(former, dossier.claim.claim.text, names, locale) for former in dossier.former
    )


def _render_one(former: Former, text: str, names: Mapping[str, str], locale: str) -> Html:
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
    told = Html().join(Html('<p class="place">{}</p>').format(line) for line in grades)
    return Html('<div class="former">{}{}</div>').format(
        render_difference(former.claim.claim.text, text), told
    )
