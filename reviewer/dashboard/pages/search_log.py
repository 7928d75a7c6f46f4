"""The search log of a version: every query as it was sent, and the table to take along."""

from __future__ import annotations

import streamlit as st

from claims.records.retrieval import SearchRun, SearchStatus
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_text, render_table
from reviewer.dashboard.components.exports import draw_export_buttons
from reviewer.dashboard.components.searches import describe_failure, name_source
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment
from reviewer.error_messages import tell_warning
from reviewer.i18n import Translate, mark
from reviewer.labels import RUNG_LABELS, SEARCH_LABELS
from reviewer.markup import Html
from reviewer.workflow.loading import load_searches

SHOWN_AT_ONCE = 100
_HEADS = (mark("Claim"), mark("Kind"), mark("Query"), mark("Source"), mark("When"), mark("Hits"))


def draw_search_log(version_id: int) -> None:
    """Draw the searches in the article's order, a page at a time. Raises ``NotFound``."""
    translate, locale = get_translate(), get_locale()
    with get_application().reading() as work:
        version, searched = load_searches(work, version_id, get_user())
    draw_bar(version=version)
    draw_version_rooms(version_id)

    lines = [(claim.number, run) for claim, runs in searched for run in runs]
    title, pages = st.columns([4, 4], vertical_alignment="center")
    told = translate("Searches: {count}").format(count=len(lines))
    draw_heading(told, title)
    with pages:
        page = st.pagination(max(1, -(-len(lines) // SHOWN_AT_ONCE)), key="searches_page")
    draw_export_buttons(version_id, "searches")
    shown = lines[SHOWN_AT_ONCE * (page - 1) : SHOWN_AT_ONCE * page]
    if not lines:
        told = translate(
            "Nothing was searched yet: “{claims}” above has the button that searches what is due."
        )
        draw_text(told.format(claims=translate("Claims")))
        return
    rows = (_list_cells(number, run, translate, locale) for number, run in shown)
    draw_html(render_table(map(translate, _HEADS), rows, css="konkyo table searches"))


def _list_cells(number: int, run: SearchRun, translate: Translate, locale: str) -> tuple[str, ...]:
    hits = str(run.count) if run.status is SearchStatus.FOUND else translate(SEARCH_LABELS[run.status])
    notes = [describe_failure(run, translate)] if run.failure else []
    notes += [tell_warning(loss, translate) for loss in run.losses]
    query = Html("<code>{}</code>").format(run.query)
    if run.translation:
        summary = translate("Query as interpreted")
        query += Html("<details><summary>{}</summary>{}</details>").format(summary, run.translation)
    return (
        str(number),
        translate(RUNG_LABELS[run.rung]),
        query,
        name_source(run.source, translate),
        format_moment(run.searched_at, locale),
        Html.escape(hits) + Html().join(Html('<p class="failure">{}</p>').format(note) for note in notes),
    )
