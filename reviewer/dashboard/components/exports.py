"""What downloads a report or a table: made when it is pressed, from what is stored then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from reviewer.dashboard.actions.acting import export_later, make_later, report_later
from reviewer.dashboard.session import get_locale, get_translate
from reviewer.exports.documents.to_pdf import is_pdf_written_here
from reviewer.exports.registry import DEFAULT_FORMAT, FORMATS, TABLES
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.review_rules import export_review_rules
from reviewer.exports.wording_rules import export_wording_rules

Width = Literal["content", "stretch"]


def draw_export_buttons(version_id: int, table: str) -> None:
    """Draw beside one another a button for each format in which one of ``TABLES`` can be had, in the language
    of the screen."""
    with st.container(horizontal=True, gap="small", key=f"exports_{table}"):
        for ending in FORMATS:
            _draw_table_button(version_id, table, ending, "content")
        _draw_named_button(version_id, table, "content")


def draw_report_downloads(version_id: int) -> None:
    """Draw the button of the report's table and, beside it, the menu of the whole report's formats.

    The report is in the language of the screen. What the menu offers is drawn once it is open.
    """
    translate = get_translate()
    with st.container(horizontal=True, gap="small", key=f"reports_{version_id}", width="content"):
        _draw_table_button(version_id, "claims", DEFAULT_FORMAT, "content")
        menu = st.popover(
            translate("Whole report"), key=f"report_menu_{version_id}", on_change="rerun", wrap=False
        )
        if menu.open:
            with menu:
                for ending, form in REPORT_FORMATS.items():
                    if ending != "pdf" or is_pdf_written_here():
                        _draw_button(
                            form.name,
                            report_later(version_id, ending, get_locale()),
                            f"report-{version_id}.{ending}",
                            form.mime,
                            f"whole_{ending}_{version_id}",
                            "stretch",
                        )
                _draw_named_button(version_id, "claims", "stretch")


def _draw_named_button(version_id: int, table: str, width: Width) -> None:
    """Draw the button of a table with column names in the language of the screen, where it is not English."""
    if get_locale() == "en":
        return
    translate, known, form = get_translate(), TABLES[table], FORMATS[DEFAULT_FORMAT]
    _draw_button(
        translate("{table} ({format}, columns in English)").format(
            table=translate(known.title), format=form.name
        ),
        export_later(version_id, table, DEFAULT_FORMAT, get_locale(), get_locale()),
        f"{known.file_stem}-{version_id}-{get_locale()}.{DEFAULT_FORMAT}",
        form.mime,
        f"{known.file_stem}_named_{version_id}",
        width,
    )


def _draw_table_button(version_id: int, table: str, ending: str, width: Width) -> None:
    translate, stem, form = get_translate(), TABLES[table].file_stem, FORMATS[ending]
    _draw_button(
        translate("{table} ({format})").format(table=translate(TABLES[table].title), format=form.name),
        export_later(version_id, table, ending, get_locale()),
        f"{stem}-{version_id}.{ending}",
        form.mime,
        f"{stem}_{ending}_{version_id}",
        width,
    )


def _draw_button(label: str, made: Callable[[], bytes], name: str, mime: str, key: str, width: Width) -> None:
    st.download_button(
        label, made, file_name=f"konkyo-{name}", mime=mime, key=key, on_click="ignore", width=width
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


def draw_review_rules_button() -> None:
    """Draw the button for the table of the clinic's own rules on when evidence is looked at again."""
    st.download_button(
        get_translate()("Download the clinic's table (TSV)"),
        make_later(lambda work, viewer, _now: export_review_rules(work, viewer)),
        file_name="konkyo-review-rules.tsv",
        mime="text/tab-separated-values",
        key="review_rules_download",
        on_click="ignore",
    )


def draw_file_button(
    label: str, make: Callable[[], bytes], file_name: str, mime: str, key: str, note: str | None = None
) -> None:
    """Draw the button for a file that is made once it is pressed; ``note`` tells what is in it."""
    st.download_button(
        label,
        make,
        file_name=file_name,
        mime=mime,
        key=key,
        on_click="ignore",
        width="stretch",
        help=note,
    )
