"""The audit trail, newest first: who did what to which record."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from claims.records.audit import AuditAction, AuditEntry
from reviewer.audit_details import DETAIL_NAMES, describe_detail, name_subject
from reviewer.audit_labels import ACTION_LABELS
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, render_table
from reviewer.dashboard.components.trail_head import draw_trail_head
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user
from reviewer.dashboard.times import format_moment, get_zone
from reviewer.i18n import Translate
from reviewer.markup import Html
from reviewer.moments import rewrite_moment
from reviewer.person_names import name_person
from reviewer.workflow.audit_trail import count_trail, find_trail_head, load_trail
from reviewer.workflow.publication import load_full_names

# Earlier entries are found by person, step or record: nobody turns so many pages.
SHOWN_AT_ONCE, MOST_REACHED = 100, 10_000


def draw_audit() -> None:
    """Draw the trail with its filters, a page at a time."""
    translate, application = get_translate(), get_application()
    draw_bar()
    draw_heading(translate("Audit trail"))
    by_subject, by_actor, by_action, pages = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
    subject = by_subject.text_input(translate("Record (claim:7, version:2 …)"), key="audit_subject").strip()
    actor = by_actor.text_input(translate("Person"), key="audit_actor").strip()
    action = by_action.selectbox(
        translate("Step"),
        [None, *AuditAction],
        key="audit_action",
        format_func=lambda a: translate(ACTION_LABELS[a]) if a else translate("all"),
        placeholder=translate("all"),
    )
    with application.reading() as work:
        head = find_trail_head(work)
        names = load_full_names(work)
        count = count_trail(work, get_user(), MOST_REACHED + 1, subject, actor=actor, action=action)
        reached = min(count, MOST_REACHED)
        with pages:
            page = st.pagination(max(1, -(-reached // SHOWN_AT_ONCE)), key="audit_page")
        entries = load_trail(
            work,
            get_user(),
            subject,
            SHOWN_AT_ONCE,
            actor=actor,
            action=action,
            skip=SHOWN_AT_ONCE * (page - 1),
        )
    draw_trail_head(head)
    if not entries:
        st.info(translate("Nothing of this kind stands in the trail."))
        return
    if count > reached:
        told = translate("Latest entries shown: {count}. Earlier ones are found by person, step or record.")
        draw_note(told.format(count=reached))
    heads = (
        translate("When"),
        translate("Person"),
        translate("Step"),
        translate("Record"),
        translate("Details"),
    )
    draw_html(render_table(heads, (_list_cells(entry, names) for entry in entries)))


def _list_cells(entry: AuditEntry, names: Mapping[str, str]) -> tuple[str, ...]:
    zone, translate = get_zone(), get_translate()
    values = Html(" · ").join(
        _render_detail(name, rewrite_moment(value, zone), translate) for name, value in entry.values if value
    )
    kind, subject = name_subject(entry.subject, translate)
    return (
        format_moment(entry.at, get_locale()),
        # The filter asks for the name that people sign in by.
        Html("{} <code>{}</code>").format(name_person(entry.actor, names, translate), entry.actor),
        translate(ACTION_LABELS[entry.action]),
        Html("{} <code>{}</code>").format(kind, subject),
        values,
    )


def _render_detail(name: str, value: str, translate: Translate) -> Html:
    """The detail with its name; what is no word of ours is marked as what people or machines wrote."""
    told = translate(DETAIL_NAMES[name]) if name in DETAIL_NAMES else Html("<code>{}</code>").format(name)
    words = describe_detail(name, value, translate)
    said = Html("{}") if words != value else Html('<span class="said">{}</span>')
    return Html("{}: {}").format(told, said.format(words))
