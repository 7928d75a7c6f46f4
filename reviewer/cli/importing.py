"""The progress of an import: files done, records read, records a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from claims.library import ImportSummary
from reviewer.i18n import format_count


class ImportProgress:
    """A bar on standard error, silent where that is no terminal, and one line with the rate at the end."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._records = 0
        self._started = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[read]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("files imported", total=files, read="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def show(self, done: ImportSummary, files: int) -> None:
        """Show what has been read until now."""
        self._records = done.read
        self._bar.update(self._task, completed=files, read=self._tell())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()
        if error is None:
            click.echo(f"{format_count(self._files, 'file')}, {self._tell()}", err=True)

    def _tell(self) -> str:
        seconds = time.monotonic() - self._started
        noun = "record" if self._records == 1 else "records"
        return f"{self._records:,} {noun}, {self._records / max(seconds, 0.001):,.0f} a second"
