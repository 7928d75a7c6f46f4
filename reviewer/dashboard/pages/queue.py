"""The queue of one article: its claims with their state, and the report."""

from __future__ import annotations

import streamlit as st

from claims.records.assessment import ClaimStatus
from reviewer.dashboard.session import get_house, get_locale, get_translate, get_version_id, go_to_claim
from reviewer.exports.exporting import export_report
from reviewer.labels import SEARCH_LABELS, STATUS_LABELS, TYPE_LABELS, grade_label
from reviewer.workflow.dossier import Dossier, load_version

_DONE = {ClaimStatus.GRADED, ClaimStatus.ADJUDICATED, ClaimStatus.DISMISSED}


def draw() -> None:
    """Draw the claims in the article's order; the filter leaves those still to grade."""
    translate = get_translate()
    version_id = get_version_id() or 0
    with get_house().work() as work:
        version, dossiers = load_version(work, version_id)
        report = export_report(work, version_id, get_locale())
    st.subheader(version.article.title)
    only_open, start, download = st.columns([3, 1.5, 1.5], vertical_alignment="center")
    open_claims = [n for n, dossier in enumerate(dossiers) if dossier.claim.status not in _DONE]
    waiting = only_open.toggle(translate("Only claims still to grade"), key="only_open")
    if open_claims:
        start.button(
            translate("Grade next (j)"),
            on_click=go_to_claim,
            args=(open_claims[0],),
            shortcut="j",
            type="primary",
        )
    download.download_button(
        translate("Report (CSV)"), report, file_name=f"konkyo-report-{version_id}.csv", mime="text/csv"
    )
    for place, dossier in enumerate(dossiers):
        if not waiting or place in open_claims:
            _draw_line(place, dossier)


def _draw_line(place: int, dossier: Dossier) -> None:
    translate = get_translate()
    number, text, kind, search, state = st.columns([0.8, 6, 1.5, 1.8, 1.8], vertical_alignment="center")
    number.button(
        str(dossier.claim.number), key=f"claim_{dossier.claim.id}", on_click=go_to_claim, args=(place,)
    )
    text.text(dossier.claim.claim.text)
    kind.caption(translate(TYPE_LABELS[dossier.claim.claim.type]))
    search.caption(translate(SEARCH_LABELS[dossier.search_status]))
    grade = dossier.grade
    status = translate(STATUS_LABELS[dossier.claim.status])
    state.caption(grade_label(grade.grade, get_locale()) if grade else status)
