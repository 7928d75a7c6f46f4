"""A manuscript of ten sentences with ten references, from the file to the tables, as one command takes it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewer.cli import konkyo
from tests.databases import make_database
from tests.entrez_server import EntrezServer
from tests.references.manuscripts import (
    CITED,
    ENGLISH,
    JAPANESE,
    MISSING,
    NO_PAPER,
    OF_ANOTHER,
    OTHER,
    PAPERS,
    PMIDS,
    RETRACTED_ONE,
    find_paper,
)

LISTED = re.compile(r"Sample A\. |Sample Ministry|見本省")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NCBI_EMAIL", "sample@example.org")
    # The rate has tests of its own.
    monkeypatch.setattr("claims.pubmed.source.KEYLESS_PER_SECOND", 100)
    monkeypatch.delenv("KONKYO_DATABASE_URL", raising=False)
    make_database(tmp_path / "home" / "konkyo.db")


def call(*arguments: str | Path | int) -> Result:
    return CliRunner().invoke(konkyo, [str(argument) for argument in arguments])


def read_table(name: str, folder: Path) -> list[dict[str, str]]:
    out = folder / f"{name}.csv"
    assert call("report", 1, "--table", name, "--out", out).exit_code == 0
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_ten_of_ten_marks_are_attached_no_reference_is_a_claim_and_the_three_are_told(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "manuscript.md"
    file.write_text(text, encoding="utf-8")
    with EntrezServer(PAPERS, find=find_paper) as server:
        monkeypatch.setenv("KONKYO_ENTREZ_URL", server.base_url)
        done = call("run", file, "--source", "pubmed", "--out", tmp_path / "report.csv")
    assert done.exit_code == 0, done.output
    assert "the same paper: 6 · the paper, cited otherwise than its record: 1" in done.stderr

    claims = read_table("claims", tmp_path)
    assert len(claims) == 10
    assert [row["claim_text"] for row in claims if LISTED.search(row["claim_text"])] == []
    assert [row["read_as"] for row in claims if re.search(r"\[[0-9]|※", row["read_as"])] == []
    papers = {at: pmid for at, pmid in enumerate(PMIDS, 1) if at not in (OF_ANOTHER, MISSING)}
    assert [row["pmids"].split(";") for row in claims] == [
        [papers[number] for number in numbers if number in papers] or [""] for numbers in CITED
    ]

    references = {int(row["number"]): row for row in read_table("references", tmp_path)}
    assert [references[number]["claims"].split("; ") for number in sorted(references)] == [
        [str(at) for at, numbers in enumerate(CITED, 1) if number in numbers] for number in range(1, 11)
    ]
    assert references[RETRACTED_ONE]["retraction"] == "retracted"
    assert (references[OF_ANOTHER]["identity"], references[OF_ANOTHER]["pmid"]) == ("other_paper", OTHER)
    assert references[MISSING]["identity"] == "no_record"
    assert references[NO_PAPER]["identity"] == "not_in_pubmed"
    assert [row["claim_no"] for row in claims if row["documents"]] == ["10"]
    assert "2020). https://example.org/drv" in claims[9]["documents"]

    queries = [request.form["term"] for request in server.seen if request.program == "esearch"]
    assert [query for query in queries if "sample ministry" in query.lower() or "[10]" in query] == []
