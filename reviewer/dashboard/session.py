"""What one browser session holds: the place that is open, who reviews, and in which language.

The place stands in the address, so that it can be reloaded and sent to a colleague; the reviewer does not.
"""

from __future__ import annotations

from typing import cast

import streamlit as st

from claims.errors import KonkyoError, RuleRefused
from reviewer.bootstrap import House, open_house
from reviewer.i18n import LOCALES, Translate, translator
from reviewer.sentences import tell_error
from reviewer.settings import Settings, load_settings


def get_house() -> House:
    """The house of this server's settings, opened once."""
    return _open_house(load_settings())


@st.cache_resource(
    show_spinner=False, hash_funcs={Settings: lambda settings: f"{settings.home} {settings.database_url}"}
)
def _open_house(settings: Settings) -> House:
    return open_house(settings)


def get_locale() -> str:
    """The language of the screen: as chosen, else as the address or the browser asks, else Japanese."""
    asked = st.query_params.get("lang") or (st.context.locale or "")[:2]
    chosen = st.session_state.get("locale") or asked
    return chosen if chosen in LOCALES else LOCALES[0]


def get_translate() -> Translate:
    """What turns an English message into the language of the screen."""
    return translator(get_locale())


def find_reviewer() -> str:
    """The reviewer's name as typed, "" until there is one."""
    return cast(str, st.session_state.get("reviewer", "")).strip()


def require_reviewer() -> str:
    """The reviewer's name. Raises ``RuleRefused`` while there is none."""
    if not find_reviewer():
        raise RuleRefused("reviewer_missing")
    return find_reviewer()


def find_place(name: str) -> int | None:
    """The number of the ``version`` or ``claim`` that is open, or ``None``."""
    number = st.query_params.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None


def open_place(**place: int) -> None:
    """Open the page of ``version=`` or ``claim=``; without either, the list of articles."""
    language = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
    st.query_params.from_dict({**language, **{name: str(number) for name, number in place.items()}})
    st.session_state.pop("message", None)


def get_focus(claim_id: int) -> int:
    """Which citation of the claim is being read, counted from 0 in the order shown."""
    return cast(int, st.session_state.get(f"focus_{claim_id}", 0))


def set_focus(claim_id: int, place: int) -> None:
    """Read the citation at ``place``."""
    st.session_state[f"focus_{claim_id}"] = place


def keep_message(kind: str, sentence: str) -> None:
    """Keep a sentence to be shown once: ``saved`` or ``refused``."""
    st.session_state["message"] = (kind, sentence)


def keep_refusal(error: KonkyoError) -> None:
    """Keep the sentence of a refused step, which says what is missing."""
    keep_message("refused", tell_error(error, get_translate()))


def take_message() -> tuple[str, str] | None:
    """The kind and sentence of the last step, if it left one."""
    return cast("tuple[str, str] | None", st.session_state.pop("message", None))
