"""The editor's overview: how far each article has come, what lies with whom, which conflicts wait."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from reviewer.dashboard.components.drawing import (
    draw_heading,
    draw_html,
    draw_note,
    draw_title,
    render_note,
    render_table,
)
from reviewer.dashboard.navigation import draw_bar, render_progress
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, open_place
from reviewer.dashboard.times import format_local_day
from reviewer.i18n import Translate
from reviewer.labels import ROLE_LABELS, STATE_LABELS
from reviewer.markup import Html, escape_markdown
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.overview import (
    NO_CONFLICTS,
    Conflicts,
    Overview,
    Progress,
    count_articles,
    load_conflicts,
    load_overview,
)

SHOWN_AT_ONCE = 25


def draw_overview() -> None:
    """Draw progress and workload over all articles."""
    translate = get_translate()
    draw_bar()
    left, right = st.columns([7, 4], gap="medium")
    with get_application().reading() as work, left:
        draw_heading(translate("Progress"))
        pages = max(1, -(-count_articles(work, get_user()) // SHOWN_AT_ONCE))
        page = st.pagination(pages, key="overview_page") if pages > 1 else 1
        overview = load_overview(work, get_user(), SHOWN_AT_ONCE, SHOWN_AT_ONCE * (page - 1))
        conflicts = (
            load_conflicts(work, get_user(), SHOWN_AT_ONCE)
            if may(get_user(), Permission.READ_CONFLICTS)
            else NO_CONFLICTS
        )
    with left:
        for progress in overview.progress:
            _draw_progress(progress, translate)
    with right, st.container(key="workload"):
        draw_heading(translate("Workload"))
        draw_html(_render_workload(overview, translate))
        _draw_conflicts(conflicts, overview.full_names, translate)


def _draw_progress(progress: Progress, translate: Translate) -> None:
    version = progress.version
    title, bar, way = st.columns([4, 4, 2.4], vertical_alignment="center")
    state = translate(STATE_LABELS[progress.state])
    idle = (
        translate("last grade {date}").format(date=format_local_day(version.last_graded_at, get_locale()))
        if version.last_graded_at
        else translate("no grade yet")
    )
    draw_title(version.title, title, note=f"{state} · {idle}")
    told = translate("{graded} of {count} graded").format(graded=progress.settled, count=progress.claims)
    conflicts = translate("Conflicts: {count}").format(count=progress.conflicts) if progress.conflicts else ""
    words = " · ".join(part for part in (told, conflicts) if part)
    drawn = render_progress(progress.settled, progress.claims, told)
    draw_html(drawn + render_note(words), bar)
    way.button(
        translate("Publication"),
        key=f"to_editor_{version.version_id}",
        on_click=open_place,
        kwargs={"room": "editor", "version": version.version_id},
        width="stretch",
    )


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
        words = f"{conflict.title} · {graders} · {since}"
        draw_note(words)


def _render_workload(overview: Overview, translate: Translate) -> Html:
    heads = (
        translate("Person"),
        translate("Role"),
        translate("Articles"),
        translate("waiting"),
        translate("done"),
    )
    rows = (
        (
            overview.full_names.get(load.name, load.name),
            translate(ROLE_LABELS[load.role]),
            str(load.articles),
            str(load.waiting),
            str(load.done),
        )
        for load in overview.workload
    )
    return render_table(heads, rows)
