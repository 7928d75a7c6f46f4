"""One claim a screen: on top what is claimed, below it the citations, the one that is read, the decision."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reviewer.dashboard.actions.grading import show_grade
from reviewer.dashboard.components.answering import draw_replying
from reviewer.dashboard.components.article import render_excerpt
from reviewer.dashboard.components.browser_scripts import bring_into_view
from reviewer.dashboard.components.citation_list import draw_list
from reviewer.dashboard.components.claim import render_claim, render_former
from reviewer.dashboard.components.decision import draw_decision, draw_tools, draw_way
from reviewer.dashboard.components.declaration import draw_declaration
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.effort import render_own_claim
from reviewer.dashboard.components.flags import render_flags
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.keys import show_screen
from reviewer.dashboard.components.known_claims import render_alike
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.components.new_records import draw_new_records
from reviewer.dashboard.components.opinions import render_opinions
from reviewer.dashboard.components.progress import draw_job_progress
from reviewer.dashboard.components.reading import draw_reading
from reviewer.dashboard.components.references import render_own_references
from reviewer.dashboard.components.standard_wordings import render_used
from reviewer.dashboard.components.thread import render_thread
from reviewer.dashboard.components.word_comments import render_word_comments
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import (
    find_list,
    get_application,
    get_locale,
    get_translate,
    get_user,
    take_asked_grader,
)
from reviewer.dashboard.shown_citations import view_citations
from reviewer.markup import Html
from reviewer.rules.tasks import Task
from reviewer.workflow.drafting import load_field_drafts
from reviewer.workflow.search_jobs import name_claim_job
from reviewer.workflow.showing import Shown, show_claim
from reviewer.workflow.viewing import ClaimView, view_claim


def draw_grading(claim_id: int) -> dict[str, Any]:
    """Draw the claim and return what the browser is to know of it. Raises ``NotFound``."""
    user, application = get_user(), get_application()
    if grader := take_asked_grader():
        show_grade(claim_id, grader)
    with application.reading() as work:
        view = view_claim(work, claim_id, user, find_list(), application.settings.takes_over)
    dossier, plan, around = view.dossier, view.plan, view.around
    shown = show_claim(dossier, view.task)
    citations = view_citations(dossier, user.name)
    draw_bar(around, on_claim=True)
    _draw_claim(view)
    # What is new and waits for a word comes before what was judged; else it is below.
    waits = any(one.record.answer is None for one in view.new_records)
    if waits:
        draw_new_records(claim_id, view.new_records, view.looks)
    found, reading, deciding = st.columns([2.6, 4.5, 4], gap="small")
    with found:
        draw_list(dossier, citations, shown)
    with reading:
        draw_reading(dossier, plan, shown, citations)
    with deciding:
        _draw_context(view)
        _draw_deciding(view, shown, read_all=bool(citations.findings) and not citations.unread)
    if not waits:
        draw_new_records(claim_id, view.new_records, view.looks)
    bring_into_view(claim_id, citations.focus)
    return show_screen(shown, citations, around, view.offer)


def _draw_claim(view: ClaimView) -> None:
    """Draw the strip on top: the claim with what is flagged of it, and the tools for it."""
    dossier, locale = view.dossier, get_locale()
    flags = sum(flag.is_open for flag in view.flags)
    with st.container(key="claim", height=150):
        words, tools = st.columns([6.6, 3], gap="small")
        draw_html(render_claim(dossier, render_flags(view.flags, locale), locale, flags), words)
        with tools, st.container(key="tools", gap="xsmall"):
            draw_tools(dossier, view.plan, view.around, view.is_open)
            _draw_thread(view)
            draw_job_progress(name_claim_job(dossier.claim.id))


def _draw_thread(view: ClaimView) -> None:
    """Draw the way to the claim's thread, with how much was said there."""
    translate = get_translate()
    if not view.is_open:
        return
    told = translate("{name} ({count})").format(name=translate("Thread"), count=len(view.thread))
    if st.button(told, key="to_thread", width="stretch"):
        open_dialog(translate("Thread"), _draw_replying, view)


def _draw_replying(view: ClaimView) -> None:
    if view.thread:
        draw_html(render_thread(view.thread, view.full_names, get_locale()))
    claim_id = view.dossier.claim.id
    with get_application().reading() as work:
        drafts = load_field_drafts(work, claim_id, get_user())
    close_or_tell(draw_replying(claim_id, drafts))


def _draw_context(view: ClaimView) -> None:
    """Draw what people said of the claim, where it stands in the article, and where it comes from."""
    dossier, translate, locale = view.dossier, get_translate(), get_locale()
    measures = get_application().settings.measure_effort
    told = (
        render_opinions(dossier, get_user().name, view.full_names, locale),
        render_used(view.wording),
        render_alike(view.alike, locale),
        render_excerpt(view.around, dossier.claim.id, translate),
        render_thread(view.thread, view.full_names, locale),
        render_former(dossier, view.full_names, locale),
        render_own_references(dossier, translate),
        render_word_comments(view.word_comments, translate, locale),
        render_own_claim(view.effort, translate) if measures else "",
    )
    # What is taken over, given on or given knowing more takes a line: the way to the next claim stays put.
    own = dossier.find_grade(get_user().name)
    has_line = bool(view.offer or view.repeats.open or (own and not own.is_independent))
    with st.container(key="context", height=140 if has_line else 200):
        draw_html(Html('<div class="konkyo claim-context">{}</div>').format(Html().join(told)))


def _draw_deciding(view: ClaimView, shown: Shown, read_all: bool) -> None:
    if shown.part is Task.DECLARES:
        draw_declaration(view.dossier.claim.version_id)
        draw_way(view.dossier, shown, view.around)
    else:
        draw_decision(view, shown, read_all)
