"""The editor's board: each article from intake to publication, whom it waits for, and the workload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import streamlit as st

from claims.records.stage import ANYBODY, Share, Stage
from reviewer.dashboard.components.drawing import (
    draw_heading,
    draw_html,
    draw_note,
    draw_title,
    render_note,
    render_title,
)
from reviewer.dashboard.components.due import find_today, render_due
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.loads import draw_steps, draw_workload
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.plan import draw_assigning
from reviewer.dashboard.components.review_day import draw_due_reviews
from reviewer.dashboard.components.states import render_stage
from reviewer.dashboard.components.ways import draw_version_line, draw_way_to_version
from reviewer.dashboard.counts import refresh_counts
from reviewer.dashboard.navigation import draw_bar, render_progress
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, open_place
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import Translate, mark
from reviewer.labels import LOST_GROUND_LABELS, ROLE_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.board import Board, BoardRow, Chosen, NeedsReview, load_board
from reviewer.workflow.overview import NO_CONFLICTS, Conflicts, load_conflicts
from reviewer.workflow.review_days import list_due_reviews

SHOWN_AT_ONCE = 25
_CHOICES: Mapping[Chosen, str] = {
    Chosen.UNDER_WAY: mark("under way"),
    Chosen.OF_EDITOR: mark("waiting for the editor"),
    Chosen.OVERDUE: mark("overdue"),
    Chosen.DONE: mark("published or withdrawn"),
}
# The parts of the way, and at which of them an article is.
_WAY = (
    mark("intake"),
    mark("assignment"),
    mark("grading"),
    mark("adjudication"),
    mark("author"),
    mark("approval"),
    mark("publication"),
)
_PLACES: Mapping[Stage, int] = {
    Stage.ASSIGN: 1,
    Stage.GRADE: 2,
    Stage.ADJUDICATE: 3,
    Stage.REVISE: 4,
    Stage.ANSWER: 4,
    Stage.SETTLE: 4,
    Stage.APPROVE: 5,
    Stage.PUBLISH: 6,
    Stage.DONE: len(_WAY),
}


def draw_board() -> None:
    """Draw the articles that are chosen, those due first, and below them workload and times."""
    translate = get_translate()
    is_counted = refresh_counts()
    chosen = st.session_state.get("board_chosen") or Chosen.UNDER_WAY
    page = st.session_state.get("board_page") or 1
    with get_application().reading() as work:
        board = load_board(work, get_user(), chosen, find_today(), SHOWN_AT_ONCE, SHOWN_AT_ONCE * (page - 1))
        soon = find_today() + timedelta(days=get_application().review_rules.soon_days)
        due = list_due_reviews(work, get_user(), soon, SHOWN_AT_ONCE)
        conflicts = (
            load_conflicts(work, get_user(), SHOWN_AT_ONCE)
            if may(get_user(), Permission.READ_CONFLICTS)
            else NO_CONFLICTS
        )
    draw_bar(counted=True)
    draw_heading(translate("Board"))
    draw_message()
    if not is_counted:
        draw_note(translate("Some of it is still being counted: look again in a moment."))
    draw_needing(board.needing, translate)
    draw_due_reviews(due, translate)
    _draw_choice(board)
    if not board.rows:
        draw_html(Html('<p class="konkyo message standing">{}</p>').format(_tell_nothing(board)))
    with st.container(key="board", gap="small"):
        for row in board.rows:
            _draw_row(row, board.full_names, translate)
    pages = max(1, -(-board.counts[chosen] // SHOWN_AT_ONCE))
    if pages > 1:
        st.pagination(pages, key="board_page")
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="workload"):
        draw_workload(board.workload, board.full_names, translate)
    with right:
        _draw_conflicts(conflicts, board.full_names, translate)
        draw_steps(board.steps, translate)


def draw_needing(needing: Sequence[NeedsReview], translate: Translate) -> None:
    """Draw the published versions of which claims lost their ground, each with the way to it."""
    if not needing:
        return
    with st.container(border=True, key="needing"):
        draw_title(translate("Needs review"))
        for one in needing:
            told = translate("version {number}").format(number=one.version.number)
            count = translate("claims that need review: {count}").format(count=one.claims)
            causes = (translate(LOST_GROUND_LABELS[cause]) for cause in one.causes)
            begun = translate("a newer version is under way") if one.version.is_older else ""
            note = " · ".join(part for part in (told, count, *causes, begun) if part)
            draw_version_line(render_title(one.version.title, note), one.version.id, "to_needing")


def _tell_nothing(board: Board) -> str:
    """That no article is at this point, or what to do while there is none at all."""
    translate = get_translate()
    if any(board.counts.values()):
        return translate("No article here.")
    return translate("No article yet: an author or an editor adds one, on the page “{work}”.").format(
        work=translate("My work")
    )


def _draw_choice(board: Board) -> None:
    translate = get_translate()
    st.segmented_control(
        translate("Show"),
        list(Chosen),
        default=Chosen.UNDER_WAY,
        format_func=lambda one: translate("{name} ({count})").format(
            name=translate(_CHOICES[one]), count=board.counts[one]
        ),
        key="board_chosen",
        required=True,
        on_change=_show_first_page,
        label_visibility="collapsed",
    )


def _show_first_page() -> None:
    st.session_state.pop("board_page", None)


def _draw_row(row: BoardRow, full_names: Mapping[str, str], translate: Translate) -> None:
    at = row.article.at
    with st.container(border=True, key=f"row_{at.article_id}"):
        title, progress, who, way = st.columns([4, 3.4, 2.8, 1.8], vertical_alignment="center")
        version = translate("version {number}").format(number=row.article.number)
        title = title.container(gap=None)
        draw_title(row.article.title, title, note=version)
        state = Html('<p class="konkyo">{} {}</p>').format(render_stage(at, translate), render_due(at.due_on))
        draw_html(state, title)
        told = translate("{graded} of {count} graded").format(graded=row.settled, count=row.claims)
        bar = render_progress(row.settled, row.claims, told)
        draw_html(_render_way(at.stage, translate) + bar + render_note(told), progress)
        draw_html(_render_who(row, full_names, translate), who)
        _draw_ways(row, way)


def _draw_ways(row: BoardRow, way: st.delta_generator.DeltaGenerator) -> None:
    translate, at = get_translate(), row.article.at
    draw_way_to_version(way, at.version_id, "to_editor")
    if not at.state.is_open or not may(get_user(), Permission.ASSIGN):
        return
    is_new = at.stage is Stage.ASSIGN
    pressed = way.button(
        translate("Assign") if is_new else translate("Reassign"),
        key=f"assign_{at.version_id}",
        type="primary" if is_new else "secondary",
        width="stretch",
    )
    if pressed:
        open_dialog(translate("Assign the review"), draw_assigning, at.version_id, width="large")


def _render_way(stage: Stage, translate: Translate) -> Html:
    """The parts of the way as HTML: those behind, the one where the article is, those before it."""
    place = _PLACES[stage]
    parts = Html().join(
        Html('<li class="{}"{}>{}</li>').format(
            "behind" if number < place else "now" if number == place else "ahead",
            Html(' aria-current="step"') if number == place else "",
            translate(name),
        )
        for number, name in enumerate(_WAY)
    )
    return Html('<ol class="konkyo way">{}</ol>').format(parts)


def _render_who(row: BoardRow, full_names: Mapping[str, str], translate: Translate) -> Html:
    """Whom the article waits for, how much, and since when."""
    locale = get_locale()
    if row.article.at.stage is Stage.DONE:
        since = translate("since {date}").format(date=format_local_day(row.article.at.since, locale))
        return render_note(since)
    people = Html("<br>").join(_tell_share(share, full_names, translate) for share in row.waits_for)
    since = translate("since {date}").format(date=format_local_day(row.article.at.since, locale))
    return Html('<div class="konkyo"><b>{}</b><p class="place">{}</p></div>').format(people, since)


def _tell_share(share: Share, full_names: Mapping[str, str], translate: Translate) -> str:
    role = translate(ROLE_LABELS[share.role])
    name = role if share.name == ANYBODY else full_names.get(share.name, share.name)
    return translate("{name}: {count}").format(name=name, count=share.waiting) if share.waiting else name


def _draw_conflicts(conflicts: Conflicts, full_names: Mapping[str, str], translate: Translate) -> None:
    """Draw the conflicts that have waited longest, each with the way to it; who graded, never what."""
    if not conflicts.count:
        return
    told = translate("Conflicts: {count}").format(count=conflicts.count)
    draw_title(told)
    for conflict in conflicts.longest:
        st.button(
            f"{conflict.number}\u2002{escape_markdown(conflict.text)}",
            key=f"conflict_{conflict.claim_id}",
            on_click=open_place,
            kwargs={"claim": conflict.claim_id},
            type="tertiary",
            wrap=True,
        )
        since = translate("since {date}").format(date=format_local_day(conflict.since, get_locale()))
        graders = ", ".join(full_names.get(name, name) for name in conflict.graders)
        draw_note(f"{conflict.title} · {graders} · {since}")
