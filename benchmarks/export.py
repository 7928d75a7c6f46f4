"""How long the report of a very long article takes, and how much memory, from the database to the file.

    python -m benchmarks.export [--claims 50000] [--searched]

The claims are sample sentences, on request each searched, with five records of two thousand. Each format is
written by a process of its own, whose largest size is told with what it had before the first row.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.exports.exporting import write_table_into
from reviewer.exports.table import ExportRequest
from reviewer.settings import Settings
from tests.databases import make_database
from tests.large_house import fill_long_article

FORMATS = ("csv", "xlsx")
_MODULE = "benchmarks.export"


def main() -> None:
    """Build the house and print a row a format; with ``--measure``, write one and print its row."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--searched", action="store_true")
    parser.add_argument("--measure", nargs=2, metavar=("HOME", "FORMAT"))
    asked = parser.parse_args()
    if asked.measure:
        print(measure(Path(asked.measure[0]), asked.measure[1]), flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill_long_article(
            Settings(home, make_database(home / "konkyo.db")), asked.claims, searched=asked.searched
        )
        print(f"{asked.claims} claims{', searched' * asked.searched}", flush=True)
        for form in FORMATS:
            subprocess.run([sys.executable, "-m", _MODULE, "--measure", folder, form], check=True)


def measure(home: Path, form: str) -> str:
    """Write the table of claims once, and say what it took."""
    application = open_application(Settings(home, f"sqlite:///{home / 'konkyo.db'}"))
    before, began, used = _largest_megabytes(), time.perf_counter(), time.process_time()
    with (home / f"report.{form}").open("w+b") as out, application.reading() as work:
        write_table_into(out, work, "claims", ExportRequest(1, OPERATOR, UTC), form)
        megabytes = out.tell() / 1e6
    took, of_processor = time.perf_counter() - began, time.process_time() - used
    return (
        f"{form}: {took:.1f} s ({of_processor:.1f} s of a processor), {megabytes:.1f} MB written,"
        f" memory {before} to {_largest_megabytes()} MB"
    )


def _largest_megabytes() -> int:
    """The largest size of this process since it began, on Linux: what a child is told includes its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
