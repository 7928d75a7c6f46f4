"""Files that a command writes: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from claims.errors import SettingsError


def write_file(out: Path, content: bytes) -> None:
    """Write ``out``, in a folder made for it where there is none. Raises ``SettingsError``."""
    with writing(out) as file:
        file.write(content)


@contextmanager
def writing(out: Path) -> Iterator[BinaryIO]:
    """A file that becomes ``out`` when all of it is written, and nothing when anything fails before.

    Raises ``SettingsError`` where it cannot be written.
    """
    partial = out.with_name(out.name + ".part")
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w+b") as file:
            yield file
        partial.replace(out)
    except OSError as error:
        raise SettingsError("file_not_written", path=str(out), reason=error.strerror) from error
    finally:
        # After it became the file there is none left.
        partial.unlink(missing_ok=True)
