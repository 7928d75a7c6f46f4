"""A line that tells of a version, with the way to the page on which its publication is decided."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_translate, open_place
from reviewer.markup import Html


def draw_version_line(told: Html, version_id: int, key: str) -> None:
    """Draw what is told of the version, and beside it the button that opens it."""
    words, way = st.columns([8, 2], vertical_alignment="center")
    draw_html(told, words)
    draw_way_to_version(way, version_id, key)


def draw_way_to_version(place: DeltaGenerator, version_id: int, key: str) -> None:
    """Draw the button that opens the version for an editor."""
    place.button(
        get_translate()("Open"),
        key=f"{key}_{version_id}",
        on_click=open_place,
        kwargs={"room": "editor", "version": version_id},
        width="stretch",
    )
