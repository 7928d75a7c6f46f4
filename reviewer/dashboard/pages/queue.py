"""The queue of one article: its claims with their state, and the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from claims.records.assessment import ClaimStatus
from claims.records.retrieval import SearchStatus
from reviewer.dashboard.actions.searching import search_due
from reviewer.dashboard.components.amending import draw_by_hand
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.effort import render_own_review
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.progress import draw_job_progress
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, open_place
from reviewer.i18n import mark
from reviewer.labels import SEARCH_LABELS, STATUS_LABELS, TYPE_LABELS, grade_label
from reviewer.markup import Html, escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.checking_references import list_unchecked
from reviewer.workflow.effort import find_own_statistics
from reviewer.workflow.queueing import Queue, QueueLine, load_queue
from reviewer.workflow.search_jobs import name_version_job
from reviewer.workflow.searching import list_due

SHOWN_AT_ONCE = 50
FILTERS: Mapping[str, tuple[str, Callable[[QueueLine], bool]]] = {
    "all": (mark("all"), lambda line: True),
    "open": (mark("waiting for me"), lambda line: line.is_open),
    "conflict": (mark("conflict"), lambda line: line.claim.status is ClaimStatus.CONFLICT),
    "stale": (mark("stale"), lambda line: line.claim.status is ClaimStatus.STALE),
    "nothing": (
        mark("searched, nothing found"),
        lambda line: line.search_status is SearchStatus.NOTHING_FOUND,
    ),
    "related": (
        mark("searched, only related records"),
        lambda line: line.search_status is SearchStatus.RELATED_ONLY,
    ),
    "elsewhere": (
        mark("not a question for PubMed"),
        lambda line: line.search_status is SearchStatus.NOT_SEARCHABLE,
    ),
    "failed": (mark("search failed"), lambda line: line.search_status is SearchStatus.FAILED),
    "risk": (mark("wording to be checked"), lambda line: bool(line.claim.claim.wording_risks)),
    "graded": (mark("done"), lambda line: not line.is_open),
}


def draw_queue(version_id: int) -> None:
    """Draw the claims in the article's order, or the worst first. Raises ``NotFound``."""
    application, user = get_application(), get_user()
    lexicon = application.lexicon()
    with application.reading() as work:
        queue = load_queue(work, version_id, user)
        claims = [line.claim for line in queue.lines]
        due = len(list_due(work, queue.version, claims, application.default_source, lexicon))
        due += len(list_unchecked(work, queue.version))
        effort = find_own_statistics(work, version_id, user) if application.settings.measure_effort else None
    draw_bar(queue)
    draw_version_rooms(version_id)
    translate = get_translate()
    chosen, start = st.columns([8, 2.7], vertical_alignment="center")
    with chosen:
        lines = _filter_lines(queue)
    start.button(
        translate("grade the next claim"),
        key="grade_next",
        on_click=open_place,
        kwargs={"claim": queue.find_next_open() or 0},
        disabled=queue.find_next_open() is None,
        type="primary",
        width="stretch",
    )
    _draw_actions(queue, due)
    draw_message()
    draw_job_progress(name_version_job(version_id))
    if told := render_own_review(effort, translate):
        draw_html(told)
    if not lines:
        st.info(translate("No claim of this kind."))
    shown = st.session_state.get("claims_shown", SHOWN_AT_ONCE)
    with st.container(key="queue", gap=None):
        for line in lines[:shown]:
            _draw_line(line)
    if len(lines) > shown:
        st.button(translate("Show more"), key="more_claims", on_click=_show_more, args=(shown,))


def _filter_lines(queue: Queue) -> list[QueueLine]:
    translate = get_translate()
    counts = {name: sum(holds(line) for line in queue.lines) for name, (_, holds) in FILTERS.items()}
    chosen = st.pills(
        translate("Show"),
        list(FILTERS),
        format_func=lambda name: f"{translate(FILTERS[name][0])} {counts[name]}",
        default="all",
        required=True,
        key="filter",
        label_visibility="collapsed",
        wrap=True,
    )
    holds = FILTERS[chosen or "all"][1]
    worst_first = st.session_state.get("worst_first", False)
    return [line for line in (queue.list_worst_first() if worst_first else queue.lines) if holds(line)]


def _draw_actions(queue: Queue, due: int) -> None:
    translate, version_id = get_translate(), queue.version.id
    with st.container(key="queue_actions", horizontal=True, gap="small", vertical_alignment="center"):
        st.toggle(translate("worst first"), key="worst_first")
        st.button(
            translate("Search what is due: {count}").format(count=due),
            key="search_due",
            on_click=search_due,
            args=(version_id,),
            disabled=not due,
        )
        told = translate("Claims by hand")
        if may(get_user(), Permission.EDIT_CLAIMS) and st.button(told, key="by_hand"):
            open_dialog(told, draw_by_hand, version_id, width="large")
        draw_report_downloads(version_id)


def _draw_line(line: QueueLine) -> None:
    translate = get_translate()
    claim = line.claim
    words, state = st.columns([6.5, 4.2], vertical_alignment="center")
    words.button(
        f"{claim.number}\u2002{escape_markdown(claim.claim.text)}",
        key=f"claim_{claim.id}",
        on_click=open_place,
        kwargs={"claim": claim.id},
        type="tertiary",
        wrap=True,
    )
    status = translate(STATUS_LABELS[claim.status])
    grade = status if line.grade is None else grade_label(line.grade, get_locale())
    cells = (translate(TYPE_LABELS[claim.claim.type]), translate(SEARCH_LABELS[line.search_status]), grade)
    css = ("", line.search_status.value, "open" if line.is_open else "settled")
    shown = Html().join(
        Html('<span class="{}">{}</span>').format(kind, cell) for kind, cell in zip(css, cells, strict=True)
    )
    draw_html(Html('<p class="konkyo cells">{}</p>').format(shown), state)


def _show_more(shown: int) -> None:
    st.session_state["claims_shown"] = shown + SHOWN_AT_ONCE
