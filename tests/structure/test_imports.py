"""Importing is no doing, and the tests are at nobody's home."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from reviewer.settings import load_settings
from tests.structure.enum_maps import ROOT


def test_no_module_of_the_product_opens_a_home_when_it_is_imported(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("A home that is opened here cannot be made.", encoding="utf-8")
    source = "from tests.structure.enum_maps import list_modules; print(len(list(list_modules())))"
    ended = subprocess.run(
        [sys.executable, "-c", source],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(data), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 200


def test_the_tests_work_in_a_home_of_their_own() -> None:
    settings = load_settings()
    assert settings.home.is_relative_to(tempfile.gettempdir())
    assert settings.database_url == f"sqlite:///{settings.home / 'konkyo.db'}"
    assert not settings.ncbi_email
