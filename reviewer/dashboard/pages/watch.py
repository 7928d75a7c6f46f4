"""What published articles rest on, watched: where a paper, a sentence or a document is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import streamlit as st

from claims.records.citation import RetractionStatus
from claims.records.living import LivingRun
from claims.records.recheck import Met, RecheckNote, RecheckRun
from reviewer.dashboard.components.drawing import (
    draw_heading,
    draw_html,
    draw_note,
    draw_title,
    render_note,
    render_table,
)
from reviewer.dashboard.components.due import find_today
from reviewer.dashboard.components.evidence import render_pmid
from reviewer.dashboard.components.review_day import draw_due_reviews, draw_review_rules
from reviewer.dashboard.components.states import render_state
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_local_day, format_moment
from reviewer.error_messages import describe_code
from reviewer.i18n import Translate, mark
from reviewer.labels import GRADE_LABELS, MET_LABELS, RETRACTION_LABELS, STATUS_LABELS
from reviewer.markup import Html
from reviewer.workflow.living_runs import list_living_runs
from reviewer.workflow.recheck_runs import ToldRun, list_rechecks
from reviewer.workflow.review_days import list_due_reviews
from reviewer.workflow.tracing import Searched, Trace, Use, UsedAs, trace

SHOWN_AT_ONCE, SHOWN_RUNS, SHOWN_NOTES = 200, 5, 50
_USED_AS: Mapping[UsedAs, str] = {
    UsedAs.ATTACHED: mark("judged to bear on it"),
    UsedAs.SUGGESTED: mark("suggested"),
    UsedAs.DOCUMENT: mark("document without a PMID"),
    UsedAs.CLAIM: mark("the sentence itself"),
}
_TAKEN_FOR: Mapping[Searched, str] = {
    Searched.PAPER: mark("Taken for a paper"),
    Searched.SENTENCE: mark("Taken for the sentence of a claim"),
    Searched.DOCUMENT: mark("Taken for a document"),
}
_HEADS = (
    mark("Article"),
    mark("State"),
    mark("Claim"),
    mark("Used as"),
    mark("grade"),
    mark("Decided or brought in"),
)


def draw_watch() -> None:
    """Draw the question where something is used, and its answer."""
    translate = get_translate()
    draw_bar()
    draw_heading(translate("Evidence watch"))
    with get_application().reading() as work:
        runs = list_rechecks(work, get_user(), SHOWN_RUNS, SHOWN_NOTES)
        living = list_living_runs(work, get_user(), SHOWN_RUNS)
        rules = get_application().review_rules
        soon = find_today() + timedelta(days=rules.soon_days)
        due = list_due_reviews(work, get_user(), soon, SHOWN_AT_ONCE)
    _draw_where(translate)
    draw_due_reviews(due, translate)
    draw_review_rules(rules.rules, translate)
    _draw_runs(runs, translate)
    _draw_living(living, translate)


def _draw_living(runs: Sequence[LivingRun], translate: Translate) -> None:
    """Draw the latest searches for what is new: how far each came, and how many got no answer."""
    draw_title(translate("Searches for new papers"))
    _tell_none(runs, translate)
    for run in runs:
        told = (
            translate("claims: {done} of {total}").format(done=run.done, total=run.total),
            translate("new papers on topic: {count}").format(count=run.found),
            translate("claims without an answer: {count}").format(count=run.failed),
        )
        draw_html(_render_run(run, told, translate))


def _draw_runs(runs: Sequence[ToldRun], translate: Translate) -> None:
    """Draw the latest looks at all papers: how far each came, and what it met."""
    draw_title(translate("Papers looked at again"))
    _tell_none(runs, translate)
    for one in runs:
        told = (
            translate("papers: {done} of {total}").format(done=one.run.done, total=one.run.total),
            translate("changed: {count}").format(count=one.run.changed),
        )
        lines = Html().join(_render_note(note, translate) for note in one.notes)
        draw_html(_render_run(one.run, told, translate) + Html('<ul class="konkyo">{}</ul>').format(lines))


def _tell_none(runs: Sequence[object], translate: Translate) -> None:
    if not runs:
        draw_note(translate("Not run yet. The server begins by itself."))


def _render_run(run: RecheckRun | LivingRun, told: Sequence[str], translate: Translate) -> Html:
    """When it was begun and ended, what it came to, and what held it up."""
    locale = get_locale()
    ended = format_moment(run.ended_at, locale) if run.ended_at else translate("still open")
    parts = [
        translate("{begun} – {ended}").format(begun=format_moment(run.begun_at, locale), ended=ended),
        *told,
    ]
    if run.failure:
        reason = describe_code(run.failure, {}, translate)
        parts.append(translate("held up: {reason}").format(reason=reason))
    return Html('<p class="konkyo">{}</p>').format(" · ".join(parts))


def _render_note(note: RecheckNote, translate: Translate) -> Html:
    about = note.about
    if note.met is Met.CHANGED:
        about = translate(RETRACTION_LABELS[RetractionStatus(about)])
    elif note.met is Met.NOT_ASKED:
        about = describe_code(about, {}, translate)
    told = Html("<li>{}: {} {}</li>")
    return told.format(render_pmid(note.pmid), translate(MET_LABELS[note.met]), about)


def _draw_where(translate: Translate) -> None:
    draw_title(translate("Where is it used?"))
    words = st.text_input(
        translate("PMID, DOI, sentence of a claim, or title or address of a document"), key="watch_words"
    ).strip()
    if not words:
        return
    with get_application().reading() as work:
        found = trace(work, words, get_user())
    count = translate("{taken}. Uses: {count}").format(
        taken=translate(_TAKEN_FOR[found.asked.kind]), count=len(found.uses)
    )
    draw_note(count)
    if not found.uses:
        st.info(translate("It is used in no newest version and in no published one."))
        return
    _draw_uses(found, translate)


def _draw_uses(found: Trace, translate: Translate) -> None:
    draw_html(
        render_table(
            map(translate, _HEADS), (_list_cells(use, translate) for use in found.uses[:SHOWN_AT_ONCE])
        )
    )
    if len(found.uses) > SHOWN_AT_ONCE:
        draw_note(
            translate("The first {count} are shown; konkyo where lists all.").format(count=SHOWN_AT_ONCE)
        )


def _list_cells(use: Use, translate: Translate) -> tuple[str, ...]:
    claim = use.dossier.claim
    way = Html('<a href="?claim={}&amp;lang={}" target="_self">{} {}</a>')
    link = way.format(claim.id, get_locale(), claim.number, claim.claim.text)
    version = render_note(translate("version {number}").format(number=use.version.number))
    used_as = translate(_USED_AS[use.used_as])
    grade = translate(GRADE_LABELS[use.grade]) if use.grade else translate(STATUS_LABELS[use.status])
    return (
        Html.escape(use.version.title) + version,
        render_state(use.state, translate),
        link,
        f"{used_as} (PMID {use.pmid})" if use.pmid else used_as,
        grade,
        format_local_day(use.dated, get_locale()),
    )
