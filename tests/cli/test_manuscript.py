"""``konkyo manuscript``: the Word file for the author, and what has no place at a sentence."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from reviewer.cli import konkyo
from reviewer.workflow.flagging import raise_flag
from tests.cli.test_article import PAGE, SENTENCE, bring_in
from tests.workflow.clinic import A


def test_the_file_has_the_comments_in_its_margin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic = bring_in(tmp_path, "article.html", PAGE, monkeypatch)
    with clinic.open_work() as work:
        raise_flag(work, clinic.claim_ids[0], "言い切りです", A, clinic.now())
    done = CliRunner().invoke(konkyo, ["manuscript", "1", "--out", "a.docx"])
    assert (done.exit_code, done.stdout.strip()) == (0, str(tmp_path / "a.docx"))
    assert "1 comment in the margin" in done.stderr
    assert (
        f"claim 1: its sentence does not stand there once; its comment is at the first words: {SENTENCE}"
        in done.stderr
    )
    (comment,) = docx.Document(str(tmp_path / "a.docx")).comments
    assert "言い切りです" in comment.text
