"""``konkyo article``: the file, and on standard error what stands in it and what has no place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.records.assessment import SupportGrade
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.cli import konkyo
from tests.cli.homes import copy_home
from tests.factories import make_audit_entry, make_evidence
from tests.workflow.clinic import A, Clinic

SENTENCE = "ミノキシジルは毛包の成長期を延長します。"
PAGE = f"<html><body><h1>見本</h1><p>{SENTENCE}</p><aside>{SENTENCE}</aside></body></html>"


def bring_in(folder: Path, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """The clinic of a home in which the file is version 1, its first claim graded."""
    monkeypatch.setenv("KONKYO_HOME", str(folder / "home"))
    monkeypatch.setenv("KONKYO_DATABASE_URL", "")
    monkeypatch.chdir(folder)
    (folder / name).write_text(text, encoding="utf-8")
    copy_home(folder / "home", folder / name)
    open_work = partial(UnitOfWork, open_engine(f"sqlite:///{folder / 'home' / 'konkyo.db'}"))
    with open_work() as work:
        (claim, *_) = work.claims.list_claims(1)
        work.searches.record_evidence(claim.id, make_evidence(1))
        work.commit(make_audit_entry())
    clinic = Clinic(open_work, 1, (claim.id,))
    clinic.declare(A)
    clinic.judge(A)
    clinic.grade(A, SupportGrade.SUPPORTED)
    return clinic


def write(*arguments: str) -> Result:
    return CliRunner().invoke(konkyo, ["article", "1", *arguments])


def test_the_ending_says_the_format_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(tmp_path, "article.txt", f"{SENTENCE}\n", monkeypatch)
    told = {"a.html": b"<!DOCTYPE html>", "a.md": b"**DRAFT", "a.docx": b"PK", "a": b"<!DOCTYPE html>"}
    for name, begins in told.items():
        done = write("--out", name)
        assert (done.exit_code, done.stdout.strip()) == (0, str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert "1 reference cited at 1 sentence\nnot approved: under review" in done.stderr
    assert write("--format", "md", "--out", "b.html").exit_code == 0
    assert (tmp_path / "b.html").read_bytes().startswith(b"**DRAFT")
    done = CliRunner().invoke(konkyo, ["article", "404", "--out", "c.html"])
    assert (done.exit_code, (tmp_path / "c.html").exists()) == (1, False)
    assert "there is no article version 404" in done.stderr


def test_a_sentence_without_one_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    done = write("--out", "a.html")
    assert "1 reference cited at 0 sentences, in the file that was brought in" in done.stderr
    assert f"no mark for claim 1 [1]: its sentence does not stand there once: {SENTENCE}" in done.stderr
