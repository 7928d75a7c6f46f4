"""The button that downloads the report of a version."""

from __future__ import annotations

import streamlit as st

from reviewer.dashboard.session import get_house, get_locale, get_translate, get_user
from reviewer.exports.exporting import export_report, record_export


def draw_report_button(version_id: int) -> None:
    """Draw the button; the report is made when it is pressed, from what is stored then."""
    house, user, locale, translate = get_house(), get_user(), get_locale(), get_translate()

    def make_report() -> bytes:
        with house.reading() as work:
            report = export_report(work, version_id, locale)
        with house.work() as work:
            record_export(work, version_id, "claims", user, house.now())
        return report

    st.download_button(
        translate("Report (CSV)"),
        make_report,
        file_name=f"konkyo-report-{version_id}.csv",
        mime="text/csv",
        key=f"report_{version_id}",
        on_click="ignore",
        width="content",
    )
