"""How the local library grows: its size, its import, a night's update, memory and answers by its records.

    python -m benchmarks.scale.library [--records 200000 1000000 2000000] [--out FILE]

Fills one library with synthetic records, numbered outside PubMed's range, and measures at each of these
sizes: bytes on disk, records a second up to there, a night of ``NIGHT_RECORDS`` revised and new records, the
most memory, and the answers to the ladders' queries. What is measured is added to FILE, from which
``python -m docs.write_scale`` fits it to the whole of PubMed.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.library import FIRST_PMID, Question, list_questions, make_synthetic, time_asking, write_files
from benchmarks.scale.results import add_results
from claims.library import Library

SIZES = (200_000, 1_000_000, 2_000_000)
RECORDS_A_FILE = 25_000
# What NLM's update files of a day bring: about as many, a fifth of them revised.
NIGHT_RECORDS, REVISED = 5_000, 1_000
MEGABYTE = 1_000_000


def main() -> None:
    """Grow, measure at each size, print, keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, nargs="+", default=SIZES)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    queries, rankings = list_questions()
    with TemporaryDirectory() as place:
        folder = Path(place)
        library = Library(folder / "library")
        records, held, seconds = make_synthetic(max(asked.records)), 0, 0.0
        rows: list[dict[str, float]] = []
        for size in asked.records:
            seconds += _grow(library, folder, islice(records, size - held))
            held = size
            rows.append(_measure(library, folder, size, seconds, queries, rankings))
            print("  ".join(f"{name} {figure:g}" for name, figure in rows[-1].items()), flush=True)
        if asked.out:
            add_results(asked.out, "library", rows)


def _grow(library: Library, folder: Path, records: Iterator[str]) -> float:
    """The seconds in which the records came in, the time to write their files left out."""
    seconds = 0.0
    while files := write_files(folder, islice(records, 4 * RECORDS_A_FILE), RECORDS_A_FILE):
        started = time.monotonic()
        library.import_files(files)
        seconds += time.monotonic() - started
        for file in files:
            file.unlink()
    return seconds


def _measure(
    library: Library,
    folder: Path,
    size: int,
    seconds: float,
    queries: Sequence[Question],
    rankings: Sequence[Question],
) -> dict[str, float]:
    bytes_held = sum(file.stat().st_size for file in library.folder.rglob("*") if file.is_file())
    return {
        "records": size,
        "megabytes": round(bytes_held / MEGABYTE, 1),
        "import_seconds": round(seconds, 1),
        "night_seconds": round(_take_night(library, folder, size), 1),
        "peak_megabytes": round(_peak_bytes() / MEGABYTE),
        "query_ms_p50": round(_ask(library, queries, statistics.median), 1),
        "query_ms_p95": round(_ask(library, queries, _p95), 1),
        "rank_ms_p95": round(_ask(library, rankings, _p95), 1),
    }


def _take_night(library: Library, folder: Path, size: int) -> float:
    """The seconds of one night's file; what it brings is as large again in each night."""
    numbers = [*Random(size).sample(range(size), REVISED), *range(NIGHT_RECORDS - REVISED)]
    texts = make_synthetic(NIGHT_RECORDS, seed=size)
    renewed = (
        text.replace(f"<PMID>{FIRST_PMID + place}</PMID>", f"<PMID>{_number(place, number, size)}</PMID>", 1)
        for place, (text, number) in enumerate(zip(texts, numbers, strict=True))
    )
    night = folder / "night"
    night.mkdir(exist_ok=True)
    (file,) = write_files(night, renewed, NIGHT_RECORDS)
    # NLM's later files have higher numbers, and take the place of what came before.
    later = file.rename(night / f"pubmed26n{9_000 + size // 100_000}.xml")
    started = time.monotonic()
    library.import_files([later])
    later.unlink()
    return time.monotonic() - started


def _number(place: int, number: int, size: int) -> int:
    """Of the first records of a night the number of one that is held, of the others a number of their own."""
    return FIRST_PMID + (number if place < REVISED else 500_000_000 + size + number)


def _ask(library: Library, questions: Sequence[Question], tell: Callable[[list[float]], float]) -> float:
    return tell([min(time_asking(library, ask) for _ in range(3)) for ask in questions])


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _peak_bytes() -> int:
    """The most memory that this process or one of its importers had."""
    own, theirs = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return 1024 * max(own, theirs)


if __name__ == "__main__":
    main()
