"""The script that Streamlit runs for each click: the page that is open."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import streamlit as st

from claims.errors import KonkyoError, NotFound, RoleRefused
from claims.records.people import User
from reviewer.dashboard.components.account import draw_way_in
from reviewer.dashboard.components.browser_scripts import set_page_language, watch_sign_in
from reviewer.dashboard.components.keys import hear_keys, print_keys
from reviewer.dashboard.effort_tracking import follow_visit
from reviewer.dashboard.fields import begin_drafted
from reviewer.dashboard.noticing import note_place
from reviewer.dashboard.page_registry import OWN_ROOM, PRACTICE_ROOM, ROOMS, VERSION_ROOMS, name_page
from reviewer.dashboard.pages.agreement import draw_agreement
from reviewer.dashboard.pages.audit import draw_audit
from reviewer.dashboard.pages.author import draw_author
from reviewer.dashboard.pages.board import draw_board
from reviewer.dashboard.pages.claims_library import draw_claims_library
from reviewer.dashboard.pages.editor import draw_editor
from reviewer.dashboard.pages.grading import draw_grading
from reviewer.dashboard.pages.own_account import draw_own_account
from reviewer.dashboard.pages.practice import draw_practice
from reviewer.dashboard.pages.queue import draw_queue
from reviewer.dashboard.pages.references import draw_references
from reviewer.dashboard.pages.search_log import draw_search_log
from reviewer.dashboard.pages.users import draw_users
from reviewer.dashboard.pages.watch import draw_watch
from reviewer.dashboard.pages.wording_rules import draw_wording_rules
from reviewer.dashboard.pages.work import draw_work
from reviewer.dashboard.session import (
    find_place,
    find_room,
    get_application,
    get_translate,
    keep_refusal,
    keep_user,
    note_refusal,
    open_place,
    open_session,
)
from reviewer.error_messages import describe_error
from reviewer.markup import escape_markdown
from reviewer.rules.permissions import require_permission


def draw_page(user: User | None) -> None:
    """Draw the page that the address names; one that is not there leads back to "My work"."""
    st.html(Path(__file__).with_name("style.css"))
    set_page_language()
    watch_sign_in()
    print_keys()
    ears = st.container(key="ears")
    begin_drafted()
    screen = None
    if user is None:
        draw_way_in()
    else:
        keep_user(user)
        screen = _draw_place(user)
        note_place(user, find_place("version"), find_place("claim"))
    with ears:
        hear_keys(user.name if user is not None else "", screen)


def _draw_place(user: User) -> dict[str, Any] | None:
    """Draw the page that the address names; what the browser is to know of the claim that is open."""
    claim_id, version_id = find_place("claim"), find_place("version")
    follow_visit(claim_id)
    try:
        if find_room() == PRACTICE_ROOM:
            return draw_practice()
        if find_room():
            _draw_room(find_room(), user, version_id)
        elif claim_id is not None:
            return draw_grading(claim_id)
        elif version_id is not None:
            draw_queue(version_id)
        else:
            draw_work()
    except KonkyoError as error:
        is_at_start = not find_room() and claim_id is None and version_id is None
        if isinstance(error, (NotFound, RoleRefused)) and not is_at_start:
            open_place()
            keep_refusal(error)
            st.rerun()
        note_refusal(error)
        st.error(escape_markdown(describe_error(error, get_translate())))
    return None


_DRAW = {
    "library": draw_claims_library,
    "overview": draw_board,
    "agreement": draw_agreement,
    "watch": draw_watch,
    "audit": draw_audit,
    "wording": draw_wording_rules,
    "users": draw_users,
}
_DRAW_OF_VERSION = {
    "author": draw_author,
    "editor": draw_editor,
    "searches": draw_search_log,
    "references": draw_references,
}


def _draw_room(room: str, user: User, version_id: int | None) -> None:
    """Draw the room. Raises ``RoleRefused`` for one that is not open to ``user``, ``NotFound`` for none."""
    if room in VERSION_ROOMS and version_id is not None:
        require_permission(user, VERSION_ROOMS[room][1])
        _DRAW_OF_VERSION[room](version_id)
    elif room == OWN_ROOM:
        draw_own_account()
    elif room in ROOMS:
        require_permission(user, ROOMS[room][1])
        _DRAW[room]()
    else:
        raise NotFound("room_not_found", room=room)


_log = logging.getLogger("konkyo.room")


def main() -> None:
    """Draw what the browser asks for, and log how long that took."""
    started = perf_counter()
    st.set_page_config(page_title="Konkyo 根拠", layout="wide", initial_sidebar_state="collapsed")
    user = open_session()
    claim, version = find_place("claim"), find_place("version")
    # One page of its own: otherwise Streamlit would offer each file beside this one as a page. It is named
    # after the person, and every field of it with it: what one typed is not sent again as another's, when a
    # browser that was left open reconnects.
    page = st.Page(
        partial(draw_page, user),
        title="Konkyo 根拠",
        url_path=f"person-{user.id if user else 0}",
        default=True,
    )
    st.navigation([page], position="hidden").run()
    seconds = perf_counter() - started
    name = name_page(find_room(), version is not None, claim is not None) if user else "way_in"
    get_application().metrics.time_page(name, seconds)
    told = {"event": "page_drawn", "page": name, "milliseconds": int(1_000 * seconds)}
    _log.info("drawn in %d ms", 1_000 * seconds, extra=told)


if __name__ == "__main__":
    main()
