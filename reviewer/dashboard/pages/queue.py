"""The queue of one article: its claims with their state, and the report."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from reviewer.dashboard.actions.searching import search_due
from reviewer.dashboard.components.amending import draw_by_hand
from reviewer.dashboard.components.claim_rows import draw_heads, draw_row
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.effort import render_own_review
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.progress import draw_job_progress
from reviewer.dashboard.components.selecting import draw_selection, find_chosen
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import (
    find_list,
    get_application,
    get_translate,
    get_user,
    open_list,
    open_place,
)
from reviewer.i18n import begin_label, mark
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.checking_references import list_unchecked
from reviewer.workflow.due_searches import count_due
from reviewer.workflow.effort import find_own_statistics
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.publication import load_full_names
from reviewer.workflow.queue_lists import ALL, FILTERS, QueueList
from reviewer.workflow.queueing import Queue, load_queue, load_selection
from reviewer.workflow.search_jobs import name_version_job

SHOWN_AT_ONCE = 25
FILTER_NAMES: Mapping[str, str] = {
    ALL: mark("all"),
    "open": mark("to do"),
    "conflict": mark("conflict"),
    "stale": mark("needs re-grading"),
    "nothing": mark("searched, nothing found"),
    "related": mark("searched, only related records"),
    "elsewhere": mark("not a question for PubMed"),
    "failed": mark("search failed"),
    "risk": mark("wording flags"),
    "repeated": mark("the same sentence more than once"),
    "graded": mark("done"),
}
ORDER_NAMES: Mapping[str, str] = {
    "article": mark("in the article's order"),
    "worst": mark("most serious first"),
    "papers": mark("most papers first"),
    "alike": mark("same sentences together"),
    "level": mark("best evidence first"),
}


def draw_queue(version_id: int) -> None:
    """Draw the claims of the list that the address asks for; where the version is not open, to be read alone.

    Raises ``NotFound``.
    """
    application, user, asked = get_application(), get_user(), find_list()
    lexicon = application.lexicon()
    most = st.session_state.get("claims_shown", SHOWN_AT_ONCE)
    with application.reading() as work:
        queue = load_queue(work, version_id, user, asked, most)
        is_open = is_open_version(work, version_id)
        source = application.default_source
        due = count_due(work, queue.version, queue.counts, source, lexicon) if is_open else 0
        due += len(list_unchecked(work, queue.version))
        effort = find_own_statistics(work, version_id, user) if application.settings.measure_effort else None
        selection = load_selection(work, version_id, user, asked, find_chosen() if is_open else ())
        dossiers = load_dossiers(work, queue.claims, user)
        flags = load_flags(work, dossiers, user)
        assigned = any(line.assigned for line in queue.lines)
        full_names = load_full_names(work) if assigned else {}
    draw_bar(queue)
    draw_version_rooms(version_id)
    translate = get_translate()
    _draw_list_tools(queue, asked, is_open)
    _draw_actions(queue, due, is_open)
    draw_message()
    draw_job_progress(name_version_job(version_id))
    if told := render_own_review(effort, translate):
        draw_html(told)
    draw_selection(selection)
    if not queue.lines:
        st.info(translate("No claim of this list. Choose another filter, or empty the search field."))
    with st.container(key="queue", gap=None):
        if queue.lines:
            draw_heads()
        for line in queue.lines:
            open_flags = sum(flag.is_open for flag in flags[line.claim.id])
            draw_row(line, open_flags, full_names, can_be_chosen=is_open)
    if left := queue.listed - len(queue.lines):
        exactly, at_least = (
            translate("Show more ({count} left)"),
            translate("Show more (more than {count} left)"),
        )
        more = (exactly if queue.is_counted else at_least).format(count=f"{left:,}")
        st.button(more, key="more_claims", on_click=_show_more, args=(len(queue.lines),))


def _draw_list_tools(queue: Queue, asked: QueueList, is_open: bool) -> None:
    """Draw the search field, the filters, the order, and the way to the first claim that waits."""
    translate, user = get_translate(), get_user()
    grades = may(user, Permission.GRADE) or may(user, Permission.ADJUDICATE)
    # Of who has no part in it nothing waits: it is open for others.
    names = FILTER_NAMES if grades else {**FILTER_NAMES, "open": mark("open")}
    # The address is what holds; the fields show it.
    for name, held in (("find", asked.find), ("filter", asked.show), ("sort", asked.sort)):
        st.session_state[name] = held
    words, order, start = st.columns([5.4, 2.6, 2.7], vertical_alignment="center")
    words.text_input(
        translate("Search in the claims"),
        key="find",
        placeholder=translate("Search in the claims: words, or a number"),
        label_visibility="collapsed",
        on_change=_keep_list,
    )
    order.selectbox(
        translate("Order"),
        list(ORDER_NAMES),
        format_func=lambda name: begin_label(translate(ORDER_NAMES[name])),
        key="sort",
        label_visibility="collapsed",
        on_change=_keep_list,
    )
    if is_open:
        start.button(
            translate("Grade the next claim") if grades else translate("Open the next claim"),
            key="grade_next",
            on_click=open_place,
            kwargs={"claim": queue.following or 0},
            disabled=queue.following is None,
            type="primary",
            width="stretch",
        )
    st.pills(
        translate("Show"),
        [name for name in FILTERS if _offers(name, queue, is_open) or name in (ALL, asked.show)],
        format_func=lambda name: f"{begin_label(translate(names[name]))} {queue.shown[name]}",
        required=True,
        key="filter",
        label_visibility="collapsed",
        wrap=True,
        on_change=_keep_list,
    )


def _offers(name: str, queue: Queue, is_open: bool) -> bool:
    """Whether the filter has claims to show; what waits is told of an open version always, else never."""
    return is_open if name == "open" else bool(queue.shown[name])


def _keep_list() -> None:
    """Put what was chosen into the address."""
    chosen = (str(st.session_state.get(name) or "") for name in ("filter", "sort", "find"))
    open_list(QueueList(*chosen))
    st.session_state.pop("claims_shown", None)


def _draw_actions(queue: Queue, due: int, is_open: bool) -> None:
    translate, version_id = get_translate(), queue.version.id
    with st.container(key="queue_actions", horizontal=True, gap="small", vertical_alignment="center"):
        if is_open:
            st.button(
                translate("Search the remaining claims: {count}").format(count=due),
                key="search_due",
                on_click=search_due,
                args=(version_id,),
                disabled=not due,
                # What was never searched cannot be graded well: it comes before all else.
                type="primary" if due else "secondary",
            )
            told = translate("Edit claims")
            if may(get_user(), Permission.EDIT_CLAIMS) and st.button(told, key="by_hand"):
                open_dialog(told, draw_by_hand, version_id, width="large")
        draw_report_downloads(version_id)


def _show_more(shown: int) -> None:
    st.session_state["claims_shown"] = shown + SHOWN_AT_ONCE
