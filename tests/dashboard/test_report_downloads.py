"""The pages where people expect a report offer it in every format, drawn once the menu is open."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from reviewer.exports.report_formats import REPORT_FORMATS
from tests.dashboard.conftest import OpenRoom
from tests.workflow.clinic import EDITOR, Clinic


def list_downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("place", [{}, {"version": 1}, {"room": "editor", "version": 1}])
@pytest.mark.parametrize(("lang", "csv"), [("en", "Report (CSV)"), ("ja", "報告書（CSV）")])
def test_a_page_offers_the_table_and_its_menu_every_format_of_the_report(
    clinic: Clinic, open_room: OpenRoom, place: dict[str, str | int], lang: str, csv: str
) -> None:
    app = open_room(EDITOR, lang, **place)
    assert not app.exception
    # The page of publication has the evidence packet and the flow of records, too.
    others = list_downloads(app)[1:]
    assert list_downloads(app)[:1] == [csv]
    assert len(others) == (3 + (lang == "ja") if place.get("room") == "editor" else 0)
    app.session_state[f"report_menu_{clinic.version_id}"] = True
    app.run()
    assert not app.exception
    named = ["報告書（CSV・日本語列名）"] if lang == "ja" else []
    assert list_downloads(app) == [csv, *(form.name for form in REPORT_FORMATS.values()), *named, *others]
