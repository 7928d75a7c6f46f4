from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.databases import make_database

HERB = ("lexicon", "add", "竜骨牡蠣湯", "--english", "ryukotsu boreito", "--role", "intervention")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh home and working folder."""
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, arguments)


def test_an_unmapped_word_is_shown_added_and_used_from_then_on() -> None:
    claim = "竜骨牡蠣湯は不眠を改善する"
    before = json.loads(call("query", claim).stdout)
    assert before["unmapped"] == ["竜骨牡蠣湯"]
    assert call(*HERB).exit_code == 0
    after = json.loads(call("query", claim).stdout)
    assert after["unmapped"] == []
    assert "ryukotsu boreito" in after["ladder"][0]["text"]
    assert after["lexicon_version"] != before["lexicon_version"]


def test_the_list_says_who_added_what_and_a_removed_term_is_not_in_it() -> None:
    call(*HERB)
    term, english, mesh, role, _, _ = call("lexicon", "list").stdout.strip().split("\t")
    assert (term, english, mesh, role) == ("竜骨牡蠣湯", "ryukotsu boreito", "", "intervention")
    assert call("lexicon", "remove", "竜骨牡蠣湯").exit_code == 0
    assert call("lexicon", "list").stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "薬", "--english", 'a"b', "--role", "condition"),
        ("add", "薬", "--english", "薬", "--role", "condition"),
        ("remove", "薬"),
    ],
)
def test_what_cannot_be_done_is_one_line_on_standard_error(arguments: tuple[str, ...]) -> None:
    done = call("lexicon", *arguments)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
