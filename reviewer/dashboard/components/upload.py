"""Bringing an article in from the page: a file or pasted text, as a new article or as the next version."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.actions.ingesting import bring_in
from reviewer.dashboard.components.drawing import draw_html
from reviewer.dashboard.session import get_translate
from reviewer.markup import Html

# Streamlit's own words for its button are English only; its formats stand in the label.
_BUTTON = Html("""<style>
.st-key-upload_file section button p { font-size: 0; }
.st-key-upload_file section button::after { content: "%s"; }
.st-key-upload_file section > [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
</style>""")
_TYPES = ["txt", "md", "html", "htm", "docx", "pdf"]


def draw_upload(revises: int | None = None) -> None:
    """Draw the fields; ``revises`` is the version that the text replaces, ``None`` for a new article."""
    translate = get_translate()
    title = translate("Bring in the next version") if revises else translate("Bring in an article")
    with st.expander(title, key="upload"):
        draw_html(_BUTTON % translate("Choose a file"))
        file, text = st.columns([1, 1])
        file.file_uploader(
            translate("A file: text, Markdown, HTML, Word or PDF"), type=_TYPES, key="upload_file"
        )
        text.text_area(translate("Or paste the text"), key="upload_text", height=120)
        st.button(translate("Bring in"), key="bring_in", on_click=bring_in, args=(revises,), type="primary")
