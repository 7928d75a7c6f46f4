"""``konkyo where``: one line a use, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewer.cli import konkyo
from tests.cli.test_article import PAGE, SENTENCE, bring_in
from tests.factories import make_pmid


def test_a_use_is_told_in_text_and_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic = bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    done = CliRunner().invoke(konkyo, ["where", make_pmid(1)])
    (line,) = done.stdout.splitlines()
    parts = line.split("\t")
    assert parts[:5] == ["version 1", "in_review", "claim 1", f"attached PMID {make_pmid(1)}", "supported"]
    assert parts[-1] == SENTENCE
    done = CliRunner().invoke(konkyo, ["where", SENTENCE, "--format", "jsonl"])
    # The sentence stands in the article twice.
    row, other = map(json.loads, done.stdout.splitlines())
    assert (other["claim"], other["grade"]) == (2, None)
    assert (row["claim_id"], row["used_as"], row["grade"], row["state"], row["published"]) == (
        clinic.claim_ids[0],
        "claim",
        "supported",
        "in_review",
        False,
    )
    assert row["dated"].startswith("20")


def test_what_is_used_nowhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    done = CliRunner().invoke(konkyo, ["where", "12345"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "used nowhere (paper)\n")
