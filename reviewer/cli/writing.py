"""Files that a command writes, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from claims.errors import SettingsError


def write_whole(out: Path, exported: bytes) -> None:
    """Write ``out``; what stood there stays until all of the new is there.

    Raises ``SettingsError`` (``report_not_written``) where it cannot be written.
    """
    partial = out.with_name(out.name + ".part")
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(exported)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SettingsError("report_not_written", path=str(out), reason=error.strerror) from error
