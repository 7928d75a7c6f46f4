"""What a clinic's rule pointed at stays with the stored claim, whatever becomes of the rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claims.articles import parse_article
from claims.errors import RoleRefused, SettingsError, VersionConflict
from claims.extraction.house_rules import HouseRule
from claims.records.article import Language
from claims.records.audit import AuditAction
from claims.records.claim import WordingRisk, WordingRule
from claims.records.people import User
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, open_application
from reviewer.dashboard.components.claim import render_risks
from reviewer.dashboard.components.flags import render_flag
from reviewer.exports.report import build_report
from reviewer.exports.reviewed import load_reviewed
from reviewer.exports.wording_rules import export_wording_rules
from reviewer.i18n import translator
from reviewer.moments import find_machine_zone
from reviewer.rules.flags import raise_flags
from reviewer.settings import Settings
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.wording_rules import keep_wording_rules
from tests.databases import make_database
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A

TEXT = "# 治療\nきらめき点滴は髪を増やします。"
ROW = "phrase\tlanguage\treason\talternative\nきらめき点滴\tja\t院内の理由\t成分名\n"


def test_a_rule_that_left_the_table_still_speaks_in_an_article_it_was_read_by(tmp_path: Path) -> None:
    table = tmp_path / "rules.tsv"
    table.write_text(ROW, encoding="utf-8")
    settings = Settings(tmp_path, make_database(tmp_path / "konkyo.db"), wording_rules=table)
    application = open_application(settings)
    with application.work() as work:
        version = ingest_article(work, parse_article(TEXT), OPERATOR, application.now()).version
    later = open_application(replace(settings, wording_rules=None))
    assert later.house_rules().rules == ()
    with later.work() as work:
        reviewed = load_reviewed(work, version.id, find_machine_zone())
    (dossier,) = reviewed.dossiers
    (risk,) = dossier.claim.claim.wording_risks
    assert risk == WordingRisk(WordingRule.HOUSE, "きらめき点滴", 5, 11, "院内の理由", "成分名")
    told = "house: きらめき点滴 (要確認) 院内の理由 → 成分名"
    assert build_report(reviewed)[0]["wording_risks"] == told
    (flag,) = [flag for flag in raise_flags(dossier) if flag.risk is not None]
    for shown in (
        render_risks(dossier.claim.claim, "ja"),
        render_flag(flag, translator("ja"), "ja"),
    ):
        assert "院内の理由" in shown
        assert "→ 成分名" in shown


HEAD = "phrase\tlanguage\treason\talternative\n"
WATER, SPA = "水\tja\t理由\t\n", "湯\tja\t理由\t\n"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    """A house whose file has the rule ``ROW``."""
    table = tmp_path / "rules.tsv"
    table.write_text(ROW, encoding="utf-8")
    return open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db"), wording_rules=table))


def keep(application: Application, rows: str, seen: int, who: User = EDITOR) -> None:
    with application.work() as work:
        keep_wording_rules(work, (HEAD + rows).encode(), "new.tsv", seen, who, application.now())


def test_rules_kept_in_the_room_hold_beside_those_of_the_file_and_each_change_is_told(
    application: Application,
) -> None:
    keep(application, WATER + SPA, 0)
    keep(application, SPA + "茶\tja\t理由\t\n", 1, ADMIN)
    assert [rule.phrase for rule in application.house_rules().rules] == ["きらめき点滴", "湯", "茶"]
    with application.work() as work:
        version = ingest_article(
            work, parse_article("茶は髪を増やします。"), OPERATOR, application.now()
        ).version
        (claim,) = work.claims.list_claims(version.id)
        told = work.audit.list_entries(action=AuditAction.WORDING_RULES_CHANGED)
    assert [risk.words for risk in claim.claim.wording_risks] == ["茶"]
    assert [(entry.actor, entry.subject, dict(entry.values)) for entry in told] == [
        (ADMIN.name, "wording_rules:2", {"rules": "2", "added": "茶", "removed": "水"}),
        (EDITOR.name, "wording_rules:1", {"rules": "2", "added": "水; 湯", "removed": ""}),
    ]


@pytest.mark.parametrize("who", [AUTHOR, A, JUDGE], ids=lambda who: who.name)
def test_the_rules_are_changed_by_editors_and_administrators_alone(
    application: Application, who: User
) -> None:
    with pytest.raises(RoleRefused):
        keep(application, WATER, 0, who)
    assert [rule.phrase for rule in application.house_rules().rules] == ["きらめき点滴"]


def test_a_table_that_others_changed_meanwhile_is_not_replaced(application: Application) -> None:
    keep(application, WATER, 0)
    with pytest.raises(VersionConflict):
        keep(application, SPA, 0)
    assert [rule.phrase for rule in application.house_rules().rules] == ["きらめき点滴", "水"]


def test_a_phrase_of_the_file_is_refused_at_its_line_in_whatever_form(application: Application) -> None:
    with pytest.raises(SettingsError) as refusal:
        keep(application, WATER + "\u200bきらめき点滴 \tja\t別の理由\t\n", 0)
    assert (refusal.value.code, refusal.value.values["line"]) == ("wording_rules_in_file", 3)


def test_a_rule_of_the_file_goes_before_one_that_was_kept_first(application: Application) -> None:
    later = replace(application.settings, wording_rules=None)
    keep(open_application(later), "きらめき点滴\tja\t画面の理由\t\n", 0)
    assert application.house_rules().rules == (
        HouseRule("きらめき点滴", Language.JA, "院内の理由", "成分名"),
    )


def test_the_table_that_is_taken_out_holds_the_rules_that_were_kept_last_and_no_others(
    application: Application,
) -> None:
    with application.work() as work:
        assert export_wording_rules(work, EDITOR).decode("utf-8-sig") == HEAD.replace("\n", "\r\n")
    keep(application, WATER + SPA, 0)
    keep(application, SPA, 1)
    with application.work() as work:
        assert export_wording_rules(work, ADMIN).decode("utf-8-sig") == (HEAD + SPA).replace("\n", "\r\n")
        with pytest.raises(RoleRefused):
            export_wording_rules(work, AUTHOR)
