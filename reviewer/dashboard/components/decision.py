"""What is decided: the ladder of grades, the comment, the certainty, the way on. It never moves."""

from __future__ import annotations

import streamlit as st

from claims.records.assessment import BodyCertainty, SupportGrade
from claims.records.draft import Draft
from claims.records.retrieval import SearchPlan
from reviewer.dashboard.actions.claims import flag_whole, take_flag_begun
from reviewer.dashboard.actions.grading import (
    decide_conflict,
    enter_guideline_grade,
    find_choice,
    give_grade,
    give_grade_on,
    keep_comment,
    save_and_go_on,
    take_grade_over,
    undo,
)
from reviewer.dashboard.components.amending import draw_amending
from reviewer.dashboard.components.article import draw_whole_article
from reviewer.dashboard.components.criteria import draw_criteria
from reviewer.dashboard.components.drawing import draw_text
from reviewer.dashboard.components.flags import draw_flagging
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.ladder import draw_ladder
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.searches import draw_searching, summarise_searches
from reviewer.dashboard.components.standing import describe_standing
from reviewer.dashboard.fields import note_drafted
from reviewer.dashboard.leaving import find_refused, go_back, go_on
from reviewer.dashboard.session import get_locale, get_translate, get_user
from reviewer.dashboard.times import format_local_day
from reviewer.labels import (
    CERTAINTY_OF_BODY_LABELS,
    tell_taken_over,
    tell_unblinded,
)
from reviewer.markup import escape_markdown
from reviewer.rules.dossier import Dossier
from reviewer.rules.tasks import Task
from reviewer.workflow.showing import Shown
from reviewer.workflow.surroundings import Surroundings
from reviewer.workflow.viewing import ClaimView

_TITLE = 20


def draw_decision(view: ClaimView, shown: Shown, read_all: bool) -> None:
    """Draw the ladder of grades, the sentence of the last step, the comment, and the way on.

    ``read_all``: every citation on the page is judged, so that the grade is what is left to do.
    """
    dossier = view.dossier
    with st.container(key="decision", gap="xsmall"):
        given = _find_given(dossier, shown.part)
        draw_ladder(shown, given, is_next=read_all and given is None and shown.part is Task.GRADES)
        standing = describe_standing(dossier, shown.part, get_user(), view.full_names, get_locale())
        refused = find_refused(dossier.claim.id)
        draw_message(standing, refused.sentence if refused is not None else "")
        _draw_taking_over(view, shown)
        _draw_comment(dossier, shown.part, view.draft)
        _draw_actions(dossier, shown, view.is_open)
    draw_way(dossier, shown, view.around)


def _draw_taking_over(view: ClaimView, shown: Shown) -> None:
    """Draw whose grade was taken over; before any was given the key that takes one over, which is sealed."""
    translate, own, offer = get_translate(), view.dossier.find_grade(get_user().name), view.offer
    if own is not None and own.taken_from is not None:
        day = format_local_day(own.taken_from.settled_at, get_locale())
        draw_text(tell_taken_over(own.taken_from, day, translate))
    if own is not None and own.unblinded:
        draw_text(tell_unblinded(translate))
    if view.repeats.open:
        numbers = translate(", ").join(str(one.claim.number) for one in view.repeats.open)
        told = translate("Give this grade to the same sentence in claim {numbers} too")
        st.button(
            told.format(numbers=numbers),
            key="give_repeats",
            on_click=give_grade_on,
            args=(shown,),
            help=translate("One step, and one undo. Each claim keeps its own grade; agreement counts one."),
            width="stretch",
        )
    if offer is None:
        return
    told = translate("Take over the grade of the same words in “{title}” ({day})")
    st.button(
        told.format(
            title=escape_markdown(_shorten(offer.title)),
            day=format_local_day(offer.settled_at, get_locale()),
        ),
        key="take_over",
        on_click=take_grade_over,
        args=(shown, offer.claim_id),
        help=translate(
            "The same words were settled there. Their grade, comment and judgements become yours, and are"
            " told once you took them; reports say where they come from, and no figure of agreement counts"
            " them."
        ),
        width="stretch",
    )


def _shorten(title: str) -> str:
    """The title as it fits on a button."""
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def draw_way(dossier: Dossier, shown: Shown, around: Surroundings) -> None:
    """Draw the way to the claims before and after, with what ends the work at this one between them."""
    translate, claim_id = get_translate(), dossier.claim.id
    with st.container(key="way"):
        back, end, onward = st.columns([1, 3.4, 1], gap="xsmall")
        back.button(
            "←",
            key="way_k",
            help=translate("Previous claim"),
            on_click=go_back,
            args=(around.before,),
            disabled=around.before is None,
            width="stretch",
        )
        if shown.part is Task.DECIDES:
            end.button(
                translate("Decide"),
                key="decide",
                type="primary",
                on_click=decide_conflict,
                args=(shown, find_choice(claim_id)),
                width="stretch",
            )
        elif shown.part is not Task.DECLARES:
            end.button(
                translate("Next claim") if shown.part is Task.READS else translate("Save and next claim"),
                key="save_next",
                type="primary",
                on_click=save_and_go_on,
                args=(shown, around.waiting),
                width="stretch",
            )
        onward.button(
            "→",
            key="way_j",
            help=translate("Next claim that waits for you; with Shift the next by number"),
            on_click=go_on,
            args=(claim_id, around.waiting),
            width="stretch",
        )


