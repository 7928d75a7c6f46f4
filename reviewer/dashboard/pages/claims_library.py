"""The claims library: every settled claim of the house, by words in either language and by filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from claims.errors import StoreError
from claims.records.assessment import SupportGrade
from claims.records.claim import ClaimType
from claims.records.known_claim import KnownFilter
from reviewer.dashboard.components.drawing import draw_heading, draw_html, draw_note, render_table
from reviewer.dashboard.components.known_claims import list_cells
from reviewer.dashboard.components.message import draw_message
from reviewer.dashboard.components.standard_wordings import draw_wordings
from reviewer.dashboard.navigation import draw_bar
from reviewer.dashboard.session import get_application, get_locale, get_translate, get_user, note_refusal
from reviewer.i18n import mark
from reviewer.labels import TYPE_LABELS, grade_label
from reviewer.workflow.known_claims import LONGEST_ASKED, KnownPlace, search_known, take_in
from reviewer.workflow.standard_wordings import list_wordings

SHOWN_AT_ONCE = 25
_LEVELS = (1, 2, 3, 4, 5)
_AGES = {1: mark("in the last year"), 2: mark("in the last two years"), 5: mark("in the last five years")}
_Choice = TypeVar("_Choice")
_HEADS = (mark("Claim"), mark("Grade"), mark("Type"), mark("Evidence"), mark("Article"), mark("Settled"))


def draw_claims_library() -> None:
    """Draw the settled claims that were asked for, those settled last first."""
    translate = get_translate()
    draw_bar()
    draw_heading(translate("Claims library"))
    draw_note(translate("What was graded before, over all articles: open a claim to see its papers."))
    draw_message()
    is_whole = _take_in()
    words, asked = _draw_fields()
    most = int(st.session_state.get("library_shown", SHOWN_AT_ONCE))
    with get_application().reading() as work:
        found = search_known(work, words, asked, get_user(), most + 1)
        wordings = list_wordings(work, get_user())
    if not is_whole:
        st.info(translate("Claims settled earlier are still being taken in: look again in a moment."))
    if found:
        _draw_found(found, most)
    else:
        _tell_nothing(is_asked=bool(words) or asked != KnownFilter())
    draw_wordings(wordings, found[:most])


def _draw_found(found: Sequence[KnownPlace], most: int) -> None:
    translate, locale = get_translate(), get_locale()
    rows = (list_cells(place, locale) for place in found[:most])
    draw_html(render_table(map(translate, _HEADS), rows, css="konkyo table known"))
    if len(found) > most:
        st.button(translate("Show more"), key="library_more", on_click=_show_more, args=(most,))


def _tell_nothing(is_asked: bool) -> None:
    translate = get_translate()
    if is_asked:
        st.info(translate("No settled claim speaks of this. Fewer or other words may find one."))
    else:
        st.info(translate("No claim is settled yet. Those that are stand here for every later article."))


def _take_in() -> bool:
    """Whether all that was settled can be found; a database that only reads now shows what it had."""
    try:
        return take_in(get_application().work)
    except StoreError as error:
        note_refusal(error)
        return False


def _draw_fields() -> tuple[str, KnownFilter]:
    """Draw the field of words and the filters; what they ask for."""
    translate, locale = get_translate(), get_locale()
    with st.container(key="library_fields"):
        find, substance, condition = st.columns([4, 2.7, 2.7], vertical_alignment="bottom")
        grade, kind, level, age = st.columns(4, vertical_alignment="bottom")
        words = _draw_words(
            find,
            "words",
            translate("Words"),
            translate("a substance, a condition, an effect; Japanese or English"),
        )
        given = _draw_words(
            substance, "substance", translate("Substance or treatment"), translate("minoxidil, laser")
        )
        treated = _draw_words(
            condition, "condition", translate("Condition or outcome"), translate("hair loss, pain")
        )
        every = translate("all")
        chosen_grade = _draw_choice(
            grade, "grade", translate("Grade"), every, {one: grade_label(one, locale) for one in SupportGrade}
        )
        chosen_type = _draw_choice(
            kind, "type", translate("Type"), every, {one: translate(TYPE_LABELS[one]) for one in ClaimType}
        )
        told = translate("level {level} or better")
        chosen_level = _draw_choice(
            level, "level", translate("Evidence"), every, {one: told.format(level=one) for one in _LEVELS}
        )
        ages = {years: translate(words) for years, words in _AGES.items()}
        years = _draw_choice(age, "age", translate("Settled"), translate("at any time"), ages)
    since = None if years is None else datetime.now(UTC) - timedelta(days=365 * years)
    return words, KnownFilter(chosen_grade, chosen_type, chosen_level, since, given, treated)


def _draw_words(place: DeltaGenerator, name: str, label: str, example: str) -> str:
    """Draw one field of words; what is typed there."""
    return place.text_input(
        label,
        key=f"library_{name}",
        max_chars=LONGEST_ASKED,
        placeholder=example,
        on_change=_begin_anew,
    ).strip()


def _draw_choice(
    place: DeltaGenerator, name: str, label: str, none: str, choices: Mapping[_Choice, str]
) -> _Choice | None:
    """Draw one filter; what is chosen, ``None`` for ``none``."""
    return place.selectbox(
        label,
        [None, *choices],
        format_func=lambda one: none if one is None else choices[one],
        key=f"library_{name}",
        on_change=_begin_anew,
    )


def _begin_anew() -> None:
    st.session_state.pop("library_shown", None)


def _show_more(shown: int) -> None:
    st.session_state["library_shown"] = shown + SHOWN_AT_ONCE
