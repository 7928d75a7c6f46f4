"""Processes of a house: started, killed, and heard to the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from benchmarks.soak.grounds import ROOT, Ground

READY = "ready\n"
_PATIENCE_SECONDS = 300.0


@dataclass
class Run:
    """One process, which says when it is about to begin; what it says on both its ways out is kept."""

    process: subprocess.Popen[bytes]
    told: Path
    name: str

    def wait_ready(self) -> None:
        """Everything is loaded, and what was asked for begins."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while READY not in self.read() and self.process.poll() is None:
            if time.monotonic() > until:
                raise TimeoutError(self.name)
            time.sleep(0.005)

    def read(self) -> str:
        """What it said so far."""
        return self.told.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> bool:
        """``kill -9``; whether it was still at work. Its children end by themselves, or that is a fault."""
        was_working = self.process.poll() is None
        if was_working:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return was_working

    def end(self) -> int:
        """The exit code, once it has ended by itself."""
        return self.process.wait(_PATIENCE_SECONDS)

    def has_children(self, within_seconds: float = 20.0) -> bool:
        """Whether any process that it started is there after this time."""
        until = time.monotonic() + within_seconds
        while _is_alive(self.process.pid):
            if time.monotonic() > until:
                return True
            time.sleep(0.05)
        return False


def start(ground: Ground, arguments: Sequence[str], module: str = "benchmarks.soak.worker") -> Run:
    """A process of the house, in a group of its own."""
    handle, name = mkstemp(dir=ground.home.parent, suffix=".told")
    with os.fdopen(handle, "wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=ground.environment,
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Run(process, Path(name), f"konkyo {' '.join(arguments)}")


def call(ground: Ground, *arguments: str) -> Run:
    """A command of the house that has ended by itself."""
    run = start(ground, arguments)
    run.end()
    return run


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
