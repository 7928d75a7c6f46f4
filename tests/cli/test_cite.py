"""``konkyo cite``: a file for a reference manager, whose format its ending says."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.records.citation import Correction
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.cli import konkyo
from tests.cli.homes import copy_home
from tests.conftest import OpenWork
from tests.factories import make_audit_entry, make_citation, make_evidence, make_pmid

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "article_ja.md"


@pytest.fixture
def open_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenWork:
    """The sample article is version 1 of a home, and nobody has searched."""
    monkeypatch.setenv("KONKYO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KONKYO_DATABASE_URL", "")
    monkeypatch.chdir(tmp_path)
    copy_home(tmp_path / "home", SAMPLE)
    return partial(UnitOfWork, open_engine(f"sqlite:///{tmp_path / 'home' / 'konkyo.db'}"))


def search(open_home: OpenWork) -> None:
    with open_home() as work:
        (claim, *_) = work.claims.list_claims(1)
        work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(make_audit_entry())


def cite(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, ["cite", "1", *arguments])


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.ris", "TY  - JOUR"),
        ("a.bib", "@article{pmid"),
        ("a.nbib", "PMID- "),
        ("a.json", "["),
        ("a.txt", "TY  - JOUR"),
    ],
)
def test_the_ending_says_the_format(open_home: OpenWork, tmp_path: Path, name: str, begins: str) -> None:
    search(open_home)
    done = cite("--out", name)
    assert (done.exit_code, done.stdout.strip()) == (0, str(tmp_path / name))
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert "2 references, suggested: nobody has attached any yet" in done.stderr


def test_the_format_that_is_named_outweighs_the_ending(open_home: OpenWork, tmp_path: Path) -> None:
    search(open_home)
    assert cite("--format", "csl-json", "--out", "refs.txt").exit_code == 0
    assert len(json.loads((tmp_path / "refs.txt").read_text("utf-8"))) == 2


def test_a_retracted_paper_is_named(open_home: OpenWork) -> None:
    search(open_home)
    with open_home() as work:
        fallen = replace(make_citation(1), corrections=(Correction("RetractionIn", "SAMPLE J"),))
        work.citations.save([fallen])
        work.commit(make_audit_entry())
    assert f"RETRACTED: PMID {make_pmid(1)}, cited for claim 1" in cite("--out", "a.ris").stderr


def test_where_there_is_nothing_to_cite_there_is_no_file(open_home: OpenWork, tmp_path: Path) -> None:
    done = cite("--out", "a.ris")
    assert done.exit_code == 1
    assert "version 1 has no citation yet" in done.stderr
    assert not (tmp_path / "a.ris").exists()
