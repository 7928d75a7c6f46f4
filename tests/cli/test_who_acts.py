"""Steps on the command line are kept under the system account, whose name no account can have."""

from __future__ import annotations

import csv
import io
import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from claims.errors import RuleRefused
from claims.records.people import Role
from reviewer.accounts.managing import add_user
from reviewer.accounts.offline import OPERATOR
from tests.conftest import OpenWork
from tests.factories import make_moment

FORGED = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER"), "reviewer-a")


def run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-c", "from reviewer.cli import konkyo; konkyo()", *arguments]
    environment = {**os.environ, **FORGED, "KONKYO_HOME": str(folder / "home")}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)


def test_no_variable_of_the_environment_forges_who_acted(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("ミノキシジルは毛包の成長期を延長します。\n", encoding="utf-8")
    run(tmp_path, "ingest", "article.txt")
    run(tmp_path, "claim", "dismiss", "1", "1", "--reason", "sample")
    for _ in range(2):
        run(tmp_path, "report", "1", "--table", "audit", "--out", "trail.csv")
    text = (tmp_path / "trail.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) >= 3
    assert {row["actor"] for row in rows} == {f"cli:{pwd.getpwuid(os.getuid()).pw_name}"}


def test_no_account_can_have_the_name_of_the_command_line(open_work: OpenWork) -> None:
    with open_work() as work, pytest.raises(RuleRefused) as refused:
        add_user(work, OPERATOR, OPERATOR.name, "a long password", (Role.AUTHOR,), make_moment())
    assert refused.value.code == "name_unusable"
