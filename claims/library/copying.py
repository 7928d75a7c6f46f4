"""The files of an index as they stood at one commit, whatever is imported and merged meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from claims.errors import SourceError

# Written anew with each commit: it names the parts that count, and files of parts never change.
_COMMIT = "meta.json"
# What the index keeps beside: its own list of files, and whether an import was broken off.
_BESIDE = frozenset({".managed.json", "unfinished"})
_TRIES = 20


@contextmanager
def open_commit(folder: Path) -> Iterator[dict[str, BinaryIO]]:
    """The open files of the folder's latest commit by their names.

    Raises ``SourceError``: ``library_unreadable`` where there is none, ``library_busy`` where one commit
    follows the other too fast.
    """
    for _ in range(_TRIES):
        with ExitStack() as opened:
            try:
                files = _open_files(folder, opened)
            except FileNotFoundError:
                # Merged into another part between being named and being opened.
                continue
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise SourceError("library_unreadable", folder=str(folder), reason=str(error)) from error
            if files is not None:
                yield files
                return
    raise SourceError("library_busy")


def _open_files(folder: Path, opened: ExitStack) -> dict[str, BinaryIO] | None:
    """The files, ``None`` where another commit came while they were opened."""
    commit = (folder / _COMMIT).read_bytes()
    parts = {str(part["segment_id"]).replace("-", "") for part in json.loads(commit)["segments"]}
    wanted = [
        file
        for file in sorted(folder.iterdir())
        if file.name == _COMMIT or file.name in _BESIDE or file.name.partition(".")[0] in parts
    ]
    files: dict[str, BinaryIO] = {file.name: opened.enter_context(file.open("rb")) for file in wanted}
    if files[_COMMIT].read() != commit or (folder / _COMMIT).read_bytes() != commit:
        return None
    files[_COMMIT].seek(0)
    return files
