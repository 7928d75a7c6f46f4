"""The fields that take a file: an article, as a new one or as the next version, and rules of the clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reviewer.dashboard.actions.ingesting import bring_in
from reviewer.dashboard.actions.searching import LIST_FILE
from reviewer.dashboard.actions.wording_rules import (
    REVIEW_FILE,
    REVIEW_TEXT,
    RULES_FILE,
    RULES_TEXT,
    put_in_force,
    put_review_rules_in_force,
)
from reviewer.dashboard.components.drawing import draw_html, draw_note
from reviewer.dashboard.fields import name_field
from reviewer.dashboard.session import get_translate
from reviewer.markup import Html

# Streamlit's own words for its button are English only; its formats stand in the label. Beside a chosen file
# it draws buttons of other kinds, which are signs.
_BUTTON = Html("""<style>
[data-testid="stFileUploader"] [kind="secondary"] p { font-size: 0; }
[data-testid="stFileUploader"] [kind="secondary"]::after { content: "%s"; }
[data-testid="stFileUploader"] section > [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
</style>""")


def draw_upload(revises: int | None = None) -> None:
    """Draw the fields; ``revises`` is the version that the text replaces, ``None`` for a new article."""
    translate = get_translate()
    title = translate("Bring in the next version") if revises else translate("Add an article")
    with st.expander(title, key="upload"):
        file, text = st.columns([1, 1])
        _draw_file(translate("A file: text, Markdown, HTML, Word or PDF"), "upload_file", file)
        text.text_area(translate("Or paste the text"), key="upload_text", height=120)
        st.button(translate("Bring in"), key="bring_in", on_click=bring_in, args=(revises,), type="primary")


def draw_columns(words: str, columns: Iterable[str]) -> None:
    """Draw what is asked of a table; ``{columns}`` in the words are its columns as they are typed."""
    names = Html("<code>{}</code>").format(", ".join(columns))
    draw_note(Html.escape(words).format(columns=names))


def draw_rules_upload(seen: int) -> None:
    """Draw the fields for a table of rules; ``seen`` is the number of those in force, 0 for none."""
    _draw_rules_fields(RULES_FILE, RULES_TEXT)
    _draw_rules_button("put_in_force", put_in_force, seen)


def draw_review_rules_upload(seen: int) -> None:
    """As ``draw_rules_upload``, for the rules on when evidence is looked at again."""
    _draw_rules_fields(REVIEW_FILE, REVIEW_TEXT)
    _draw_rules_button("put_review_rules_in_force", put_review_rules_in_force, seen)


def _draw_rules_fields(file_field: str, text_field: str) -> None:
    translate = get_translate()
    file, text = st.columns([1, 1])
    _draw_file(translate("A table: TSV, or Excel's Unicode Text (*.txt)"), name_field(file_field), file)
    text.text_area(translate("Or paste the table from a spreadsheet"), key=name_field(text_field), height=120)


def _draw_rules_button(key: str, press: Callable[[int], None], seen: int) -> None:
    label = get_translate()("Put this table in force")
    st.button(label, key=key, on_click=press, args=(seen,), type="primary")


def draw_list_upload() -> None:
    """Draw the fields for a list of papers."""
    translate = get_translate()
    label = translate("A file: RIS, NBIB, BibTeX, CSL-JSON, or a list of PMIDs and DOIs")
    _draw_file(label, name_field(LIST_FILE), st.container())
    st.text_area(translate("Or paste the list"), key=name_field("brought_list"), height=120)


def _draw_file(label: str, key: str, place: DeltaGenerator) -> None:
    """Draw the field. It takes any file: which kind cannot be read, and why, our own readers say."""
    draw_html(_BUTTON % get_translate()("Choose a file"))
    place.file_uploader(label, key=key)
