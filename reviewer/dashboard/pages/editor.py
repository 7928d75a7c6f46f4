"""The editor's page: who reviews, how far it has come, what still stands before publication, the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from claims.records.decision import ObstacleKind, VersionState
from claims.records.review import ArticleVersion
from reviewer.dashboard.actions.publishing import decide, keep
from reviewer.dashboard.components.charts import draw_grades_by_theme, draw_grading_progress, draw_levels
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, draw_text
from reviewer.dashboard.components.effort import render_effort
from reviewer.dashboard.components.exports import draw_report_downloads
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.plan import draw_plan
from reviewer.dashboard.components.proposals import draw_proposals
from reviewer.dashboard.components.taking_out import draw_article_menu, draw_packet_button
from reviewer.dashboard.components.trail_head import draw_trail_head
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.navigation import draw_bar, draw_version_rooms
from reviewer.dashboard.session import (
    get_application,
    get_locale,
    get_translate,
    get_user,
    open_place,
    proves_elsewhere,
)
from reviewer.dashboard.times import format_moment, get_zone
from reviewer.i18n import Translate
from reviewer.labels import DECISION_LABELS, OBSTACLE_LABELS, PROVED_LABELS, ROLE_LABELS, STATE_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.obstacles import Obstacle
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.viewing import view_version

SHOWN_AT_ONCE = 30
_WAYS = (
    VersionState.IN_REVIEW,
    VersionState.CHANGES_REQUESTED,
    VersionState.APPROVED,
    VersionState.PUBLISHED,
    VersionState.WITHDRAWN,
)


def draw_editor(version_id: int) -> None:
    """Draw the gate of one version. Raises ``NotFound``."""
    translate, application = get_translate(), get_application()
    with application.reading() as work:
        view = view_version(work, version_id, get_user(), get_zone())
        head = find_trail_head(work)
    draw_bar(version=view.version)
    draw_version_rooms(version_id)
    draw_heading(translate(STATE_LABELS[view.state]))
    draw_message()
    left, right = st.columns([6, 5], gap="medium")
    with left:
        draw_report_downloads(version_id)
        _draw_decision(view.version, view.state, view.obstacles)
        article, packet = st.columns(2)
        with article:
            draw_article_menu(version_id)
        with packet:
            draw_packet_button(version_id)
        draw_proposals(view.proposals, {dossier.claim.id: dossier.claim.number for dossier in view.dossiers})
        _draw_obstacles(view.obstacles)
        draw_trail_head(head)
    with right:
        draw_plan(version_id, view.plan, view.users, view.own_judges)
        draw_grades_by_theme(view.dossiers, translate, get_locale())
        draw_levels(view.dossiers, translate)
        draw_grading_progress(view.graded, translate, get_locale())
        if statistics := render_effort(view.effort, translate):
            draw_html(statistics)
        for decision in reversed(view.decisions):
            told = f"{translate(STATE_LABELS[decision.state])} · {decision.decided_by}"
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


def _draw_decision(version: ArticleVersion, state: VersionState, obstacles: Sequence[Obstacle]) -> None:
    translate = get_translate()
    ways = [way for way in _WAYS if state.may_become(way)]
    if not ways or not may(get_user(), Permission.PUBLISH):
        return
    with st.container(border=True, key="decision"):
        told = (
            translate("Nothing stands in the way.")
            if not obstacles
            else translate("Still between this version and its approval: {count}").format(
                count=len(obstacles)
            )
        )
        draw_text(told)
        st.text_area(
            translate("Comment"),
            key=name_field("decision_comment"),
            height=72,
            label_visibility="collapsed",
            placeholder=translate("Comment: needed to return or withdraw"),
        )
        if any(way.is_signed for way in ways):
            _ask_who_signs(version.id)
        for column, way in zip(st.columns(len(ways)), ways, strict=True):
            column.button(
                translate(DECISION_LABELS[way]),
                key=f"decide_{way.value}",
                on_click=decide,
                args=(version.id, version.version_hash, way),
                type="primary" if way in (VersionState.APPROVED, VersionState.PUBLISHED) else "secondary",
                disabled=bool(obstacles) and way in (VersionState.APPROVED, VersionState.PUBLISHED),
                width="stretch",
            )


def _ask_who_signs(version_id: int) -> None:
    """Draw how the person proves that it is they who approve or publish."""
    translate = get_translate()
    if not proves_elsewhere(get_user()):
        st.text_input(
            translate("Your password, to sign an approval or publication"),
            type="password",
            key=name_field("decision_password"),
            autocomplete="current-password",
        )
        return
    place = quote(f"/?room=editor&version={version_id}", safe="")
    way = Html('<p class="konkyo"><a href="/sign-in/elsewhere?again=1&amp;next={}" target="_self">{}</a></p>')
    told = translate(
        "To approve or publish, prove at your provider that it is you: it counts for five minutes"
    )
    draw_html(way.format(place, told))


def _draw_obstacles(obstacles: Sequence[Obstacle]) -> None:
    translate = get_translate()
    counts = Counter(obstacle.kind for obstacle in obstacles)
    chosen = st.pills(
        translate("Show"),
        [kind for kind in ObstacleKind if counts[kind]],
        format_func=lambda kind: f"{translate(OBSTACLE_LABELS[kind])} {counts[kind]}",
        key="obstacle_kind",
        label_visibility="collapsed",
        wrap=True,
    )
    shown = [obstacle for obstacle in obstacles if chosen in (None, obstacle.kind)]
    most = st.session_state.get("obstacles_shown", SHOWN_AT_ONCE)
    with st.container(key="obstacles", gap=None):
        for number, obstacle in enumerate(shown[:most]):
            _draw_obstacle(obstacle, number, translate)
    if len(shown) > most:
        st.button(translate("Show more"), key="more_obstacles", on_click=_show_more, args=(most,))


def _draw_obstacle(obstacle: Obstacle, number: int, translate: Translate) -> None:
    """Draw one line: what it is, and the way to where it is settled."""
    claim = obstacle.claim
    words, kind = st.columns([7, 3], vertical_alignment="center")
    in_thread = obstacle.kind is ObstacleKind.OPEN_FLAG
    words.button(
        f"{claim.number}\u2002{escape_markdown(claim.claim.text)}",
        key=f"obstacle_{number}_{claim.id}",
        on_click=open_place,
        kwargs={"room": "author", "version": claim.version_id} if in_thread else {"claim": claim.id},
        type="tertiary",
        wrap=True,
    )
    draw_note(translate(OBSTACLE_LABELS[obstacle.kind]), kind)
    if obstacle.kind is ObstacleKind.LOW_GRADE and may(get_user(), Permission.PUBLISH):
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


def _show_more(shown: int) -> None:
    st.session_state["obstacles_shown"] = shown + SHOWN_AT_ONCE
