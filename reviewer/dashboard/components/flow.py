"""The flow of records of a version: how many were found, on topic, judged and supporting, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from reviewer.dashboard.components.drawing import draw_html, draw_note, render_table
from reviewer.dashboard.components.exports import draw_export_buttons
from reviewer.dashboard.session import get_translate, get_user
from reviewer.dashboard.times import get_zone
from reviewer.exports.flow_table import ALL, ARTICLE, SINCE, build_flow_table
from reviewer.exports.table import ExportRequest, Row
from reviewer.i18n import Translate, mark
from reviewer.workflow.viewing import VersionView

_HEADS = (
    mark("Claim"),
    mark("Brought by searches"),
    mark("On topic"),
    mark("Judged"),
    mark("Supporting"),
)
_COUNTS = ("shown_count", "on_topic_count", "judged_count", "supporting_count")


def draw_flow(view: VersionView) -> None:
    """Draw the counts of each claim and of the article, what came since publication apart, and the table's
    buttons."""
    translate = get_translate()
    with st.expander(translate("Flow of records"), key="flow"):
        request = ExportRequest(view.version.id, get_user(), get_zone())
        rows = build_flow_table(view.version, view.dossiers, *view.flow, request)
        draw_html(render_table(map(translate, _HEADS), _list_cells(rows, translate)))
        draw_note(translate("The table has each search by itself, with the number of all that it found."))
        draw_export_buttons(view.version.id, "flow")


def _list_cells(rows: list[Row], translate: Translate) -> Iterator[tuple[str, ...]]:
    for row in rows:
        name = {
            ALL: row["claim_no"],
            SINCE: translate("{claim}, since publication").format(claim=row["claim_no"]),
            ARTICLE: translate("all claims"),
        }.get(row["flow_of"])
        if name is not None:
            yield (name, *(row[column] or "–" for column in _COUNTS))
