"""What was graded before the words changed: what is new in them, and the grades they had."""

from __future__ import annotations

from collections.abc import Mapping

from claims.anchoring.difference import Passage, find_difference
from reviewer.dashboard.components.markup import show_text
from reviewer.i18n import Translate, tell_date, translator
from reviewer.labels import grade_label
from reviewer.workflow.dossier import Dossier, Former


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
    passages = find_difference(former.claim.claim.text, text)
    changed = "".join(_render_passage(passage, translate) for passage in passages)
    grades = [
        translate("{name}: {grade}, {date}").format(
            name=names.get(given.graded_by, given.graded_by),
            grade=grade_label(given.grade, locale),
            date=tell_date(given.graded_at, locale),
        )
        + (f" – {given.comment}" if given.comment else "")
        for given in former.assessments
    ]
    told = "".join(f'<p class="place">{show_text(line)}</p>' for line in grades)
    return f'<div class="former"><p>{changed}</p>{told}</div>'


def _render_passage(passage: Passage, translate: Translate) -> str:
    if not passage.changed:
        return show_text(passage.new)
    gone = f'<del title="{show_text(translate("gone"))}">{show_text(passage.old)}</del>'
    come = f'<ins title="{show_text(translate("new"))}">{show_text(passage.new)}</ins>'
    return (gone if passage.old else "") + (come if passage.new else "")
