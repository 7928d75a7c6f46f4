"""``konkyo assess``: claims against library records, one JSON line a pair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.databases import make_database

LIBRARY = sorted((Path(__file__).resolve().parents[2] / "samples" / "library").glob("*.xml"))
FIELDS = {"claim_id", "pmid", "stance", "confidence", "rationale", "level", "species"}
PMID, ABSENT = "9000000001", "9000999999"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh home and working folder with nothing in them."""
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)


def assess(*lines: object) -> Result:
    told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    Path("pairs.jsonl").write_text("\n".join(told), encoding="utf-8")
    return CliRunner().invoke(konkyo, ["assess", "--pairs", "pairs.jsonl", "--format", "jsonl"])


def import_samples() -> None:
    CliRunner().invoke(konkyo, ["library", "import", *map(str, LIBRARY)])


def pair(
    claim_id: object = "a", claim: str = "Minoxidil promotes hair growth.", pmid: object = PMID
) -> object:
    return {"claim_id": claim_id, "claim": claim, "pmid": pmid}


def test_each_pair_gets_one_row_with_the_agreed_fields() -> None:
    import_samples()
    japanese = {"claim_id": 7, "claim": "ミノキシジルは発毛を促す", "pmid": int(PMID), "language": "ja"}
    done = assess(pair(), {**japanese, "unknown": ["ignored"]})
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0, done.stderr
    assert [row["claim_id"] for row in rows] == ["a", 7]
    assert {row["pmid"] for row in rows} == {PMID}
    for row in rows:
        assert set(row) == FIELDS
        assert row["stance"] in ("supports", "refutes", "not_enough_info")
        assert 0 <= row["confidence"] <= 1
        assert all(set(sentence) == {"text", "start", "end"} for sentence in row["rationale"])


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        "[" * 20_000,
        {"claim": "x", "pmid": PMID},
        pair(claim="  "),
        pair(claim_id=["a"]),
        pair(pmid="PMC1"),
        pair(claim="hair \ud800"),
        {"claim_id": "a", "claim": "Haare wachsen.", "pmid": PMID, "language": "de"},
    ],
)
def test_a_line_that_is_no_pair_is_named_and_the_others_are_answered(line: object) -> None:
    import_samples()
    done = assess(pair("before"), line, pair("after"))
    assert done.exit_code == 1
    assert [json.loads(row)["claim_id"] for row in done.stdout.splitlines()] == ["before", "after"]
    assert len(done.stderr.splitlines()) == 1
    assert "pairs.jsonl line 2" in done.stderr


def test_a_record_that_the_library_lacks_is_named_and_the_others_are_answered() -> None:
    import_samples()
    done = assess(pair(pmid=ABSENT), pair("kept"))
    assert done.exit_code == 1
    assert ABSENT in done.stderr
    assert [json.loads(row)["claim_id"] for row in done.stdout.splitlines()] == ["kept"]


def test_without_a_library_one_line_says_what_to_do() -> None:
    done = assess(pair())
    assert done.exit_code == 1
    assert "konkyo library import" in done.stderr
    assert done.stdout == ""


def test_a_file_that_cannot_be_read_is_one_line() -> None:
    import_samples()
    done = CliRunner().invoke(konkyo, ["assess", "--pairs", "nowhere.jsonl"])
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
