"""Several files prepared at once, in processes of their own, and given in the order asked."""

from __future__ import annotations

import os
import pickle
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import count, islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.errors import SourceError
from claims.library.preparing import Ready, prepare_file

# Less than this is read sooner than processes start.
WORTHWHILE_BYTES = 4_000_000


def count_workers(files: Collection[Path]) -> int:
    """How many processes it pays to read these files with: one for each processor, none for a few records."""
    worthwhile = sum(map(_size_of, files)) >= WORTHWHILE_BYTES
    return min(os.cpu_count() or 1, len(files)) if worthwhile else 1


def prepare_files(
    files: Iterable[Path], spool: Path, workers: int
) -> Iterator[tuple[Path, Iterator[list[Ready]]]]:
    """Each file with its batches, in order; a file's batches are read before the next file is asked for.

    With more than one worker each prepares a file, and ``spool`` holds what they have done ahead.
    Raises ``SourceError`` (``library_unwritable``, ``library_worker_lost``).
    """
    if workers < 2:
        for file in files:
            yield file, prepare_file(file)
        return
    spool.mkdir(exist_ok=True)
    with (
        TemporaryDirectory(dir=spool) as folder,
        ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool,
    ):
        try:
            yield from _prepare_ahead(iter(files), Path(folder), pool, workers)
        finally:
            pool.shutdown(cancel_futures=True)


def _prepare_ahead(
    files: Iterator[Path], folder: Path, pool: ProcessPoolExecutor, workers: int
) -> Iterator[tuple[Path, Iterator[list[Ready]]]]:
    ahead: deque[tuple[Path, Path, Future[None]]] = deque()
    numbers = count()
    while True:
        for file in islice(files, workers + 1 - len(ahead)):
            prepared = folder / str(next(numbers))
            ahead.append((file, prepared, pool.submit(_write_batches, file, prepared)))
        if not ahead:
            return
        file, prepared, done = ahead.popleft()
        try:
            done.result()
        except BrokenProcessPool as error:
            raise SourceError("library_worker_lost", file=str(file)) from error
        except OSError as error:
            raise SourceError("library_unwritable", reason=error.strerror or str(error)) from error
        yield file, _read_batches(prepared)
        prepared.unlink()


def _write_batches(file: Path, prepared: Path) -> None:
    with prepared.open("wb") as stream:
        for batch in prepare_file(file):
            pickle.dump(batch, stream, pickle.HIGHEST_PROTOCOL)


def _read_batches(prepared: Path) -> Iterator[list[Ready]]:
    with prepared.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _end_with_parent() -> None:
    """Let this process not outlive the one that started it, however that one ended."""
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
