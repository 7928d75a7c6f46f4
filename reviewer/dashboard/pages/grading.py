"""One claim a screen: left its place in the article, in the middle the decision, right the evidence."""

from __future__ import annotations

import streamlit as st

from claims.records.people import Role
from reviewer.dashboard.components.article import render_article, render_legend
from reviewer.dashboard.components.citations import draw_citations
from reviewer.dashboard.components.claim import render_claim
from reviewer.dashboard.components.decision import draw_decision
from reviewer.dashboard.components.declaration import draw_declaration
from reviewer.dashboard.components.moving import bring_into_view
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_focus, get_house, get_translate, get_user
from reviewer.workflow.assigning import load_declarations
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.queueing import load_queue


def draw_grading(claim_id: int) -> None:
    """Draw the claim. Raises ``NotFound``."""
    user, translate = get_user(), get_translate()
    with get_house().work() as work:
        claim = work.claims.get_claim(claim_id)
        queue = load_queue(work, claim.version_id, user)
        declared = user.name in load_declarations(work, claim.version_id)
        (dossier,) = load_dossiers(work, (claim,), user)
    own = next((line.own_grade for line in queue.lines if line.claim.id == claim_id), None)
    draw_bar(queue, on_claim=True)
    left, middle, right = st.columns([3, 3.3, 3.7], gap="medium")
    with left:
        with st.container(key="article", height=600):
            st.html(render_article(queue, claim_id, translate))
        st.html(render_legend(translate))
    with middle:
        with st.container(key="claim", height=300):
            st.html(render_claim(dossier, translate))
        if user.has_any(Role.REVIEWER) and not declared:
            draw_declaration(claim.version_id)
        draw_decision(claim_id, own, queue.find_neighbours(claim_id))
    with right:
        draw_citations(dossier, user.name, stance_shown=not dossier.suggestions_sealed)
    bring_into_view(claim_id, get_focus(claim_id))
