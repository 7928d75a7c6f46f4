"""The buttons that download a table of a version: made when they are pressed, from what is stored then."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from reviewer.dashboard.actions.acting import make_later
from reviewer.dashboard.session import get_application, get_locale, get_translate
from reviewer.exports.exporting import export_report, export_search_log


def draw_report_button(version_id: int) -> None:
    """Draw the button of the report, in the language of the screen."""
    locale, zone = get_locale(), get_application().settings.time_zone
    st.download_button(
        get_translate()("Report (CSV)"),
        make_later(version_id, "claims", lambda work: export_report(work, version_id, zone, locale)),
        file_name=f"konkyo-report-{version_id}.csv",
        mime="text/csv",
        key=f"report_{version_id}",
        on_click="ignore",
        width="content",
    )


def draw_search_log_button(place: DeltaGenerator, version_id: int) -> None:
    """Draw the button of the search log."""
    zone = get_application().settings.time_zone
    place.download_button(
        get_translate()("Search log (CSV)"),
        make_later(version_id, "searches", lambda work: export_search_log(work, version_id, zone)),
        file_name=f"konkyo-searches-{version_id}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
