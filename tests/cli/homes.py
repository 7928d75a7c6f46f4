"""Homes for commands: the command brings an article in once a process, and each test gets a copy."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from click.testing import CliRunner

from reviewer.cli import konkyo
from tests.databases import make_database

_folder = TemporaryDirectory(prefix="konkyo-homes-")


def copy_home(home: Path, article: Path) -> None:
    """The home exists, and the article is version 1 in it, as ``konkyo ingest`` stores it."""
    shutil.copytree(_make_home(article.name, article.read_text(encoding="utf-8")), home)


@cache
def _make_home(name: str, text: str) -> Path:
    folder = Path(mkdtemp(dir=_folder.name))
    make_database(folder / "home" / "konkyo.db")
    (folder / name).write_text(text, encoding="utf-8")
    settings = {"KONKYO_HOME": str(folder / "home"), "KONKYO_DATABASE_URL": None}
    done = CliRunner().invoke(konkyo, ["ingest", str(folder / name)], env=settings)
    assert done.exit_code == 0, done.output
    return folder / "home"
