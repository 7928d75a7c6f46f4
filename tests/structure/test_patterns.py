"""No pattern takes long, whatever run of signs it meets: each is tried, and none escapes."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.structure.pattern_collecting import ROOT

# The process tries some 900 patterns; it is ended when it says nothing of the next one for so long.
MOST_SECONDS = 3_000


def test_every_pattern_is_linear_in_long_runs() -> None:
    command = [sys.executable, "-m", "tests.structure.pattern_timing"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            printed, _ = process.communicate(timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            printed, _ = process.communicate()
    told = [json.loads(line) for line in printed.splitlines()]
    assert told, "the patterns could not be collected"
    assert told[-1] == ["done"], f"it hung at {told[-1]}"
    assert sum(kind == "trying" for kind, *_ in told) > 800
    slow = [f"{', '.join(places)}: {'; '.join(runs)}" for kind, _, places, runs in filter(_is_slow, told)]
    assert not slow, "\n".join(slow)


def _is_slow(line: list[str]) -> bool:
    return line[0] == "slow"
