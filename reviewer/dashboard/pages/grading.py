"""One claim a screen: left its place in the article, in the middle the decision, right the evidence."""

from __future__ import annotations

from typing import Any

import streamlit as st

from claims.records.citation import Pmid
from reviewer.dashboard.actions.grading import show_grade
from reviewer.dashboard.components.article import render_article, render_legend
from reviewer.dashboard.components.browser_scripts import bring_into_view
from reviewer.dashboard.components.citations import draw_citations, find_focus, list_on_screen
from reviewer.dashboard.components.claim import render_claim, render_former
from reviewer.dashboard.components.decision import draw_decision, draw_navigation
from reviewer.dashboard.components.declaration import draw_declaration
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.effort import render_own_claim
from reviewer.dashboard.components.flags import render_flags
from reviewer.dashboard.components.keys import show_screen
from reviewer.dashboard.components.opinions import render_opinions
from reviewer.dashboard.components.progress import draw_job_progress
from reviewer.dashboard.components.word_comments import render_word_comments
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import (
    get_application,
    get_locale,
    get_translate,
    get_user,
    take_asked_grader,
)
from reviewer.markup import Html
from reviewer.rules.tasks import Task
from reviewer.workflow.search_jobs import name_claim_job
from reviewer.workflow.showing import show_claim
from reviewer.workflow.viewing import view_claim


def draw_grading(claim_id: int) -> dict[str, Any]:
    """Draw the claim and return what the browser is to know of it. Raises ``NotFound``."""
    user, translate, locale, application = get_user(), get_translate(), get_locale(), get_application()
    if grader := take_asked_grader():
        show_grade(claim_id, grader)
    with application.reading() as work:
        view = view_claim(work, claim_id, user)
    around, dossier, plan, names = view.around, view.dossier, view.plan, view.full_names
    version_id = dossier.claim.version_id
    shown = show_claim(dossier, view.task)
    draw_bar(around, on_claim=True)
    left, middle, right = st.columns([3, 3.3, 3.7], gap="medium")
    with left:
        with st.container(key="article", height=600):
            draw_html(render_article(around, claim_id, translate))
        draw_html(render_legend(translate))
    with middle:
        with st.container(key="claim", height=300):
            draw_job_progress(name_claim_job(claim_id))
            told = (
                render_flags(view.flags, locale),
                render_word_comments(view.word_comments, translate, locale),
                render_opinions(dossier, user.name, names, locale),
                render_former(dossier, names, locale),
                render_own_claim(view.effort, translate) if application.settings.measure_effort else "",
            )
            draw_html(render_claim(dossier, Html().join(told), locale))
        if shown.part is Task.DECLARES:
            draw_declaration(version_id)
        else:
            draw_decision(dossier, shown, view.draft, names)
        with st.container(key="way"):
            draw_navigation(dossier, plan, around)
    with right:
        draw_citations(dossier, plan, shown)
    findings = list_on_screen(dossier)
    pmids = tuple(finding.pmid for finding in findings)
    focus = pmids[find_focus(findings, claim_id)] if pmids else Pmid("")
    bring_into_view(claim_id, focus)
    return show_screen(shown, view.draft, pmids, focus, (around.before, around.after), version_id)
