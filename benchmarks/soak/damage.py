"""Damage to what is stored, and clocks that jump."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import copytree, rmtree
from typing import Any

from sqlalchemy import text

from benchmarks.soak.building import list_articles
from benchmarks.soak.grounds import Ground
from benchmarks.soak.looks import look_outputs, look_stuck
from benchmarks.soak.processes import Run, call
from benchmarks.soak.scene import Scene, require_refused, require_working, tell_error
from db.engine import open_engine
from tests.entrez_server import EntrezServer
from tests.evidence.library_files import write_document

Seen = Mapping[str, Any]
_PAGE = 4096
# As many as a run of seconds allows, or of minutes.
_SHORT, _LONG = 3, 12


def damage_index(scene: Scene, database: str) -> Seen:
    """Bytes of the library's files are others, or missing: it is said, and an import makes it anew."""
    with scene.lay(database, "article") as ground:
        records = write_document(ground.home.parent / "hair.xml", *list_articles())
        call(ground, "library", "import", str(records))
        folder, whole = ground.home / "library", ground.home / "whole"
        copytree(folder, whole)
        told: Counter[str] = Counter()
        wrong: list[str] = []
        for _ in range(_LONG if scene.seconds > 60 else _SHORT):
            rmtree(folder)
            copytree(whole, folder)
            _damage_one(folder, scene.random)
            run = call(ground, "library", "search", "Minoxidil increases hair density")
            wrong += look_outputs([run])
            if run.process.returncode == 0:
                told["not needed for the answer"] += 1
            else:
                wrong += require_refused(run, "import")
                told[tell_error(run).partition("(")[0].strip()] += 1
        rmtree(folder)
        again = call(ground, "library", "import", str(records))
        wrong += [] if again.process.returncode == 0 else [again.read()]
        return {"said": dict(told), "wrong": wrong}


def _damage_one(folder: Path, random: Random) -> None:
    file = random.choice([file for file in sorted(folder.iterdir()) if file.stat().st_size > 200])
    content = bytearray(file.read_bytes())
    if random.random() < 0.3:
        content = content[: len(content) // 2]
    for _ in range(random.choice([1, 4, 40])):
        content[random.randrange(len(content))] = random.randrange(256)
    file.write_bytes(bytes(content))


def damage_pages(scene: Scene, database: str) -> Seen:
    """One random page overwritten: said by whoever meets it, in words, and never guessed over."""
    with scene.lay(database, "clinic") as ground:
        file = ground.home / "konkyo.db"
        with closing(sqlite3.connect(file)) as writing:
            writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = file.read_bytes()
        told: Counter[str] = Counter()
        runs: list[Run] = []
        wrong: list[str] = []
        for _ in range(_LONG if scene.seconds > 60 else _SHORT):
            page = scene.random.randrange(len(whole) // _PAGE) * _PAGE
            file.write_bytes(whole[:page] + scene.random.randbytes(_PAGE) + whole[page + _PAGE :])
            for end in ("-wal", "-shm"):
                file.with_name(f"{file.name}{end}").unlink(missing_ok=True)
            report = call(ground, "report", "1", "--out", str(ground.home / "report.csv"))
            doctor = call(ground, "doctor")
            runs += [report, doctor]
            if report.process.returncode:
                wrong += require_refused(report, "the database is damaged")
                told["report refused"] += 1
            is_found = doctor.process.returncode == 1
            told["found by doctor" if is_found else "not found: free space, or a text that still is one"] += 1
        file.write_bytes(whole)
        return {"said": dict(told), "wrong": [*wrong, *look_outputs(runs)]}


def spoil_secret(scene: Scene, database: str) -> Seen:
    """The secret is a folder, cut short, or no text."""
    wrong: list[str] = []
    with scene.lay(database, "article") as ground:
        file = ground.home / "session_secret"
        kept = file.read_bytes()
        for content in (b"", b"short", b"\xff" * 40, None):
            file.unlink()
            if content is None:
                file.mkdir()
            else:
                file.write_bytes(content)
            wrong += require_refused(call(ground, "claims", "1"), "session secret")
        file.rmdir()
        file.write_bytes(kept)
        wrong += require_working(ground, [])
    return {"said": "the session secret …", "wrong": wrong}


def set_clock_back(scene: Scene, database: str) -> Seen:
    """The next turn of the budget is an hour off, as after a clock that was wrong."""
    with scene.lay(database, "article") as ground, EntrezServer(list_articles()) as entrez:
        ready = _with_source(ground, entrez)
        call(ready, "search", "1", "--source", "pubmed")
        ahead = "UPDATE request_budget SET next_turn = next_turn + 3600, resumes_at = resumes_at + 3600"
        _write(ground, ahead)
        run = call(ready, "search", "1", "--source", "pubmed", "--again")
        wrong = [] if run.process.returncode == 0 else [run.read()[-300:]]
        return {"wrong": [*wrong, *look_stuck(ground), *require_working(ground, [run])]}


def _with_source(ground: Ground, entrez: EntrezServer) -> Ground:
    key = {"NCBI_EMAIL": "nobody@example.org", "NCBI_API_KEY": "0" * 36}
    return ground.set(KONKYO_ENTREZ_URL=entrez.base_url, **key)


def _write(ground: Ground, *statements: str) -> None:
    engine = open_engine(ground.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
