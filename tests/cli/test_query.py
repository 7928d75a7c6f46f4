"""``konkyo query``: one claim in full, or a file of claims with one line of queries each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.search.syntax import parse_query
from reviewer.cli import konkyo
from tests.databases import make_database

CLAIMS = [
    {"id": "a", "claim": "ミノキシジルは薄毛に有効である", "language": "ja"},
    {"id": 2, "claim": "Minoxidil regrows hair.", "heading": "Hair loss", "theme": None},
    {"id": "c", "claim": "お気軽にご相談ください"},
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh home and working folder."""
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, arguments)


def ask(*lines: str) -> Result:
    Path("claims.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return call("query", "--queries", "claims.jsonl", "--format", "jsonl")


def test_each_claim_of_a_file_gets_one_line_in_its_order() -> None:
    done = ask(*(json.dumps(claim) for claim in CLAIMS))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [row["id"] for row in rows] == ["a", 2, "c"]
    for row in rows[:2]:
        assert row["queries"][0]["rung"] == "strict"
        assert all(parse_query(query["text"]) for query in row["queries"])
    assert "Minoxidil" in rows[1]["queries"][0]["text"]
    assert rows[2]["queries"] == []


def test_words_that_nothing_maps_stand_in_the_line_with_or_without_a_query() -> None:
    done = ask('{"id": 1, "claim": "竜骨牡蠣湯は不眠を改善する"}', '{"id": 2, "claim": "竜骨牡蠣湯の話"}')
    assert [json.loads(line)["unmapped"] for line in done.stdout.splitlines()] == [["竜骨牡蠣湯"]] * 2


def test_a_term_that_is_too_general_to_be_asked_for_is_told() -> None:
    claim = "A spoonful of honey quiets a child's cough at night."
    row = json.loads(ask(json.dumps({"id": 1, "claim": claim})).stdout)
    assert row["not_asked"] == ["child"]
    assert all("child" not in query["text"].lower() for query in row["queries"])


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"id": 1}', '{"id": 1, "claim": 2}', '{"id": 1, "claim": "x", "language": "de"}']
)
def test_a_line_that_is_no_claim_is_named_and_the_others_are_answered(bad: str) -> None:
    done = ask(bad, json.dumps(CLAIMS[0]))
    assert done.exit_code == 1
    assert "claims.jsonl line 1" in done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]


def test_a_text_and_a_file_are_not_given_together_and_one_of_them_is() -> None:
    assert call("query").exit_code == 2
    assert call("query", "薄毛", "--queries", "claims.jsonl").exit_code == 2


def test_a_file_that_is_not_there_is_named() -> None:
    done = call("query", "--queries", "nowhere.jsonl")
    assert done.exit_code == 1
    assert "nowhere.jsonl" in done.stderr
