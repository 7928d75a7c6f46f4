"""The buttons that download a table: made when they are pressed, from what is stored then."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from reviewer.dashboard.actions.acting import export_later, make_later
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.exports.registry import FORMATS, TABLES
from reviewer.exports.wording_rules import export_wording_rules


def draw_export_buttons(
    version_id: int, table: str, width: Literal["content", "stretch"] = "content"
) -> None:
    """Draw a button for each format in which one of ``TABLES`` can be had, in the language of the screen."""
    translate, stem = get_translate(), TABLES[table].file_stem
    for ending, form in FORMATS.items():
        st.download_button(
            translate("{table} ({format})").format(table=translate(TABLES[table].title), format=form.name),
            export_later(version_id, table, ending, get_locale()),
            file_name=f"konkyo-{stem}-{version_id}.{ending}",
            mime=form.mime,
            key=f"{stem}_{ending}_{version_id}",
            on_click="ignore",
            width=width,
        )


def draw_rules_button() -> None:
    """Draw the button for the table of the clinic's own rules on wording."""
    st.download_button(
        get_translate()("Download the clinic's table (TSV)"),
        make_later(lambda work, viewer, _now: export_wording_rules(work, viewer)),
        file_name="konkyo-wording-rules.tsv",
        mime="text/tab-separated-values",
        key="rules_download",
        on_click="ignore",
    )
