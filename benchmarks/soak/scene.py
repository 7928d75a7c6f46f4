"""Where faults happen: houses, the server of PostgreSQL, chance, and how long a fault lasts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.soak.building import BUILDS
from benchmarks.soak.grounds import Ground, Grounds, PostgreSQL
from benchmarks.soak.looks import count_acked, look
from benchmarks.soak.processes import Run, call, start

_REFUSED = re.compile(r"^refused (\w+)$", re.MULTILINE)
_ERROR = re.compile(r"^Error: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Scene:
    """What a fault is given."""

    grounds: Grounds
    server: PostgreSQL
    random: Random
    seconds: float

    @contextmanager
    def lay(self, database: str, house: str) -> Iterator[Ground]:
        """A house of its own."""
        with self.grounds.lay(database, house, BUILDS[house]) as ground:
            yield ground


@dataclass(frozen=True)
class Graders:
    """Two sign-ins of one reviewer, who grade whatever happens.

    Of one: a claim that two reviewers have graded alike is settled, and takes no more grades.
    """

    runs: list[Run]
    enough: Path

    @property
    def acked(self) -> int:
        """How many grades were acknowledged so far."""
        return count_acked(self.runs)

    def go_on(self) -> list[str]:
        """What is wrong unless they grade again within two minutes."""
        former, until = self.acked, time.monotonic() + 120
        while self.acked <= former:
            if time.monotonic() > until:
                return ["nobody could grade afterwards"]
            time.sleep(0.2)
        return []


@contextmanager
def grading(ground: Ground) -> Iterator[Graders]:
    """Graders who have begun, and have ended when the block is left."""
    enough = ground.home.with_name(f"{ground.home.name}-enough")
    graders = Graders([start(ground, ["a", str(enough)], "benchmarks.soak.grader") for _ in range(2)], enough)
    for run in graders.runs:
        run.wait_ready()
    graders.go_on()
    try:
        yield graders
    finally:
        enough.touch()
        for run in graders.runs:
            run.end()


def list_refusals(runs: Iterable[Run]) -> list[str]:
    """The codes with which grades were refused."""
    return sorted({code for run in runs for code in _REFUSED.findall(run.read())})


def tell_error(run: Run) -> str:
    """The sentence with which a command ended."""
    found = _ERROR.findall(run.read())
    return found[-1] if found else ""


def require_refused(run: Run, words: str) -> list[str]:
    """What is wrong with a command that had to end with exit code 1 and a sentence that has these words."""
    told = tell_error(run)
    if run.process.returncode == 1 and words in told and "Traceback" not in run.read():
        return []
    return [f"{run.name}: exit code {run.process.returncode}, {run.read()[-300:]}"]


def require_working(ground: Ground, runs: Iterable[Run]) -> list[str]:
    """What is wrong with the house once the fault is over: it works, and nothing is lost."""
    again = call(ground, "claims", "1")
    wrong = [] if again.process.returncode == 0 else [f"does not work again: {again.read()[-300:]}"]
    return [*wrong, *look(ground, [*runs, again])]
