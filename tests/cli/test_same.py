"""``konkyo same``: a file of pairs with one line of verdict each, without any database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo

PAIRS: list[dict[str, object]] = [
    {"id": "p1", "language": "ja", "a": "亜鉛は風邪を短くする。", "b": "かぜの期間は、亜鉛で短縮する。"},
    {"id": 2, "a": "Zinc shortens colds.", "b": "Zinc may shorten colds.", "a_context": None, "more": [1]},
    {"id": "p3", "language": "ja", "a": "効果は1日続く。", "b": "効果は1日続く。", "a_context": "アレグラ"},
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is not there, and a fresh working folder."""
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)


def ask(*lines: str) -> Result:
    Path("pairs.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return CliRunner().invoke(konkyo, ["same", "--pairs", "pairs.jsonl", "--format", "jsonl"])


def test_each_pair_gets_one_line_in_its_order_and_nothing_is_made(tmp_path: Path) -> None:
    done = ask(*(json.dumps(pair) for pair in PAIRS))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [list(row) for row in rows] == [["id", "label", "differs"]] * 3
    assert [(row["id"], row["label"]) for row in rows] == [("p1", "same"), (2, "near"), ("p3", "near")]
    assert rows[0]["differs"] == []
    assert "hedge" in rows[1]["differs"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        '{"id": 1, "a": "x"}',
        '{"id": 1, "a": "x", "b": 2}',
        '{"id": 1, "a": " ", "b": "x"}',
        '{"id": true, "a": "x", "b": "x"}',
        '{"id": null, "a": "x", "b": "x"}',
        '{"id": 1, "a": "x", "b": "x", "language": "xx"}',
        '{"id": 1, "a": "x", "b": "x", "b_context": 3}',
        '{"id": 1, "a": "\\ud800", "b": "x"}',
        json.dumps({"id": 1, "a": "x" * 2001, "b": "x"}),
    ],
)
def test_a_line_that_is_no_pair_is_named_and_the_others_are_answered(line: str) -> None:
    done = ask(json.dumps(PAIRS[0]), line, json.dumps(PAIRS[1]))
    assert done.exit_code == 1
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == ["p1", 2]
    assert "pairs.jsonl line 2" in done.stderr


def test_an_empty_file_is_answered_with_nothing() -> None:
    done = ask()
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_a_file_that_is_not_there_is_said_so() -> None:
    done = CliRunner().invoke(konkyo, ["same", "--pairs", "none.jsonl"])
    assert done.exit_code == 1
    assert "none.jsonl" in done.stderr
