"""No pattern takes long, whatever run of signs it meets: each is tried, and none escapes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.structure.long_runs import is_bounded
from tests.structure.pattern_collecting import ROOT, Found
from tests.structure.pattern_timing import find_slow, give_up

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


@pytest.fixture
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, give_up)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize(
    ("method", "pattern"),
    [
        ("search", "(?:a+)+$"),
        ("finditer", "「[^」]*」"),
        ("sub", r"1[^\n]{0,4000}あ"),
    ],
)
def test_a_pattern_that_grows_faster_than_its_text_is_found(method: str, pattern: str) -> None:
    assert find_slow(Found(re.compile(pattern), {"here"}, {method}))


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("pattern", ["a+", "(?:hair|毛髪)(?:loss)?", r"[^」]*」?", r"\d{1,9}円"])
def test_a_pattern_that_grows_with_its_text_is_left_alone(pattern: str) -> None:
    assert find_slow(Found(re.compile(pattern), {"here"}, {"finditer"})) == []


@pytest.mark.parametrize("pattern", ["hair|毛髪", "(?:hair )?loss", "[a-z][0-9]", "(?<=毛)髪"])
def test_a_pattern_that_repeats_nothing_is_bounded(pattern: str) -> None:
    assert is_bounded(re.compile(pattern))


@pytest.mark.parametrize("pattern", ["a+", "(?:a?b){2}", "(?=a*)b", "(?:a|b*)", "a?b?c?d?e?f?g?", "(?>a+)b"])
def test_a_pattern_that_repeats_anything_is_tried(pattern: str) -> None:
    assert not is_bounded(re.compile(pattern))
