"""The bar above every page: where one is, how far it has come, the keys, the language, the account."""

from __future__ import annotations

import streamlit as st

from claims.records.review import ArticleVersion
from claims.records.stage import OF_EDITOR
from reviewer.dashboard.components.account import draw_account
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.components.fragments import open_dialog
from reviewer.dashboard.components.message import close_or_tell
from reviewer.dashboard.components.practice import draw_way_to_practice
from reviewer.dashboard.counts import refresh_counts
from reviewer.dashboard.leaving import go
from reviewer.dashboard.page_registry import list_rooms, list_version_rooms
from reviewer.dashboard.session import (
    find_room,
    get_application,
    get_locale,
    get_translate,
    get_user,
)
from reviewer.dashboard.times import format_moment
from reviewer.i18n import LOCALES, mark
from reviewer.labels import tell_closing
from reviewer.markup import Html
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.closing import find_closing
from reviewer.workflow.my_work import count_flags, count_work
from reviewer.workflow.news import count_news
from reviewer.workflow.queueing import Queue
from reviewer.workflow.surroundings import Surroundings

_LANGUAGES = {"ja": "日本語", "en": "EN"}
_KEYS = (
    ("4 3 2 1 0", mark("grade: supported … contradicted")),
    ("9", mark("cannot judge (with its reason)")),
    ("8", mark("not checkable (with its reason)")),
    ("s p x n", mark("the citation supports, partly, refutes, is not relevant")),
    ("r", mark("the rest of the list: not relevant")),
    ("t", mark("abstract or full text was read")),
    ("d e", mark("next, previous citation")),
    ("m", mark("write the comment (Tab leaves it)")),
    ("u", mark("take back your last step at this claim")),
    ("f", mark("raise a flag on the claim")),
    ("g", mark("what the grades mean")),
    ("l", mark("the searches: another query, a record by its number")),
    ("w", mark("edit the claim: wording, type, merge, split, dismiss; open a settled one again")),
    ("a", mark("the whole article")),
    ("Enter", mark("save and open the next claim")),
    ("j k", mark("next claim that waits for you (Shift+J: by number), previous claim")),
    ("q", mark("back to the queue")),
)


def draw_bar(
    queue: Queue | Surroundings | None = None,
    on_claim: bool = False,
    version: ArticleVersion | None = None,
    counted: bool = False,
) -> None:
    """Draw the bar; with a queue, its article and progress, and on a claim the way back.

    With a version instead, its title and the ways to its rooms; else the ways to all rooms with what waits
    there, which was ``counted`` already where the page counts itself.
    """
    translate = get_translate()
    with st.container(key="bar"):
        home, place, keys, language, account = st.columns(
            [1.1, 4.9, 1.75, 1.5, 1.6], vertical_alignment="center", gap="small"
        )
        home.button("根拠 Konkyo", key="home", on_click=go, type="tertiary", help=translate("My work"))
        with place:
            if queue is not None:
                _draw_place(queue, on_claim)
            elif version is not None:
                _draw_version(version)
            else:
                _draw_rooms(counted)
        if keys.button(translate("Keys"), key="keys"):
            open_dialog(translate("Keys"), _draw_keys)
        with language:
            _draw_language()
        with account:
            draw_account()
    shown = version or (queue.version if queue is not None else None)
    if shown is not None:
        _draw_closed(shown)
        _draw_newer(shown)


def _draw_closed(version: ArticleVersion) -> None:
    """Say on every page of a closed version as of when it is shown."""
    with get_application().reading() as work:
        closing = find_closing(work, version.id)
    if closing is None:
        return
    moment, locale = closing.shown_as_of, get_locale()
    when = "" if moment is None else format_moment(moment, locale)
    told = tell_closing(closing.state, when, locale)
    draw_html(Html('<p class="konkyo message" role="status">{}</p>').format(told))


def _draw_newer(version: ArticleVersion) -> None:
    """Say on every page of an older version that it can only be read, and lead to the newest."""
    translate = get_translate()
    with get_application().reading() as work:
        newer = work.articles.find_newer(version.id)
    if newer is None:
        return
    told = translate(
        "Version {number} of this article exists: this older one can only be read. A claim that stands"
        " unchanged in both opens in version {number}."
    )
    words = told.format(number=newer.number)
    with st.container(key="newer_version", horizontal=True, gap="small", vertical_alignment="center"):
        draw_html(Html('<p class="konkyo message refused" role="status">{}</p>').format(words))
        st.button(
            translate("Open version {number}").format(number=newer.number),
            key="open_newer",
            on_click=go,
            kwargs={"version": newer.id},
            type="primary",
        )


