"""Which tests there are does not hang on the moment nor on the order of a set: workers of pytest-xdist, and
whoever names a test in a report, speak of the same ones."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLLECT = (sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")


def start(hash_seed: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        COLLECT,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTEST_ADDOPTS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def collected(process: subprocess.Popen[str]) -> list[str]:
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0, told[-2000:]
    return [line for line in told.splitlines() if "::" in line]


def test_each_process_at_each_moment_collects_the_same_tests() -> None:
    first = start("1")
    time.sleep(1.5)
    second = start("2")
    names = collected(first)
    assert len(names) > 5_000
    assert collected(second) == names
