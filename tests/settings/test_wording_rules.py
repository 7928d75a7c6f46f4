"""The clinic's table of wordings: as editors and spreadsheets save it, a fault named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import SettingsError
from claims.extraction.house_rules import HouseRule
from claims.records.article import Language
from reviewer.error_messages import describe_error
from reviewer.settings import Settings, load_settings
from reviewer.wording_rules import MOST_BYTES, MOST_RULES, check_wording_rules, load_wording_rules

TABLE = (
    "phrase\tlanguage\treason\talternative\n"
    "奇跡の水\tja\t根拠がない\t水\nglow drip\tEN\tno effect in a name\n"
)
RULES = (
    HouseRule("奇跡の水", Language.JA, "根拠がない", "水"),
    HouseRule("glow drip", Language.EN, "no effect in a name"),
)


def refuse(tmp_path: Path, raw: bytes) -> SettingsError:
    path = tmp_path / "rules.tsv"
    path.write_bytes(raw)
    with pytest.raises(SettingsError) as refusal:
        load_wording_rules(path)
    assert str(path) in describe_error(refusal.value)
    return refusal.value


@pytest.mark.parametrize(
    "raw",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
        TABLE.replace("\n", "\r\n").encode("utf-16"),
        TABLE.replace("根拠がない", '"根拠\nがない"').replace("水\n", "水\t\t\n\n\t\t\n").encode(),
        TABLE.replace("\tlanguage", "\tLanguage ").encode(),
        TABLE.replace("根拠がない", '"根拠がない"').encode(),
    ],
    ids=["utf-8", "bom", "crlf", "excel unicode text", "breaks, empty cells", "header", "quotes"],
)
def test_a_table_is_read_as_editors_and_excel_save_it(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "rules.tsv"
    path.write_bytes(raw)
    rules = load_wording_rules(path).rules
    assert [(r.phrase, r.language, r.reason.replace(" ", ""), r.alternative) for r in rules] == [
        (r.phrase, r.language, r.reason.replace(" ", ""), r.alternative) for r in RULES
    ]


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("", "wording_rules_column", 1),
        ("phrase\tlanguage\nx\tja\n", "wording_rules_column", 1),
        ("phrase\tlanguage\treason\talternatve\n", "wording_rules_header", 1),
        ("phrase\tlanguage\treason\treason\n", "wording_rules_header", 1),
        ("phrase\tlanguage\treason\n水\tja\t\n", "wording_rules_empty", 2),
        ("phrase\tlanguage\treason\n\n\u200b\tja\t理由\n", "wording_rules_empty", 3),
        ("phrase\tlanguage\treason\n水\tjp\t理由\n", "wording_rules_language", 2),
        ("phrase\tlanguage\treason\n。\tja\t理由\n", "wording_rules_no_word", 2),
        ("phrase\tlanguage\treason\n\ufe0f\tja\t理由\n", "wording_rules_no_word", 2),
        (
            "phrase\tlanguage\treason\n" + "".join(f"水{n}\tja\t理由\n" for n in range(MOST_RULES + 1)),
            "wording_rules_too_many",
            MOST_RULES + 2,
        ),
        ("phrase\tlanguage\treason\n水\tja\n", "wording_rules_empty", 2),
        ("phrase\tlanguage\treason\n水\tja\t理由\t案\n", "wording_rules_cells", 2),
        ("phrase\tlanguage\treason\n水\tja\t理由\nＡ\tja\t理由\na\tja\t理由\n", "wording_rules_twice", 4),
        (
            'phrase\tlanguage\treason\n水\tja\t理由\n"水の\tja\t理由\n湯\tja\t理由\n',
            "wording_rules_quotes",
            3,
        ),
        (f"phrase\tlanguage\treason\n{'水' * 201}\tja\t理由\n", "wording_rules_cell_too_long", 2),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, table: str, code: str, line: int) -> None:
    refusal = refuse(tmp_path, table.encode())
    assert (refusal.code, refusal.values["line"]) == (code, line)


def test_a_table_that_is_not_utf_8_is_refused_at_the_line(tmp_path: Path) -> None:
    refusal = refuse(tmp_path, TABLE.encode("cp932"))
    assert (refusal.code, refusal.values["line"]) == ("wording_rules_encoding", 2)


def test_ten_thousand_rules_are_read_and_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.tsv"
    rows = "".join(f"水{n}号\tja\t理由\n" for n in range(10_000))
    path.write_text(f"phrase\tlanguage\treason\n{rows}", encoding="utf-8")
    assert len(load_wording_rules(path).rules) == 10_000
    assert refuse(tmp_path, b"x" * (MOST_BYTES + 1)).code == "wording_rules_too_large"


def test_a_path_without_a_file_is_refused_and_none_is_no_rules(tmp_path: Path) -> None:
    settings = load_settings({"KONKYO_WORDING_RULES": str(tmp_path / "none.tsv")}, tmp_path)
    with pytest.raises(SettingsError) as refusal:
        load_wording_rules(settings.wording_rules)
    assert refusal.value.code == "wording_rules_unreadable"
    assert load_wording_rules(Settings(tmp_path, "").wording_rules).rules == ()


def test_every_line_at_fault_is_told_in_one_look() -> None:
    rows = "水\tja\t理由\n湯\tjp\t理由\n茶\tja\t\n水\tja\t理由\t案\n塩\tja\t理由\n酒\tja\t理由\n酒\tja\t別\n"
    checked = check_wording_rules(f"phrase\tlanguage\treason\n{rows}".encode(), "rules.tsv")
    assert [(line, getattr(found, "code", "taken")) for line, found in checked] == [
        (2, "taken"),
        (3, "wording_rules_language"),
        (4, "wording_rules_empty"),
        (5, "wording_rules_cells"),
        (6, "taken"),
        (7, "taken"),
        (8, "wording_rules_twice"),
    ]


def test_behind_a_quotation_mark_that_is_not_closed_nothing_can_be_read() -> None:
    checked = check_wording_rules('phrase\tlanguage\treason\n水\tja\t理由\n"湯\tja\n'.encode(), "rules.tsv")
    assert [(line, getattr(found, "code", "taken")) for line, found in checked] == [
        (2, "taken"),
        (3, "wording_rules_quotes"),
    ]
