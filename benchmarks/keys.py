"""How many keys of the grading page are lost or misplaced when they are typed fast, in Chromium.

    python -m benchmarks.keys [--keys 1000] [--pace 60 150 250]

For each pace a fresh room with claims of five and of twenty citations in turn is served; half of the keys
are typed as soon as the page can be seen on a server that has drawn nothing yet, half on the same server
warm. The stored judgements and grades are compared with what the same keys come to one by one.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.journeys.room import open_browser, serve_home, sign_in
from tests.journeys.typing import (
    FEW,
    MANY,
    PATIENCE_MS,
    REVIEWER,
    count_differences,
    load_rows,
    open_typing_room,
    place_keys,
    type_keys,
)

CLAIMS = 60


def main() -> None:
    """Type at each pace and print one row for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=1_000)
    parser.add_argument("--pace", type=int, nargs="+", default=[60, 150, 250])
    asked = parser.parse_args()
    for pace_ms in asked.pace:
        keys = make_keys(asked.keys // len(asked.pace), seed=pace_ms)
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), keys, pace_ms), flush=True)


def make_keys(count: int, seed: int) -> list[str]:
    """Keys as reviewers type them: verdicts, steps among the citations by habit and by choice, the rest put
    aside, a grade that they allow, on."""
    keys: list[str] = []
    chosen, place = random.Random(seed), 0
    while len(keys) < count:
        run = ["s"]
        for _ in range(chosen.randint(2, (MANY if place % 2 else FEW) - 1)):
            run += [*chosen.choice(["", "d", "dd", "e"]), chosen.choice("spnx")]
        if chosen.random() < 0.5:
            run.append("r")
        keys += [*run, *"e" * MANY, "s", "3", chosen.choice(["j", "Enter"])]
        place += 1
    return keys


def measure(home: Path, keys: list[str], pace_ms: int) -> str:
    """Type the keys, and say how many of them came to something else than they should."""
    application = open_typing_room(home, CLAIMS)
    half = next(at for at in range(len(keys) // 2, len(keys)) if keys[at] in ("j", "Enter")) + 1
    started = time.perf_counter()
    with serve_home(home, home / "serve.log") as url, open_browser("ja-JP") as page:
        sign_in(page, url, REVIEWER)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{url}/?claim=1")
        page.locator(".st-key-judge_s button").wait_for()
        type_keys(page, keys[:half], pace_ms)
        type_keys(page, keys[half:], pace_ms)
    wrong = count_differences(load_rows(application), place_keys(application, keys))
    seconds = time.perf_counter() - started
    return f"{pace_ms:4} ms a key: {wrong} of {len(keys)} keys lost or misplaced ({seconds:.0f} s)"


if __name__ == "__main__":
    main()
