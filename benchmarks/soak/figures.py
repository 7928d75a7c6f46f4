"""What was seen: printed as it happens, kept as lines of JSON, and the tables of ``docs/reliability.md``.

python -m benchmarks.soak.figures FILE...
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from benchmarks.soak.grounds import ROOT

DOCUMENT = ROOT / "docs" / "reliability.md"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"


class Results:
    """The results of one run; several threads may add to them."""

    def __init__(self, file: Path | None, seed: int) -> None:
        self.seed = seed
        self.wrong = 0
        self._file = file
        self._lock = Lock()
        print(f"seed {seed}", flush=True)

    def add(self, kind: str, name: str, database: str, run: Callable[[], Mapping[str, Any]]) -> None:
        """What ``run`` gives, with how long it took; that it raised is a result, too."""
        began = time.monotonic()
        try:
            seen = dict(run())
        except Exception:  # noqa: BLE001 - a round that breaks is told, and the others go on
            seen = {"wrong": [traceback.format_exc()[-1500:]]}
        seconds = time.monotonic() - began
        line = {"kind": kind, "name": name, "database": database, "seconds": round(seconds, 1)}
        with self._lock:
            self.wrong += bool(seen["wrong"])
            told = ", ".join(f"{key} {value}" for key, value in seen.items() if key != "wrong")
            print(f"{database}: {name}: {told}; {seconds:.0f} s", *seen["wrong"], sep="\n  ! ", flush=True)
            if self._file is not None:
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({**line, **seen, "seed": self.seed}, ensure_ascii=False) + "\n")


def write_tables(results: list[dict[str, Any]]) -> Iterator[str]:
    """The document's lines on these results."""
    seeds = ", ".join(sorted({str(one["seed"]) for one in results}))
    kills = [one for one in results if one["kind"] == "kill"]
    yield (
        f"Run on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} busy cores of {platform.machine()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, PostgreSQL 16; seeds {seeds}."
    )
    yield ""
    yield "| killed with -9 | database | rounds | processes killed at work | grades acknowledged | wrong |"
    yield "|---|---|---|---|---|---|"
    for name, database in dict.fromkeys((one["name"], one["database"]) for one in kills):
        rounds = [one for one in kills if (one["name"], one["database"]) == (name, database)]
        killed, acked = (sum(one.get(key, 0) for one in rounds) for key in ("killed", "acked"))
        wrong = sum(len(one["wrong"]) for one in rounds)
        yield f"| {name} | {database} | {len(rounds)} | {killed} | {acked or '–'} | {wrong} |"
    killed, acked = (sum(one.get(key, 0) for one in kills) for key in ("killed", "acked"))
    yield f"| all | | {len(kills)} | {killed} | {acked} | {_count_wrong(kills)} |"
    yield ""
    yield "| fault | database | seen | wrong |"
    yield "|---|---|---|---|"
    faults = [one for one in results if one["kind"] == "fault"]
    for one in faults:
        yield f"| {one['name']} | {one['database']} | {_tell(one)} | {len(one['wrong'])} |"
    yield f"| all | | | {_count_wrong(faults)} |"


def _count_wrong(results: list[dict[str, Any]]) -> int:
    return sum(len(one["wrong"]) for one in results)


def _tell(one: Mapping[str, Any]) -> str:
    told: list[str] = []
    for key in ("acked", "tries", "requests"):
        if key in one:
            told.append(f"{key} {one[key]}")
    if one.get("refused"):
        told.append("refused meanwhile: " + ", ".join(f"`{code}`" for code in one["refused"]))
    said = one.get("said", "")
    if isinstance(said, dict):
        told += [f"{number} × {words}" for words, number in said.items()]
    elif said:
        told.append(str(said))
    return "; ".join(told).replace("|", "\\|")


def main() -> None:
    """Write the tables of the results in the files of the command line into the document."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    files: list[Path] = parser.parse_args().files
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    tables = "\n".join(write_tables([json.loads(line) for line in lines]))
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
    DOCUMENT.write_text(f"{before}{_BEGIN}{tables}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