def draw_tools(dossier: Dossier, plan: SearchPlan | None, around: Surroundings, is_open: bool) -> None:
    """Draw what can be looked up and changed: the searches in one line, the claim by hand, the article."""
    translate, claim_id = get_translate(), dossier.claim.id
    if st.button(
        f"{translate('Searches')}: {summarise_searches(dossier, translate)}",
        key="to_search",
        type="tertiary",
        wrap=True,
    ):
        open_dialog(translate("Searches"), draw_searching, dossier, plan, width="large")
    edit, article, criteria = st.columns([0.8, 1.3, 1], gap="xsmall")
    if edit.button(translate("Edit"), key="to_edit", disabled=not is_open, width="stretch"):
        open_dialog(translate("Edit claims"), draw_amending, dossier.claim, around.following)
    if article.button(translate("Article text"), key="to_article", width="stretch"):
        open_dialog(translate("The article"), draw_whole_article, around, claim_id, width="large")
    if criteria.button(translate("Criteria"), key="criteria", width="stretch"):
        open_dialog(translate("What the grades mean"), draw_criteria, width="large")


def _find_given(dossier: Dossier, part: Task) -> SupportGrade | None:
    """The grade that is shown as given: the viewer's own, or the one chosen while they decide."""
    if part is Task.DECIDES:
        return find_choice(dossier.claim.id)
    own = dossier.find_grade(get_user().name)
    return own.grade if own is not None else None


def _draw_actions(dossier: Dossier, shown: Shown, is_open: bool) -> None:
    translate = get_translate()
    taking_back, flagging, body = st.columns(3, gap="xsmall")
    taking_back.button(
        translate("Undo"),
        key="undo",
        on_click=undo,
        args=(shown,),
        disabled=not is_open,
        width="stretch",
        help=translate("Take back your last step at this claim"),
    )
    pressed = flagging.button(translate("Flag"), key="to_flag", disabled=not is_open, width="stretch")
    if pressed:
        flag_whole(dossier.claim.id)
    if pressed or take_flag_begun(dossier.claim.id):
        open_dialog(translate("Raise a flag"), draw_flagging, dossier.claim)
    with body:
        _draw_body(dossier, shown, is_open)


def _draw_comment(dossier: Dossier, part: Task, draft: Draft) -> None:
    """Draw the field with what was being written, else with the comment of the own grade."""
    translate, claim_id = get_translate(), dossier.claim.id
    own = dossier.find_grade(get_user().name)
    given = own.comment if own is not None else ""
    with st.container(key="comment"):
        note_drafted(f"comment_{claim_id}", draft)
        st.text_area(
            translate("Comment"),
            # Not set as state: what a browser that reconnects still holds in the field goes before it.
            value=given if draft.text is None else draft.text,
            key=f"comment_{claim_id}",
            height=72,
            placeholder=translate(
                "Comment (m): drafted by itself, stored with the grade; Ctrl+Enter saves and goes on"
            ),
            label_visibility="collapsed",
            disabled=part is Task.READS,
            persist_state="session",
            on_change=keep_comment,
            args=(claim_id, draft.given_before),
        )


def _draw_body(dossier: Dossier, shown: Shown, is_open: bool) -> None:
    """Draw the fold; what is chosen is stored with the grade, and at once where there is one already."""
    translate, claim_id, part = get_translate(), dossier.claim.id, shown.part
    own = dossier.find_grade(get_user().name)
    given = own.body_certainty if own is not None else None
    st.session_state.setdefault(f"certainty_{claim_id}", given)
    with st.popover(translate("GRADE …"), width="stretch", key="body"):
        again = own is not None and part is Task.GRADES
        st.selectbox(
            translate("Certainty of the body of evidence (GRADE)"),
            [None, *BodyCertainty],
            format_func=lambda value: translate(CERTAINTY_OF_BODY_LABELS[value] if value else "not told"),
            key=f"certainty_{claim_id}",
            placeholder=translate("not told"),
            disabled=part is Task.READS,
            persist_state="session",
            on_change=give_grade if again else None,
            args=(shown, own.grade) if again and own else (),
        )
        if dossier.guideline is not None:
            told = translate("Guideline: {grade} ({source})").format(
                grade=dossier.guideline.grade, source=dossier.guideline.source
            )
            draw_text(told)
        if not is_open:
            return
        st.text_input(translate("A guideline's grade, in its own scale"), key="guideline_grade")
        st.text_input(translate("Its source: society, year, question"), key="guideline_source")
        st.button(
            translate("Save the guideline's grade"),
            key="enter_guideline",
            on_click=enter_guideline_grade,
            args=(shown,),
        )
