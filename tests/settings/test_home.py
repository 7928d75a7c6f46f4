"""The installation's folder: its secret is whole or absent, and nobody but its owner reads it."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from claims.errors import SettingsError
from reviewer.bootstrap import open_application
from reviewer.home import load_secret, prepare_home
from reviewer.settings import SHORTEST_SECRET, Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, STARTS = 4, 100


def settings_of(home: Path, secret: str = "") -> Settings:
    return Settings(home, f"sqlite:///{home / 'konkyo.db'}", secret=secret)


_together: list[Barrier] = []


def keep_barrier(barrier: Barrier) -> None:
    _together.append(barrier)


def read_secrets(folder: Path) -> list[str]:
    """The secret that one process got at each of its starts; the others start at the same moment."""
    found = []
    for start in range(STARTS):
        settings = settings_of(folder / str(start))
        _together[0].wait()
        prepare_home(settings)
        found.append(load_secret(settings))
    return found


def test_processes_that_start_together_all_get_the_same_whole_secret(tmp_path: Path) -> None:
    context = get_context("spawn")
    starting = (context.Barrier(PROCESSES),)
    with ProcessPoolExecutor(PROCESSES, context, keep_barrier, starting) as pool:
        starts = list(pool.map(read_secrets, [tmp_path] * PROCESSES))
    for start in range(STARTS):
        (secret,) = {found[start] for found in starts}
        assert len(secret) == 64
        assert [path.name for path in (tmp_path / str(start)).iterdir()] == ["session_secret"]


@pytest.mark.parametrize("stored", ["", "x" * (SHORTEST_SECRET - 1), "x" * 20 + "\n" * 20])
def test_a_stored_secret_that_was_cut_short_is_refused(tmp_path: Path, stored: str) -> None:
    (tmp_path / "session_secret").write_text(stored, encoding="ascii")
    with pytest.raises(SettingsError) as refused:
        open_application(settings_of(tmp_path))
    assert refused.value.code == "secret_cut_short"


def write_with_no_room(home: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    load_secret(settings_of(home))


def test_a_full_disk_leaves_no_secret_behind(tmp_path: Path) -> None:
    call = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path; from tests.settings.test_home import write_with_no_room\n"
        f"write_with_no_room(Path({str(tmp_path)!r}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", call], cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )
    assert "secret_unusable" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_cannot_be_read_is_said_as_a_setting(tmp_path: Path) -> None:
    (tmp_path / "session_secret").mkdir()
    with pytest.raises(SettingsError) as refused:
        load_secret(settings_of(tmp_path))
    assert refused.value.code == "secret_unusable"


def test_the_secret_of_the_environment_counts_and_is_not_written_down(tmp_path: Path) -> None:
    secret = "s" * SHORTEST_SECRET
    settings = load_settings({"KONKYO_HOME": str(tmp_path / "home"), "KONKYO_SECRET": secret}, tmp_path)
    assert open_application(settings).secret == secret
    assert not (tmp_path / "home" / "session_secret").exists()
    assert secret not in repr(settings)


def test_a_short_secret_of_the_environment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"KONKYO_SECRET": "s" * (SHORTEST_SECRET - 1)}, tmp_path)
    assert refused.value.code == "secret_short"


def list_open(folder: Path) -> list[str]:
    """What somebody else than the owner could reach."""
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_what_a_command_writes_is_its_owners_alone(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "report.csv"
    source = "import os; os.umask(0o022); from reviewer.cli import konkyo; konkyo()"
    command = [sys.executable, "-c", source]
    environment = {**os.environ, "KONKYO_HOME": str(home), "PYTHONPATH": str(ROOT)}
    for arguments in (
        ("demo", "--no-serve"),
        ("ingest", "samples/article_ja.md"),
        ("report", "1", "--out", out),
    ):
        subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
    assert list_open(home) == []
    assert list_open(out) == []


def test_files_of_an_earlier_start_are_narrowed_and_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path)
    open_application(settings)
    (settings.library_folder / "edition").mkdir(parents=True)
    (settings.library_folder / "edition" / "store").touch()
    (tmp_path / "konkyo.db-wal").touch()
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with caplog.at_level(logging.WARNING, logger="konkyo.home"):
        open_application(settings)
        open_application(settings)
    assert list_open(tmp_path) == []
    assert len(caplog.records) == 1


def test_a_file_of_others_in_the_same_folder_is_left_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "notes.txt"
    own.touch(mode=0o644)
    own.chmod(0o644)
    prepare_home(settings_of(tmp_path))
    assert own.stat().st_mode & 0o777 == 0o644
