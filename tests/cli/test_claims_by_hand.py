"""Versions, comparisons and claims by hand, as typed on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.cli.homes import copy_home

GROWTH = "ミノキシジルは毛包の成長期を延長します。"
STEM = "幹細胞は分泌物を介して組織の修復を助けます。"
SLEEP = "睡眠不足は肥満のリスクを高めます。"
HELLO = "こんにちは、院長の見本です。"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home and working folder with one article brought in as version 1."""
    for name in ("KONKYO_DATABASE_URL", "KONKYO_ENTREZ_URL", "NCBI_EMAIL", "NCBI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    copy_home(tmp_path / "home", write(tmp_path / "first.md", "# 薄毛の話", HELLO, GROWTH + STEM))
    return tmp_path


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(konkyo, [str(argument) for argument in arguments])


def listed(*options: str, version: int = 1) -> list[list[str]]:
    """Number, status and text of each line of the list."""
    lines = [line.split() for line in call("claims", version, *options).stdout.splitlines()]
    return [[words[0], words[1], words[-1] if words[-1][0] != "(" else words[-2]] for words in lines]


def test_the_list_numbers_claims_and_with_all_the_dropped_units() -> None:
    assert listed() == [["1", "extracted", GROWTH], ["2", "extracted", STEM]]
    assert [line[0] for line in listed("--all")] == ["d1", "d2", "1", "2"]
    assert "(greeting)" in call("claims", 1, "--all").stdout
    assert call("claims", 404).exit_code == 1


def test_the_original_comes_back_byte_for_byte(folder: Path) -> None:
    done = call("original", 1, "--out", folder / "out" / "copy.md")
    assert done.exit_code == 0
    assert done.stdout.strip() == str(folder / "out" / "copy.md")
    assert (folder / "out" / "copy.md").read_bytes() == (folder / "first.md").read_bytes()
    assert call("original", 404, "--out", folder / "copy.md").exit_code == 1


def test_a_revision_under_a_new_title_is_compared_with_the_version_before(folder: Path) -> None:
    reworded = GROWTH.replace("延長します", "延長すると報告されています")
    revised = write(folder / "second.md", "# AGAの話", HELLO, reworded + STEM, SLEEP)
    done = call("ingest", revised, "--revises", 1)
    assert "1 unchanged, 1 reworded, 1 new" in done.stderr
    assert done.stdout == "version 2: 3 claims\n"
    told = call("compare", 2).stdout.splitlines()
    assert told[0] == "AGAの話: version 2 against 1: 1 unchanged, 1 reworded, 1 new"
    assert told[1] == "reworded   1 → 1"
    assert told[2].strip() == "ミノキシジルは毛包の成長期を延長[-し-]{+すると報告されてい+}ます。"
    assert told[3:] == ["new        3", f"    {SLEEP}"]
    assert "is the first" in call("compare", 1).stdout
    assert call("ingest", revised, "--revises", 404).exit_code == 1


def test_steps_by_hand_are_told_in_a_line_and_hold() -> None:
    dismissed = call("claim", "dismiss", 1, 2, "--reason", "本筋でない")
    assert dismissed.stdout.startswith("dismissed: 2  dismissed")
    assert listed() == [["1", "extracted", GROWTH]]
    assert "(本筋でない)" in call("claims", 1, "--all").stdout
    assert call("claim", "restore", 1, 2).stdout.startswith("restored: 2  extracted")
    assert call("claim", "restore", 1, "d2").stdout.startswith("restored: 1  extracted")
    assert call("claim", "retype", 1, 2, "safety").stdout.startswith("retyped: 2  extracted  safety")
    assert "[見本の読み]" in call("claim", "reword", 1, 2, "見本の読み").stdout
    merged = call("claim", "merge", 1, 2, 3).stdout
    assert merged.startswith("merged: 2  extracted")
    assert merged.endswith(f"{GROWTH}{STEM}\n")
    assert [line[:2] for line in listed("--all")] == [
        ["d1", "dropped"],
        ["1", "extracted"],
        ["–", "replaced"],
        ["2", "extracted"],
        ["–", "replaced"],
    ]


def test_a_claim_is_added_by_how_its_sentences_begin_and_split_again() -> None:
    added = call("claim", "add", 1, "--first", "こんにちは", "--last", "ミノキシジルは", "--type", "efficacy")
    assert added.exit_code == 0, added.stderr
    assert "efficacy" in added.stdout
    split = call("claim", "split", 1, 2, "--reading", "一つ目の読み", "--reading", "二つ目の読み")
    readings = [line.split("  ")[-1] for line in split.stdout.splitlines()]
    assert readings == ["[一つ目の読み]", "[二つ目の読み]"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("dismiss", 1, 9, "--reason", "x"), "no claim 9 in version 1"),
        (("dismiss", 404, 1, "--reason", "x"), "no article version 404"),
        (("dismiss", 1, 1, "--reason", " "), "for a reason"),
        (("restore", 1, 1), "not dismissed"),
        (("restore", 1, "d9"), "no unit d9"),
        (("merge", 1, 1), "at least two"),
        (("split", 1, 1), "stand-alone wording"),
        (("add", 1, "--first", "骨は"), "骨は"),
        (("add", 1, "--first", "ミノキシジル"), "Claim 1 has these very sentences"),
    ],
)
def test_a_refused_step_is_one_line_on_standard_error(arguments: tuple[object, ...], told: str) -> None:
    done = call("claim", *arguments)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert told in done.stderr
    assert listed() == [["1", "extracted", GROWTH], ["2", "extracted", STEM]]


@pytest.mark.parametrize("number", ["x", "dx", "d", "１"])
def test_a_number_that_is_none_is_explained(number: str) -> None:
    done = call("claim", "restore", 1, number)
    assert done.exit_code == 2
    assert "12 or d3" in done.stderr
