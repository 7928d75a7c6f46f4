"""The editor's page: who reviews, how far it has come, what still stands before publication, the decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from claims.records.decision import Decision, ObstacleKind
from claims.records.recheck import LostGround
from reviewer.dashboard.actions.publishing import keep
from reviewer.dashboard.components.charts import draw_grades_by_theme, draw_grading_progress, draw_levels
from reviewer.dashboard.components.deciding import draw_decision
from reviewer.dashboard.components.drawing import begin_large, draw_heading, draw_html, draw_note, draw_title
from reviewer.dashboard.components.effort import render_effort
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.flow import draw_flow
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.plan import draw_plan
from reviewer.dashboard.components.proposals import draw_proposals
from reviewer.dashboard.components.renewing import draw_marks
from reviewer.dashboard.components.review_day import draw_review_day
from reviewer.dashboard.components.taking_out import draw_article_menu, draw_packet_button
from reviewer.dashboard.components.trail_head import draw_trail_head
from reviewer.dashboard.counts import refresh_counts
from reviewer.dashboard.naming import get_naming
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, open_place
from reviewer.dashboard.times import format_moment, get_zone
from reviewer.i18n import Translate
from reviewer.labels import LOST_GROUND_LABELS, OBSTACLE_LABELS, PROVED_LABELS, ROLE_LABELS, STATE_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.obstacles import ClaimObstacles, Obstacle, group_obstacles
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.viewing import view_version

SHOWN_AT_ONCE = 15


def draw_editor(version_id: int) -> None:
    """Draw the gate of one version. Raises ``NotFound``."""
    translate, application = get_translate(), get_application()
    refresh_counts()
    with application.reading() as work:
        view = view_version(work, version_id, get_user(), get_zone())
        head = find_trail_head(work)
    draw_bar(version=view.version)
    draw_version_rooms(version_id)
    draw_heading(begin_large(translate(STATE_LABELS[view.state])))
    draw_message()
    left, right = st.columns([6, 5], gap="medium")
    with left:
        draw_marks(view)
        draw_review_day(view)
        draw_report_downloads(version_id)
        draw_decision(view)
        article, packet = st.columns(2)
        with article:
            draw_article_menu(version_id)
        with packet:
            draw_packet_button(version_id)
        draw_proposals(view.proposals, {dossier.claim.id: dossier.claim.number for dossier in view.dossiers})
        if not view.has_newer:
            _draw_obstacles(view.obstacles)
        draw_flow(view)
        draw_trail_head(head)
    with right:
        draw_plan(version_id, view.assignment)
        draw_grades_by_theme(view.dossiers, translate, get_locale())
        draw_levels(view.dossiers, translate)
        draw_grading_progress(view.graded, translate, get_locale())
        if statistics := render_effort(view.effort, translate):
            draw_html(statistics)
        for decision in reversed(view.decisions):
            _draw_decided(decision)


def _draw_decided(decision: Decision) -> None:
    """Draw what was decided, by whom, and how they signed."""
    translate = get_translate()
    told = f"{translate(STATE_LABELS[decision.state])} · {get_naming()(decision.decided_by)}"
    if signed := decision.signature:
        roles = ", ".join(translate(ROLE_LABELS[role]) for role in signed.roles)
        signature = translate("signed by {name} as {roles}")
        told += " · " + signature.format(name=signed.full_name, roles=roles)
        told += " · " + translate(PROVED_LABELS[signed.proved_by])
    when = format_moment(decision.decided_at, get_locale())
    draw_html(
        Html('<p class="konkyo said"><b>{}</b> <span class="place">{}</span><br>{}</p>').format(
            told, when, decision.comment
        )
    )


def _draw_obstacles(obstacles: Sequence[Obstacle]) -> None:
    """Draw what is to be settled before the approval: each claim once, under what is settled first."""
    translate = get_translate()
    with st.container(key="obstacles", gap="xsmall"):
        draw_message(place="obstacles")
        for kind, rows in group_obstacles(obstacles):
            name = begin_large(translate(OBSTACLE_LABELS[kind]))
            draw_title(translate("{name}: {count}").format(name=name, count=len(rows)))
            most = st.session_state.get(f"obstacles_shown_{kind.value}", SHOWN_AT_ONCE)
            for row in rows[:most]:
                _draw_obstacle(kind, row, translate)
            if len(rows) > most:
                st.button(
                    translate("Show more"),
                    key=f"more_obstacles_{kind.value}",
                    on_click=_show_more,
                    args=(kind, most),
                )


def _draw_obstacle(kind: ObstacleKind, row: ClaimObstacles, translate: Translate) -> None:
    """Draw one line: the claim with the way to where it is settled, and what else stands in its way."""
    claim = row.claim
    words, rest = st.columns([7, 3], vertical_alignment="center")
    in_thread = kind is ObstacleKind.OPEN_FLAG
    words.button(
        f"{claim.number}\u2002{escape_markdown(claim.claim.text)}",
        key=f"obstacle_{claim.id}",
        on_click=open_place,
        kwargs={"room": "author", "version": claim.version_id, "card": claim.id}
        if in_thread
        else {"claim": claim.id},
        type="tertiary",
        wrap=True,
    )
    count = len(row.about)
    told = [translate("flags: {count}").format(count=count)] if in_thread and count > 1 else []
    if kind is ObstacleKind.NEEDS_REVIEW:
        told += [translate(LOST_GROUND_LABELS[LostGround(cause)]) for cause in row.about]
    told += [translate(OBSTACLE_LABELS[other]) for other in row.others]
    if told:
        draw_note(" · ".join(told), rest)
    if kind is ObstacleKind.LOW_GRADE and may(get_user(), Permission.PUBLISH):
        reason, button = st.columns([6, 4], vertical_alignment="bottom")
        reason.text_input(
            translate("Reason to keep claim {number}").format(number=claim.number),
            key=f"keep_reason_{claim.id}",
            placeholder=translate("Why it stays as it is (shows in the report)"),
            label_visibility="collapsed",
        )
        button.button(
            translate("Keep with this reason"),
            key=f"keep_{claim.id}",
            on_click=keep,
            args=(claim.id, claim.revision),
            width="stretch",
        )


def _show_more(kind: ObstacleKind, shown: int) -> None:
    st.session_state[f"obstacles_shown_{kind.value}"] = shown + SHOWN_AT_ONCE
