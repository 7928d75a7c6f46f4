"""Progress on long work: a bar on standard error, silent where that is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Step = TypeVar("Step")


def show_progress(steps: Iterable[Step], label: str, total: int) -> Iterator[Step]:
    """The steps as they come, with a bar moving on standard error for each."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total)
        for step in steps:
            progress.advance(task)
            yield step
