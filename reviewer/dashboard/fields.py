"""Fields of text that are empty again once what was typed is stored, in the browser as well.

A browser keeps what was typed as long as the field's key stays the same, and an empty value that is sent a
second time changes nothing: so each time a field is emptied it is drawn under another key.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from claims.records.draft import Draft


def name_field(field: str) -> str:
    """The key under which the field is drawn until it is emptied; the first time its own name."""
    emptied = st.session_state.get(_count_of(field), 0)
    return f"{field}_{emptied}" if emptied else field


def read_field(field: str) -> str:
    """What was typed into the field, "" where nothing was."""
    return str(read_chosen(field, ""))


def read_chosen(field: str, otherwise: Any) -> Any:
    """What was chosen in a field that is no text, or else ``otherwise``."""
    return st.session_state.get(name_field(field), otherwise)


def empty_fields(*fields: str) -> None:
    """Forget what was typed into these fields."""
    forget_typed(*map(name_field, fields))
    for field in fields:
        st.session_state.pop(name_field(field), None)
        st.session_state[_count_of(field)] = st.session_state.get(_count_of(field), 0) + 1


def forget_typed(*drawn: str) -> None:
    """Let the browser forget what was typed into the fields drawn under these keys: the server has it."""
    emptied = st.session_state.setdefault("forgotten_fields", [])
    emptied.extend((len(emptied) + place, field) for place, field in enumerate(drawn, start=1))


def list_forgotten() -> list[tuple[int, str]]:
    """The fields whose text the browser is to forget, each with its number in this browser session."""
    return list(st.session_state.get("forgotten_fields", []))


def begin_drafted() -> None:
    """No field is drawn yet whose text the browser sends while it is typed."""
    st.session_state["drafted_fields"] = {}


def note_drafted(drawn: str, draft: Draft) -> None:
    """Have the browser send what is typed in the field drawn under this key, as this draft."""
    field = draft.field.value if draft.field else ""
    told = {"claim": draft.claim_id, "field": field, "given": draft.given_before}
    st.session_state.setdefault("drafted_fields", {})[drawn] = told


def list_drafted() -> dict[str, dict[str, int | str]]:
    """The fields whose text the browser sends, each with the draft that it is."""
    return dict(st.session_state.get("drafted_fields", {}))


def take_typed(field: str) -> str:
    """What was typed into a field that must not keep it, as a password; it is empty from now on."""
    typed = read_field(field)
    empty_fields(field)
    return typed


def _count_of(field: str) -> str:
    return f"emptied:{field}"
