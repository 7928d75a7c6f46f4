"""What a clinic's rule pointed at stays with the stored claim, whatever becomes of the rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from claims.articles import parse_article
from claims.records.claim import WordingRisk, WordingRule
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.dashboard.components.claim import render_risks
from reviewer.dashboard.components.flags import render_flag
from reviewer.exports.report import build_report
from reviewer.exports.reviewed import load_reviewed
from reviewer.i18n import translator
from reviewer.moments import find_machine_zone
from reviewer.rules.flags import raise_flags
from reviewer.settings import Settings
from reviewer.workflow.ingesting import ingest_article
from tests.databases import make_database

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
    assert later.house_rules.rules == ()
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
