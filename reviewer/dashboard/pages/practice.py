"""The first steps: what the person's role does here, and a claim to try the keys on."""

from __future__ import annotations

from typing import Any

import streamlit as st

from reviewer.dashboard.actions.practising import (
    COMMENT_FIELD,
    begin_practice,
    find_practice,
    finish,
    grade,
    is_finished,
    judge,
    put_away,
    put_rest_aside,
    show_practice,
    undo,
)
from reviewer.dashboard.components.citation_list import draw_row
from reviewer.dashboard.components.criteria import draw_criteria
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_text
from reviewer.dashboard.components.evidence import render_citation
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.keys import show_claim_alone
from reviewer.dashboard.components.ladder import draw_ladder
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.reading import draw_verdicts
from reviewer.dashboard.leaving import go
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_translate, get_user
from reviewer.dashboard.shown_citations import ShownCitations, view_citations
from reviewer.i18n import mark
from reviewer.labels import ROLE_PARTS
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.rules.tasks import Task
from reviewer.workflow.practising import Practice
from reviewer.workflow.showing import Shown, show_claim

_STEPS = (mark("Your part"), mark("Judge the papers"), mark("Grade the claim"), mark("Where things are"))


def draw_practice() -> dict[str, Any] | None:
    """Draw the step that is reached; what the browser is to know of the practice claim while it is open."""
    translate, practice = get_translate(), find_practice()
    draw_bar()
    draw_heading(translate("First steps"))
    dossier = None if practice is None or is_finished() else show_practice(practice, get_user().name)
    citations = None if dossier is None else view_citations(dossier, get_user().name)
    if practice is None:
        step = 0
    elif citations is None:
        step = 3
    else:
        step = 1 if citations.unread else 2
    _draw_steps(step)
    if practice is None:
        _draw_parts()
    elif dossier is None or citations is None:
        _draw_end()
    else:
        return _draw_claim(practice, dossier, citations)
    return None


def _draw_steps(now: int) -> None:
    translate = get_translate()
    steps = Html().join(
        Html('<li class="now" aria-current="step">{} {}</li>').format(number + 1, translate(name))
        if number == now
        else Html("<li>{} {}</li>").format(number + 1, translate(name))
        for number, name in enumerate(_STEPS)
    )
    draw_html(Html('<ol class="konkyo way steps">{}</ol>').format(steps))


def _draw_parts() -> None:
    """Draw what the person's roles do here, and the way on."""
    translate, user = get_translate(), get_user()
    draw_message()
    for role in user.roles:
        draw_text(translate(ROLE_PARTS[role]))
    if not may(user, Permission.REVIEW):
        draw_text(translate("Next you try what reviewers do: it shows how a grade comes to be."))
    with st.container(horizontal=True, gap="small"):
        st.button(
            translate("To the practice claim"), key="begin_practice", on_click=begin_practice, type="primary"
        )
        st.button(translate("Later"), key="leave_practice", on_click=go)
        st.button(translate("Do not show again"), key="put_practice_away", on_click=put_away)


def _draw_end() -> None:
    """Draw where to find what was shown, and the way to the own work."""
    translate = get_translate()
    for words in (
        translate("The practice claim is done. Nothing of it was stored."),
        translate("My work, the first page, says what waits for you; the number stands in the menu."),
        translate("The key h shows all keys and the key g what the grades mean, on every claim."),
        translate("These steps are in your account (My account) whenever you want them again."),
    ):
        draw_text(words)
    st.button(translate("To my work"), key="leave_practice", on_click=go, type="primary")


def _draw_claim(practice: Practice, dossier: Dossier, citations: ShownCitations) -> dict[str, Any]:
    translate, shown = get_translate(), show_claim(dossier, Task.GRADES)
    draw_html(
        Html(
            '<div class="konkyo claim"><p class="badges"><span class="badge sample">{}</span></p>'
            '<p class="wording">{}</p></div>'
        ).format(translate("Practice: a made-up claim; nothing is stored"), dossier.claim.claim.text)
    )
    draw_text(_guide(practice, citations))
    found, reading, deciding = st.columns([2.6, 4.5, 4], gap="small")
    with found, st.container(key="listed", height=420, gap=None):
        own = {judged.pmid: judged for judged in dossier.judgements}
        for number, finding in enumerate(citations.findings, start=1):
            draw_row(dossier, number, finding, own.get(finding.pmid))
    with reading:
        _draw_reading(dossier, shown, citations)
    with deciding:
        _draw_deciding(practice, shown, citations)
    return show_claim_alone(shown, citations)


def _guide(practice: Practice, citations: ShownCitations) -> str:
    """What is to be done now, with its keys."""
    translate = get_translate()
    if citations.unread:
        words = translate(
            "Read the abstract. Does it support the claim? Press s (supports), p (partly), n (not relevant)"
            " or x (refutes), or the button: the next paper opens by itself. r puts all that are left aside"
            " as not relevant, u takes your last step back."
        )
    elif practice.grade is None:
        words = translate(
            "All papers are judged. Now say how far they carry the claim: 4 (supported) to 0 (contradicted)."
            " 4 needs a paper that you judged supporting; g shows what each grade means. u takes a step back."
        )
    else:
        words = translate("Enter stores the grade and opens the next claim; here it ends the practice.")
    return words


def _draw_reading(dossier: Dossier, shown: Shown, citations: ShownCitations) -> None:
    """Draw the record that is read, with its bar of judgements."""
    translate, finding = get_translate(), citations.read
    if finding is None:
        return
    judged = {one.pmid: one for one in dossier.judgements}.get(finding.pmid)
    with st.container(key="reading", height=340), st.container(key="focus"):
        draw_html(render_citation(dossier, finding, translate))
    with st.container(key="judging", gap="xsmall"):
        draw_verdicts(shown, citations, finding, judged, judge)
        st.button(
            translate("Rest ({count}): not relevant").format(count=len(citations.unread)),
            key="judge_rest",
            on_click=put_rest_aside,
            args=(citations.unread,),
            disabled=not citations.unread,
            width="stretch",
        )


def _draw_deciding(practice: Practice, shown: Shown, citations: ShownCitations) -> None:
    translate = get_translate()
    with st.container(key="decision", gap="xsmall"):
        draw_ladder(shown, practice.grade, not citations.unread and practice.grade is None, grade)
        draw_message(translate("Nothing is graded yet."))
        with st.container(key="comment"):
            st.text_area(
                translate("Comment"),
                key=COMMENT_FIELD,
                height=72,
                placeholder=translate("Comment: why you grade so"),
                label_visibility="collapsed",
                persist_state="session",
            )
        back, meaning = st.columns(2, gap="xsmall")
        back.button(translate("Undo"), key="undo", on_click=undo, width="stretch")
        if meaning.button(translate("Criteria"), key="criteria", width="stretch"):
            open_dialog(translate("What the grades mean"), draw_criteria, width="large")
        st.button(
            translate("End the practice claim"),
            key="save_next",
            on_click=finish,
            type="primary",
            width="stretch",
        )
    with st.container(horizontal=True, gap="small"):
        st.button(translate("Later"), key="leave_practice", on_click=go)
