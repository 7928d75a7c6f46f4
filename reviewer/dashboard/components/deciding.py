"""The decision on a version: what it is about is told in figures, and it is asked once before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import streamlit as st

from claims.records.decision import VersionState
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.dashboard.actions.publishing import decide
from reviewer.dashboard.components.drawing import draw_html, draw_text
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_application, get_translate, get_user, proves_elsewhere
from reviewer.i18n import mark
from reviewer.labels import DECISION_LABELS
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.viewing import VersionView

_WAYS = (
    VersionState.IN_REVIEW,
    VersionState.CHANGES_REQUESTED,
    VersionState.APPROVED,
    VersionState.PUBLISHED,
    VersionState.WITHDRAWN,
)
# What is asked before a version goes there.
_QUESTIONS: Mapping[VersionState, str] = {
    VersionState.DRAFT: mark("Open “{title}”, version {number}?"),
    VersionState.IN_REVIEW: mark("Open “{title}”, version {number}, for review?"),
    VersionState.CHANGES_REQUESTED: mark("Return “{title}”, version {number}, to the author?"),
    VersionState.APPROVED: mark("Approve “{title}”, version {number}? It does not change from then on."),
    VersionState.PUBLISHED: mark(
        "Publish “{title}”, version {number}? It can be withdrawn, and not changed."
    ),
    VersionState.WITHDRAWN: mark(
        "Withdraw “{title}”, version {number}? This cannot be taken back: what is to appear again is"
        " brought in as a new version."
    ),
}


def draw_decision(view: VersionView) -> None:
    """Draw what may be decided of the version, for those who decide: an older one is at most withdrawn."""
    translate = get_translate()
    ways = [way for way in _WAYS if view.state.may_become(way)]
    if view.has_newer:
        ways = [way for way in ways if way is VersionState.WITHDRAWN]
    if not ways or not may(get_user(), Permission.PUBLISH):
        return
    with st.container(border=True, key="decision"):
        draw_text(_tell_next(view))
        for column, way in zip(st.columns(len(ways)), ways, strict=True):
            pressed = column.button(
                translate(DECISION_LABELS[way]),
                key=f"decide_{way.value}",
                type="primary" if way.is_signed else "secondary",
                disabled=bool(view.obstacles) and way.is_signed,
                width="stretch",
            )
            if pressed:
                open_dialog(translate(DECISION_LABELS[way]), _draw_question, view, way)


def _tell_next(view: VersionView) -> str:
    """What comes next on the version's way, or what stands in it."""
    translate = get_translate()
    if view.state is VersionState.APPROVED:
        return translate("Approved: it can be published.")
    if view.state is VersionState.PUBLISHED:
        told = translate("Published: “{report}” and “{article}” with its references can be taken here.")
        return told.format(report=translate("Whole report"), article=translate("Article"))
    count = len({obstacle.claim.id for obstacle in view.obstacles})
    if count:
        return translate("Claims to be settled before approval: {count}").format(count=count)
    return translate("Nothing stands in the way of approval.")


def _draw_question(view: VersionView, way: VersionState) -> None:
    """Draw what is about to be decided, with its figures, and the one button that does it."""
    translate = get_translate()
    asked = translate(_QUESTIONS[way])
    draw_text(asked.format(title=view.version.article.title, number=view.version.number))
    draw_html(Html('<ul class="konkyo figures">{}</ul>').format(_render_figures(view)))
    needed = way in (VersionState.CHANGES_REQUESTED, VersionState.WITHDRAWN)
    st.text_area(
        translate("What the author is to do")
        if way is VersionState.CHANGES_REQUESTED
        else translate("Comment"),
        key=name_field("decision_comment"),
        height=96,
        placeholder=translate("Needed") if needed else translate("Not needed"),
        persist_state="session",
    )
    if way.is_signed:
        _ask_who_signs(view.version.id)
    pressed = st.button(
        translate(DECISION_LABELS[way]),
        key="confirm_decision",
        on_click=decide,
        args=(view.version.id, view.version.version_hash, way),
        type="primary",
    )
    close_or_tell(pressed)


def _render_figures(view: VersionView) -> Html:
    translate = get_translate()
    graded = sum(dossier.verdict is not None for dossier in view.dossiers)
    kept = sum(dossier.kept is not None for dossier in view.dossiers)
    figures = (
        (mark("claims: {count}"), len(view.dossiers)),
        (mark("graded: {count}"), graded),
        (mark("kept with a reason: {count}"), kept),
        (mark("still to be settled: {count}"), len({obstacle.claim.id for obstacle in view.obstacles})),
    )
    return Html().join(
        Html("<li>{}</li>").format(translate(words).format(count=count)) for words, count in figures
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
        if get_application().settings.demo:
            line = Html('<p class="konkyo place">{}: <code>{}</code></p>')
            draw_html(line.format(translate("Password of the demo"), SAMPLE_PASSWORD))
        return
    place = quote(f"/?room=editor&version={version_id}", safe="")
    way = Html('<p class="konkyo"><a href="/sign-in/elsewhere?again=1&amp;next={}" target="_self">{}</a></p>')
    told = translate(
        "To approve or publish, prove at your provider that it is you: it counts for five minutes"
    )
    draw_html(way.format(place, told))
