"""Run every pattern against long runs, in a process of its own: ``python -m tests.structure.pattern_timing``.

A line of JSON before each pattern, so that a pattern that hangs is known to whoever ends the process, and one
for each run that takes too long, then and again when all others were tried: a machine has slow spells.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from typing import Any

from tests.structure.long_runs import is_bounded, write_runs
from tests.structure.pattern_collecting import Found, collect_patterns

LENGTH, QUARTER, SIXTEENTH = 10_000, 2_500, 625
MOST_SECONDS = 0.1
# Below this no growth is judged: it is noise. Four times the length may take four times as long, and noise.
FLOOR_SECONDS = 0.005
MOST_GROWTH = 8.0
# What takes less than this part of a bound at a quarter of the length stays below it even if quadratic.
MOST_SQUARED = (LENGTH / QUARTER) ** 2
# What is a·n + b·n² and grows by ``MOST_GROWTH`` from the quarter to the whole grew by 5.3 up to the quarter.
STEADY_GROWTH = 5.0
ENOUGH = 3
TRIES = 3
HOPELESS_SECONDS = 1.0


def load_bounds() -> dict[str, int]:
    """Where a pattern is compiled → the most signs that the text has which it is given there.

    Imported late: what is loaded before the patterns are recorded is not recorded.
    """
    from claims.articles import boilerplate
    from claims.articles.tables import LONGEST_NAME
    from claims.extraction.cues import LONGEST_JUDGED

    return {
        "claims/extraction/cues.py": LONGEST_JUDGED,
        "claims/extraction/tables/cues_": LONGEST_JUDGED,
        "claims/articles/tables/boilerplate.tsv": boilerplate.LONGEST_JUDGED,
        "claims/articles/tables.py:9": LONGEST_NAME,
    }


class _TooLongError(Exception):
    """A run that would not end."""


def find_slow(found: Found) -> list[str]:
    """What the pattern takes too long for; nothing more is tried once a run did not end.

    A pattern that takes a bounded number of steps at each sign cannot, and is not tried.
    """
    slow: list[str] = []
    if is_bounded(found.pattern):
        return slow
    if bounds := [
        bound for place in found.places for start, bound in load_bounds().items() if place.startswith(start)
    ]:
        return _find_slow_within(found, max(bounds))
    for method in sorted(found.methods):
        for name, first, short, text in write_runs(found.pattern, SIXTEENTH, QUARTER, LENGTH):
            try:
                if _is_steady(found, method, first, short):
                    continue
                before = _time(found.pattern, method, short)
                seconds = _time(found.pattern, method, text)
                if seconds <= min(MOST_SECONDS, max(FLOOR_SECONDS, MOST_GROWTH * before)):
                    continue
                seconds = min(seconds, *(_time(found.pattern, method, text) for _ in range(TRIES)))
                before = min(before, *(_time(found.pattern, method, short) for _ in range(TRIES)))
            except _TooLongError:
                return [*slow, f"{method} of {name}: more than {HOPELESS_SECONDS} s for {LENGTH} signs"]
            if seconds > MOST_SECONDS or (seconds > FLOOR_SECONDS and seconds > MOST_GROWTH * before):
                slow.append(
                    f"{method} of {name}: {seconds:.3f} s for {LENGTH} signs, {before:.4f} for {QUARTER}"
                )
            if len(slow) == ENOUGH:
                return slow
    return slow


def _is_steady(found: Found, method: str, first: Any, short: Any) -> bool:
    """Whether the whole text need not be tried, by what its sixteenth and its quarter take."""
    at_first = _time(found.pattern, method, first)
    if at_first <= FLOOR_SECONDS / MOST_SQUARED**2:
        return True
    before = _time(found.pattern, method, short)
    if before <= FLOOR_SECONDS / MOST_SQUARED:
        return True
    return before <= min(MOST_SECONDS / MOST_SQUARED, STEADY_GROWTH * at_first)


def _find_slow_within(found: Found, bound: int) -> list[str]:
    """What the pattern takes too long for in texts that are no longer than ``bound``."""
    slow: list[str] = []
    for method in sorted(found.methods):
        runs = [(name, text[:bound]) for name, text in write_runs(found.pattern, bound)]
        if _are_quick(found, method, [text for _, text in runs]):
            continue
        for name, text in runs:
            try:
                if _time(found.pattern, method, text) > MOST_SECONDS:
                    slow.append(f"{method} of {name}: more than {MOST_SECONDS} s for {bound} signs")
            except _TooLongError:
                return [*slow, f"{method} of {name}: more than {HOPELESS_SECONDS} s for {bound} signs"]
    return slow


def _are_quick(found: Found, method: str, texts: list[Any]) -> bool:
    """Whether all texts together take no longer than one may."""
    try:
        return _time(found.pattern, method, *texts) <= MOST_SECONDS
    except _TooLongError:
        return False


def _time(pattern: re.Pattern[Any], method: str, *texts: Any) -> float:
    """Seconds of this thread. A match that runs asks for signals now and then, so that one can end it."""
    run = getattr(pattern, method)
    signal.setitimer(signal.ITIMER_VIRTUAL, HOPELESS_SECONDS)
    started = time.thread_time()
    for text in texts:
        if method in ("sub", "subn"):
            run(text[:0], text)
        elif method == "finditer":
            for _ in run(text):
                pass
        else:
            run(text)
    seconds = time.thread_time() - started
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return seconds


def give_up(_signal: int, _frame: object) -> None:
    """What ends a run, as the handler of ``SIGVTALRM``."""
    raise _TooLongError


def main() -> None:
    signal.signal(signal.SIGVTALRM, give_up)
    suspects: list[Found] = []
    for found in collect_patterns():
        if len(sys.argv) > 1 and not any(sys.argv[1] in place for place in found.places):
            continue
        _say("trying", found)
        if find_slow(found):
            suspects.append(found)
    for found in suspects:
        if slow := find_slow(found):
            _say("slow", found, slow)
    print(json.dumps(["done"]))


def _say(kind: str, found: Found, *more: list[str]) -> None:
    print(json.dumps([kind, str(found.pattern.pattern), sorted(found.places), *more]), flush=True)


if __name__ == "__main__":
    main()
