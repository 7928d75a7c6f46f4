"""``konkyo verify``: a quotation against the library, with its outcome in words and as exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.library import Library
from claims.records.citation import Pmid
from reviewer.cli import konkyo
from reviewer.settings import load_settings
from tests.databases import make_database

LIBRARY = sorted((Path(__file__).resolve().parents[2] / "samples" / "library").glob("*.xml"))
PMID, OTHER, ABSENT = "9000000001", "9000000002", "9000999999"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh home with the sample library."""
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    make_database(tmp_path / "home" / "konkyo.db")
    monkeypatch.chdir(tmp_path)
    assert call("library", "import", *map(str, LIBRARY)).exit_code == 0


def call(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, list(arguments))


def quote(pmid: str) -> str:
    """The last section of a sample abstract."""

    record = Library(load_settings().library_folder).fetch([Pmid(pmid)])[Pmid(pmid)]
    return record.abstract[-1].text


def test_a_quotation_of_the_record_is_verbatim() -> None:
    done = call("verify", quote(PMID), "--pmid", PMID)
    assert (done.exit_code, done.stdout.split(":")[0]) == (0, "verbatim")
    assert PMID in done.stdout


def test_a_quotation_of_another_record_names_that_record() -> None:
    for named in (OTHER, ABSENT):
        done = call("verify", quote(PMID), "--pmid", named)
        assert (done.exit_code, done.stdout.split(":")[0]) == (1, "in_another_record")
        assert PMID in done.stdout


@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [
        (("--pmid", PMID), "not_found"),
        (("--pmid", PMID, "--full-text"), "abstract_only"),
        (("--pmid", ABSENT), "lookup_failed"),
    ],
)
def test_what_stands_nowhere_is_told_by_where_it_was_looked_for(
    arguments: tuple[str, ...], outcome: str
) -> None:
    done = call("verify", "Zzqx samples doubled (p > 0.99).", *arguments)
    assert (done.exit_code, done.stdout.split(":")[0]) == (1, outcome)


def test_what_is_no_pmid_is_refused() -> None:
    assert call("verify", "words", "--pmid", "PMC12").exit_code == 2
