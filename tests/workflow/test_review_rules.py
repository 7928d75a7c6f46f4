"""Rules on review dates that people keep on a page: told in the trail, and in force at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import RoleRefused, SettingsError, VersionConflict
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from claims.records.people import User
from reviewer.bootstrap import Application, open_application
from reviewer.exports.review_rules import export_review_rules
from reviewer.review_rules import MOST_RULES, check_review_rules
from reviewer.settings import Settings
from reviewer.workflow.review_rules import keep_review_rules
from tests.databases import make_database
from tests.workflow.clinic import ADMIN, AUTHOR, EDITOR, JUDGE, A

HEAD = "months\ttype\tlevel\tdesign\twords\treason\n"
SAFETY, DRUG, FALLBACK = "3\tsafety\t\t\t\t院内規定\n", "2\t\t\t\t見本薬\t重点製品\n", "24\t\t\t\t\t期限\n"
IN_FILE = "9\tguideline\t\t\t\tファイル\n"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    """A house whose file has one rule."""
    table = tmp_path / "rules.tsv"
    table.write_text(HEAD + IN_FILE, encoding="utf-8")
    return open_application(Settings(tmp_path, make_database(tmp_path / "konkyo.db"), review_rules=table))


def keep(application: Application, rows: str, seen: int, who: User = EDITOR) -> None:
    of_file = application.file_review_rules.of_file
    with application.work() as work:
        keep_review_rules(work, (HEAD + rows).encode(), "new.tsv", of_file, seen, who, application.now())


def months_of(application: Application, kind: ClaimType | None, words: str = "") -> list[int]:
    asked = kind, None, None, words
    return [rule.months for rule in application.review_rules.rules if rule.conditions == asked]


def test_rules_are_added_changed_and_withdrawn_without_a_restart(application: Application) -> None:
    shipped, digest = months_of(application, ClaimType.SAFETY), application.review_rules.digest
    keep(application, SAFETY + DRUG + FALLBACK, 0)
    assert months_of(application, ClaimType.SAFETY) == [3] != shipped
    assert months_of(application, None, "見本薬") == [2]
    assert months_of(application, None) == [24], "in place of KONKYO_REVIEW_MONTHS"
    assert months_of(application, ClaimType.GUIDELINE) == [9], "that of the file stands beside them"
    assert application.review_rules.digest != digest, "days are counted anew"
    keep(application, SAFETY.replace("3", "4"), 1, ADMIN)
    assert months_of(application, ClaimType.SAFETY) == [4]
    assert months_of(application, None, "見本薬") == []
    keep(application, "", 2)
    assert months_of(application, ClaimType.SAFETY) == shipped
    assert application.review_rules.digest == digest


def test_each_change_stands_in_the_trail_with_what_it_added_and_took_out(application: Application) -> None:
    keep(application, SAFETY, 0)
    keep(application, DRUG, 1, ADMIN)
    with application.work() as work:
        told = work.audit.list_entries(action=AuditAction.REVIEW_RULES_CHANGED)
    assert {(entry.actor, entry.subject, entry.values) for entry in told} == {
        (EDITOR.name, "review_rules:1", (("rules", "1"), ("added", "3 (safety)"), ("removed", ""))),
        (
            ADMIN.name,
            "review_rules:2",
            (("rules", "1"), ("added", "2 (見本薬)"), ("removed", "3 (safety)")),
        ),
    }


def test_what_another_changed_meanwhile_is_not_written_over(application: Application) -> None:
    keep(application, SAFETY, 0)
    with pytest.raises(VersionConflict):
        keep(application, DRUG, 0)
    assert months_of(application, ClaimType.SAFETY) == [3]


@pytest.mark.parametrize("who", [AUTHOR, A, JUDGE], ids=lambda who: who.name)
def test_nobody_else_changes_or_takes_them_out(application: Application, who: User) -> None:
    with pytest.raises(RoleRefused):
        keep(application, SAFETY, 0, who)
    with application.work() as work, pytest.raises(RoleRefused):
        export_review_rules(work, who)


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        (SAFETY + SAFETY, "review_rules_twice", 3),
        (SAFETY + IN_FILE, "review_rules_in_file", 3),
        ("0\t\t\t\t\tx\n", "review_rules_months", 2),
        ("six\t\t\t\t\tx\n", "review_rules_cell", 2),
        ("6\t\t9\t\t\tx\n", "review_rules_level", 2),
        ("6\t\t\t\t\t\n", "wording_rules_empty", 2),
        ("6\t\t\t\t!!\tx\n", "wording_rules_no_word", 2),
        (f"6\t\t\t\t\t{'x' * 1001}\n", "wording_rules_cell_too_long", 2),
        ("6\t\t\t\t\tx\ty\n", "wording_rules_cells", 2),
        (
            "".join(f"6\t\t\t\tw{n}\tx\n" for n in range(MOST_RULES + 1)),
            "wording_rules_too_many",
            MOST_RULES + 2,
        ),
    ],
)
def test_a_faulty_table_is_refused_as_a_whole_with_its_line(
    application: Application, rows: str, code: str, line: int
) -> None:
    with pytest.raises(SettingsError) as refused:
        keep(application, rows, 0)
    assert (refused.value.code, refused.value.values["line"]) == (code, line)
    assert "valid" not in str(refused.value.values), "no words of the programming language"
    assert months_of(application, ClaimType.SAFETY) != [3]


def test_every_line_is_told_though_one_before_it_is_at_fault() -> None:
    checked = check_review_rules((HEAD + "0\t\t\t\t\tx\n" + SAFETY).encode(), "t.tsv")
    assert [line for line, _ in checked] == [2, 3]
    assert [isinstance(found, SettingsError) for _, found in checked] == [True, False]


def test_a_table_that_is_taken_out_comes_back_as_it_was(application: Application) -> None:
    keep(application, SAFETY + "6\t\t3\tcohort\t見本\t=1+1\n", 0)
    with application.work() as work:
        former, raw = work.review_rules.find_latest(), export_review_rules(work, EDITOR)
    assert former is not None
    keep(application, "", 1)
    with application.work() as work:
        kept = keep_review_rules(work, raw, "out.tsv", (), 2, EDITOR, application.now())
    assert kept.rules == former.rules
