"""The frame around every page: language, reviewer, and where one is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from reviewer.dashboard.pages import articles, grading, queue
from reviewer.dashboard.session import get_translate, get_version_id, open_page
from reviewer.i18n import LOCALES

_STYLE = Path(__file__).with_name("style.css")
_LANGUAGES = {"ja": "日本語", "en": "English"}


def draw() -> None:
    """Draw the page that is open."""
    st.set_page_config(page_title="Konkyo 根拠", layout="wide", initial_sidebar_state="collapsed")
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    page = st.session_state.get("page", "articles")
    _draw_bar(page)
    if page == "articles" or get_version_id() is None:
        articles.draw()
    elif page == "queue":
        queue.draw()
    else:
        grading.draw()


def _draw_bar(page: str) -> None:
    translate = get_translate()
    name, first, second, reviewer, language = st.columns([3, 1.3, 1.3, 2, 1.4], vertical_alignment="bottom")
    name.markdown("**根拠 Konkyo**")
    first.button(translate("Articles"), on_click=open_page, args=("articles",), key="to_articles")
    if page == "grading":
        second.button(translate("Queue"), on_click=open_page, args=("queue",), key="to_queue")
    reviewer.text_input(
        translate("Reviewer's name"),
        key="reviewer",
        placeholder=translate("Reviewer's name"),
        label_visibility="collapsed",
    )
    language.selectbox(
        "Language / 言語",
        LOCALES,
        format_func=_LANGUAGES.__getitem__,
        key="locale",
        label_visibility="collapsed",
    )