def _draw_rooms(counted: bool) -> None:
    """The ways to "My work" and to the rooms that are open to the person, each with how much waits there."""
    if not counted:
        refresh_counts()
    user = get_user()
    with get_application().reading() as work:
        waiting, news = count_work(work, user), count_news(work, user)
    counts = {"": sum(waiting.values()), "overview": sum(waiting.get(stage, 0) for stage in OF_EDITOR)}
    with st.container(key="rooms", horizontal=True, gap="small"):
        for room, name in (("", mark("My work")), *list_rooms(user)):
            st.button(
                _add_count(name, counts.get(room, 0)),
                key=f"room_{room or 'work'}",
                on_click=go,
                kwargs={"room": room} if room else {},
                type="secondary" if room == find_room() else "tertiary",
            )
        _draw_news(news)


def _draw_news(count: int) -> None:
    """The way to what is new to the person, where anything is."""
    if count:
        st.button(_add_count(mark("Notices"), count), key="room_news", on_click=go, type="tertiary")


def _add_count(name: str, count: int) -> str:
    """The name of a room, with how much waits there."""
    translate = get_translate()
    return (
        translate("{name} ({count})").format(name=translate(name), count=count) if count else translate(name)
    )


def _draw_version(version: ArticleVersion) -> None:
    translate = get_translate()
    told = translate("version {number}").format(number=version.number)
    draw_html(Html('<p class="konkyo trail"><b>{}</b> · {}</p>').format(version.article.title, told))


def draw_version_rooms(version_id: int) -> None:
    """Draw the ways from a version to its queue and to those of its rooms that are open to the person."""
    with get_application().reading() as work:
        flags = count_flags(work, version_id)
    with st.container(key="version_rooms", horizontal=True, gap="small"):
        for room, name in (("", mark("Claims")), *list_version_rooms(get_user())):
            st.button(
                _add_count(name, flags if room == "author" else 0),
                key=f"version_room_{room or 'queue'}",
                on_click=go,
                kwargs={"version": version_id, **({"room": room} if room else {})},
                type="secondary" if room == find_room() else "tertiary",
            )


def _draw_place(queue: Queue | Surroundings, on_claim: bool) -> None:
    translate = get_translate()
    count, graded = queue.count, queue.graded
    # A reviewer's own grade counts here before the claim is settled; on the board it does not yet.
    counted = (
        translate("{graded} of {count} graded, your own included")
        if may(get_user(), Permission.GRADE)
        else translate("{graded} of {count} graded")
    )
    told = counted.format(graded=graded, count=count)
    version = translate("version {number}").format(number=queue.version.number)
    words = Html("{} · <b>{}</b> · {}").format(told, queue.version.article.title, version)
    back, title = st.columns([1.6, 6], vertical_alignment="center") if on_claim else (None, None)
    if back is not None:
        back.button(
            translate("Queue"),
            key="to_queue",
            on_click=go,
            kwargs={"version": queue.version.id},
        )
    draw_html(
        Html('<p class="konkyo trail">{}</p>{}').format(words, render_progress(graded, count, told)), title
    )


def render_progress(graded: int, count: int, told: str) -> Html:
    """A bar of how far a review has come as HTML; ``told`` says the same in words."""
    share = round(100 * graded / count) if count else 0
    return Html(
        '<div class="konkyo progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" '
        'aria-valuenow="{}" aria-label="{}"><span style="width:{}%"></span></div>'
    ).format(share, told, share)


def _draw_language() -> None:
    st.session_state.setdefault("locale", get_locale())
    st.segmented_control(
        "言語 / Language",
        LOCALES,
        format_func=_LANGUAGES.__getitem__,
        key="locale",
        required=True,
        on_change=_keep_language,
        label_visibility="collapsed",
    )


def _keep_language() -> None:
    """Keep the chosen language in the address, so that it survives a reload."""
    st.query_params["lang"] = get_locale()


def _draw_keys() -> None:
    translate = get_translate()
    rows = Html().join(
        Html("<tr><th>{}</th><td>{}</td></tr>").format(keys, translate(words)) for keys, words in _KEYS
    )
    draw_html(Html('<table class="konkyo keys">{}</table>').format(rows))
    close_or_tell(draw_way_to_practice("practice_keys"))
