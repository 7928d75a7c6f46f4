"""What the machine refuses ends a command with one clear line and an exit code, never with a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.entrez_server import EntrezServer, Reply

COMMAND = [sys.executable, "-c", "from reviewer.cli import konkyo; konkyo()"]
# What runs in the background ignores Ctrl+C, and so would a command that a test starts there.
HEARING = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from reviewer.cli import konkyo; konkyo()",
]
ARTICLE = "ミノキシジルは毛包の成長期を延長します。\n"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KONKYO_", "NCBI_"))}
    return {**kept, "KONKYO_HOME": str(folder / "home"), **settings}


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        check=False,
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE * 40, encoding="utf-8")
    return tmp_path


def test_a_home_that_cannot_be_used_is_named(folder: Path) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    # The last one not even an administrator can write to, as on a read-only file system.
    for home in (str(folder / "file"), "~nobody-of-that-name/konkyo", "/proc/self/fdinfo"):
        assert_refused(run(folder, "claims", "1", KONKYO_HOME=home), "KONKYO_HOME", home)


def test_a_session_secret_that_is_a_folder_is_named(folder: Path) -> None:
    (folder / "home" / "session_secret").mkdir(parents=True)
    assert_refused(run(folder, "claims", "1"), "KONKYO_HOME", "session_secret")
    doctor = run(folder, "doctor")
    assert doctor.returncode == 1
    assert "session_secret" in doctor.stdout
    assert "Traceback" not in doctor.stderr


def test_settings_that_cannot_be_read_are_named(folder: Path) -> None:
    (folder / ".env").write_bytes("NCBI_EMAIL=山田\n".encode("cp932"))
    assert_refused(run(folder, "claims", "1"), ".env", "UTF-8")


def test_a_terminal_that_cannot_show_japanese_is_told_what_to_set(folder: Path) -> None:
    assert_refused(
        run(folder, "extract", "article.txt", PYTHONIOENCODING="latin-1"), "PYTHONIOENCODING=utf-8"
    )


def test_a_working_folder_that_is_gone_is_one_line(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    command = f'cd "{gone}" && rmdir "{gone}" && exec "$@"'
    done = subprocess.run(
        ["sh", "-c", command, "sh", *COMMAND, "claims", "1"],
        check=False,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert_refused(done, "No such file")


def test_a_pipe_that_is_closed_ends_the_command_quietly(folder: Path) -> None:
    reader = subprocess.Popen(
        [*COMMAND, "extract", "article.txt", "--all"],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.close()
    assert reader.stderr.read() == b""
    assert reader.wait(60) == 1


def test_ctrl_c_ends_a_search_with_one_line_and_the_claims_are_due_again(folder: Path) -> None:
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with EntrezServer(script=[Reply(b"", delay_seconds=0.5)] * 20) as server:
        settings = {"KONKYO_ENTREZ_URL": server.base_url, "NCBI_EMAIL": "sample@example.org"}
        assert run(folder, "ingest", "article.txt").returncode == 0
        search = subprocess.Popen(
            [*HEARING, "search", "1", "--source", "pubmed"],
            cwd=folder,
            env=environment(folder, **settings),
            stderr=subprocess.PIPE,
            text=True,
        )
        while not server.seen:
            assert search.poll() is None
            time.sleep(0.05)
        stopped = time.monotonic()
        search.send_signal(signal.SIGINT)
        _, told = search.communicate(timeout=120)
        assert search.returncode == 1
        # The pauses before a source is asked again are longer.
        assert time.monotonic() - stopped < 5
        assert "Traceback" not in told
        assert told.rstrip().endswith("Aborted!")
    with EntrezServer() as server:
        settings["KONKYO_ENTREZ_URL"] = server.base_url
        assert "1 of 1 claim" in run(folder, "search", "1", "--source", "pubmed", **settings).stderr
