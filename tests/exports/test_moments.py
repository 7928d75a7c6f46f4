"""Every export writes its days and times in the installation's zone, and says which."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from claims.errors import SettingsError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.review import ArticleVersion
from reviewer.exports.audit_table import AUDIT_COLUMNS, build_audit_table
from reviewer.exports.citation_table import build_citation_table
from reviewer.exports.report import build_report
from reviewer.exports.reviewed import Reviewed
from reviewer.exports.search_log import build_search_log
from reviewer.exports.to_csv import to_csv
from reviewer.moments import HOME_ZONE, find_machine_zone, format_local_day, format_moment, rewrite_moment
from reviewer.settings import load_settings
from tests.exports.test_report import a_dossier
from tests.factories import make_article, make_moment, make_run

TOKYO = ZoneInfo("Asia/Tokyo")
EVENING = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
MORNING = "2026-11-29T08:30:00+09:00"
VERSION = ArticleVersion(1, 1, 1, make_article(), make_moment())


def reviewed() -> Reviewed:
    dossier = a_dossier(1)
    checked = replace(dossier.findings[0].retraction, checked_at=EVENING)
    return Reviewed(
        VERSION,
        [
            replace(
                dossier,
                runs=(replace(make_run(), searched_at=EVENING),),
                findings=(replace(dossier.findings[0], retraction=checked),),
            )
        ],
        zone=TOKYO,
    )


def test_the_report_and_the_citation_table_tell_the_day_in_tokyo() -> None:
    (row,) = build_report(reviewed())
    assert f", {MORNING}, " in row["searches"]
    assert row["retraction_checked_at"] == MORNING
    (pair,) = build_citation_table(reviewed())
    assert pair["retraction_checked_at"] == MORNING


def test_the_search_log_tells_when_a_search_was_made_in_tokyo() -> None:
    (dossier,) = reviewed().dossiers
    (row,) = build_search_log(VERSION, [dossier.claim], {dossier.claim.id: dossier.runs}, TOKYO)
    assert row["searched_at"] == MORNING


def test_the_audit_trail_tells_its_details_in_the_same_zone() -> None:
    values = (("step", "grade"), ("of", "2026-11-28T14:26:00+00:00"), ("comment", "2026-11-28"))
    entry = AuditEntry(EVENING, "A", AuditAction.STEP_TAKEN_BACK, "claim:1", values)
    exported = to_csv(build_audit_table([entry], TOKYO), AUDIT_COLUMNS).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(exported, newline=""))
    assert row["at"] == MORNING
    assert row["values"] == "step: grade; of: 2026-11-28T23:26:00+09:00; comment: 2026-11-28"


@pytest.mark.parametrize("value", ["", "2026-11-28", "at 2026-11-28T14:26:00+00:00", "12:00", "supported"])
def test_what_is_no_moment_stays_as_it_is(value: str) -> None:
    assert rewrite_moment(value, TOKYO) == value


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Tokyo", "2026/11/29 8:30:00 JST"),
        ("UTC", "2026/11/28 23:30:00 UTC"),
        ("Asia/Kathmandu", "2026/11/29 5:15:00 UTC+05:45"),
        ("America/Sao_Paulo", "2026/11/28 20:30:00 UTC-03:00"),
    ],
)
def test_on_the_screen_a_moment_names_its_zone(zone: str, told: str) -> None:
    assert format_moment(EVENING, "ja", ZoneInfo(zone)) == told
    assert format_local_day(EVENING, "ja", ZoneInfo(zone)).startswith(told.split()[0])


def test_the_zone_is_set_or_the_machine_s_or_tokyo_s(tmp_path: Path) -> None:
    def zone(**environment: str) -> str:
        return load_settings({"HOME": str(tmp_path), **environment}, tmp_path).time_zone.key

    assert zone(KONKYO_TIME_ZONE="Europe/Berlin", TZ="Asia/Seoul") == "Europe/Berlin"
    assert zone(KONKYO_TIME_ZONE="UTC") == "UTC"
    assert zone(TZ="Asia/Seoul") == "Asia/Seoul"
    assert zone(TZ="UTC") == find_machine_zone().key != "UTC"
    assert ZoneInfo(HOME_ZONE) == TOKYO


@pytest.mark.parametrize("name", ["Tokyo", "JST+9", "../etc/passwd", "Asia", "アジア/東京"])
def test_a_name_that_is_no_zone_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        load_settings({"KONKYO_TIME_ZONE": name}, tmp_path)
    assert (refusal.value.code, refusal.value.values) == ("time_zone_unknown", {"zone": name})
