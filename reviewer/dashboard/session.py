"""What one browser session holds: the page that is open, who reviews, and in which language."""

from __future__ import annotations

from typing import cast

import streamlit as st

from claims.errors import KonkyoError
from reviewer.bootstrap import House, open_house
from reviewer.i18n import LOCALES, Translate, translator
from reviewer.sentences import tell_error
from reviewer.settings import load_settings


@st.cache_resource
def get_house() -> House:
    """The house of this server, opened once."""
    return open_house(load_settings())


def get_locale() -> str:
    """The language of the screen: Japanese until somebody switches."""
    return cast(str, st.session_state.get("locale") or LOCALES[0])


def get_translate() -> Translate:
    """What turns an English message into the language of the screen."""
    return translator(get_locale())


def get_reviewer() -> str:
    """The reviewer's name as typed, "" until there is one."""
    return cast(str, st.session_state.get("reviewer", "")).strip()


def get_version_id() -> int | None:
    """The article version that is open."""
    return cast("int | None", st.session_state.get("version_id"))


def get_place(name: str) -> int:
    """Which claim (``claim``) or citation (``citation``) is in focus, counted from 0."""
    return cast(int, st.session_state.get(name, 0))


def open_version(version_id: int) -> None:
    """Show the article's claims, from the first one."""
    st.session_state.update(version_id=version_id, page="queue", claim=0, citation=0)


def open_page(page: str) -> None:
    """Show ``articles``, ``queue`` or ``grading``."""
    st.session_state["page"] = page


def go_to_claim(place: int) -> None:
    """Put the claim at ``place`` into focus, with its first citation."""
    st.session_state.update(page="grading", claim=place, citation=0)
    st.session_state.pop("refusal", None)


def go_to_citation(place: int) -> None:
    """Put the citation at ``place`` into focus."""
    st.session_state["citation"] = place


def keep_refusal(error: KonkyoError) -> None:
    """Keep the sentence of a refused step, to be shown until the next one."""
    st.session_state["refusal"] = tell_error(error, get_translate())


def take_refusal() -> str:
    """The sentence of the last refused step, "" when the last one went through."""
    return cast(str, st.session_state.pop("refusal", ""))
