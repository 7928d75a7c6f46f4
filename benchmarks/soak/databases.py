"""Faults of the database and of what it lies on, while people work."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

from sqlalchemy import text

from benchmarks.soak.grounds import SQLITE, Ground
from benchmarks.soak.processes import call
from benchmarks.soak.scene import (
    Graders,
    Scene,
    grading,
    list_refusals,
    require_refused,
    require_working,
    tell_error,
)
from db.engine import open_engine

Seen = Mapping[str, Any]
# Room for the write-ahead log, which grows to 4 MB before it is taken over.
_SMALL = "size=12m"
_AWAY_SECONDS = 30
_FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
NOT_MOUNTED: Seen = {"said": "not run: no file system can be mounted here", "wrong": []}


def fill_disk(scene: Scene, database: str) -> Seen:
    """The home's file system takes no more, and after a while it does."""
    if not may_mount(scene.grounds.folder):
        return NOT_MOUNTED
    with scene.lay(database, "clinic") as ground, small_disk(ground):
        with grading(ground) as graders:
            filler = ground.home / "filler"
            _fill(filler)
            until = time.monotonic() + 120
            while not list_refusals(graders.runs) and time.monotonic() < until:
                time.sleep(0.2)
            filler.unlink()
            wrong = graders.go_on()
        return _tell_seen(ground, graders, {"database_unusable"}, wrong)


def may_mount(folder: Path) -> bool:
    """Whether a file system can be mounted here, which takes an administrator."""
    place = folder / "mounted"
    place.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=False, capture_output=True)
    if mounted.returncode == 0:
        subprocess.run(["umount", place], check=True)
    return mounted.returncode == 0


@contextmanager
def small_disk(ground: Ground) -> Iterator[None]:
    """The home lies on a file system of its own that holds little: a tmpfs, if mounting is allowed."""
    kept = ground.home.with_name(f"{ground.home.name}-kept")
    copytree(ground.home, kept)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"{_SMALL},mode=0700", "tmpfs", ground.home], check=True)
    try:
        copytree(kept, ground.home, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "-l", ground.home], check=True)
        rmtree(kept)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


def make_read_only(scene: Scene, database: str) -> Seen:
    """Nothing can be written to the home, as after a disk's own alarm, and after a while it can."""
    if not may_mount(scene.grounds.folder):
        return NOT_MOUNTED
    with scene.lay(database, "clinic") as ground, small_disk(ground):
        article = str(ground.home.parent / "article.md")
        subprocess.run(["mount", "-o", "remount,ro", ground.home], check=True)
        refused = call(ground, "ingest", article)
        wrong = require_refused(refused, "the database")
        subprocess.run(["mount", "-o", "remount,rw", ground.home], check=True)
        after = call(ground, "ingest", article)
        wrong += [] if after.process.returncode == 0 else [after.read()[-200:]]
        return {"said": tell_error(refused), "wrong": [*wrong, *require_working(ground, [refused, after])]}


def lock(scene: Scene, database: str) -> Seen:
    """Somebody else holds what every grade needs, longer than anybody waits for it."""
    with scene.lay(database, "clinic") as ground:
        with grading(ground) as graders:
            with _holding(ground):
                time.sleep(32)
            wrong = graders.go_on()
        return _tell_seen(ground, graders, {"database_busy"}, wrong)


@contextmanager
def _holding(ground: Ground) -> Iterator[None]:
    if ground.database == SQLITE:
        with closing(sqlite3.connect(ground.home / "konkyo.db", isolation_level=None, timeout=30)) as held:
            held.execute("BEGIN IMMEDIATE")
            yield
            held.execute("ROLLBACK")
        return
    engine = open_engine(ground.url)
    with engine.connect() as connection:
        connection.execute(text("LOCK TABLE assessment IN EXCLUSIVE MODE"))
        yield
    engine.dispose()


def restart_fast(scene: Scene, database: str) -> Seen:
    """The server ends every connection and comes back."""
    return _grade_through(scene, database, lambda: scene.server.restart("fast"))


def restart_at_once(scene: Scene, database: str) -> Seen:
    """The server is ended without a shutdown, and recovers from its log."""
    return _grade_through(scene, database, lambda: scene.server.restart("immediate"))


def take_away(scene: Scene, database: str) -> Seen:
    """The server is gone for half a minute."""

    def be_away() -> None:
        scene.server.control("stop", "-m", "fast")
        time.sleep(_AWAY_SECONDS)
        scene.server.control("start")

    return _grade_through(scene, database, be_away)


def take_folder_away(scene: Scene, database: str) -> Seen:
    """The home is gone for half a minute, for who has it open and for who comes."""
    with scene.lay(database, "clinic") as ground:
        with grading(ground) as graders:
            away = ground.home.with_name(f"{ground.home.name}-away")
            ground.home.rename(away)
            refused = call(ground, "claims", "1")
            time.sleep(_AWAY_SECONDS)
            made = [file.name for file in ground.home.iterdir()] if ground.home.exists() else []
            rmtree(ground.home, ignore_errors=True)
            away.rename(ground.home)
            wrong = graders.go_on()
        seen = _tell_seen(ground, graders, {"database_unusable", "database_busy"}, wrong)
        begun = "; a command begun meanwhile made a new, empty house there" if "konkyo.db" in made else ""
        return {**seen, "said": f"{tell_error(refused)}{begun}"}


def jump_clock(scene: Scene, database: str) -> Seen:
    """The clock of the processes goes on and back by hours while they work (libfaketime)."""
    if not _FAKETIME.exists():
        return {"said": "not run: libfaketime is not installed", "wrong": []}
    with scene.lay(database, "clinic") as laid:
        moment = laid.home.with_name(f"{laid.home.name}-moment")
        moment.write_text("+0\n", encoding="ascii")
        ground = laid.set(
            LD_PRELOAD=str(_FAKETIME),
            FAKETIME_TIMESTAMP_FILE=str(moment),
            FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
        )
        wrong: list[str] = []
        with grading(ground) as graders:
            for hours in (1, -1, 30, -30, 0):
                moment.write_text(f"{hours:+}h\n" if hours else "+0\n", encoding="ascii")
                wrong += [f"{hours:+} h: {told}" for told in graders.go_on()]
        return _tell_seen(laid, graders, set(), wrong)


def _grade_through(scene: Scene, database: str, happen: Callable[[], object]) -> Seen:
    with scene.lay(database, "clinic") as ground:
        with grading(ground) as graders:
            happen()
            wrong = graders.go_on()
        return _tell_seen(ground, graders, {"database_unusable", "database_busy"}, wrong)


def _tell_seen(ground: Ground, graders: Graders, codes: set[str], wrong: list[str]) -> Seen:
    refused = list_refusals(graders.runs)
    if set(refused) - codes:
        wrong.append(f"refused with {refused}")
    wrong += require_working(ground, graders.runs)
    return {"acked": graders.acked, "refused": refused, "wrong": wrong}
