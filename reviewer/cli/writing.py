"""Files that a command writes: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from claims.errors import SettingsError


def write_file(out: Path, content: bytes) -> None:
    """Write ``out``, in a folder made for it where there is none. Raises ``SettingsError``."""
    partial = out.with_name(out.name + ".part")
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SettingsError("file_not_written", path=str(out), reason=error.strerror) from error
