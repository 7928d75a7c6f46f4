"""The tables that people read and extend: tab-separated, a header, a row a line, comments behind ``#``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path


def read_rows(table: Path, columns: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a table by column name, in their order; lines that begin with ``#`` are left out.

    Raises ``ValueError`` naming file and line where a row has other cells than the header, or the header is
    not ``columns``.
    """
    header: list[str] = []
    for number, line in enumerate(table.read_text(encoding="utf-8").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            if columns and header != list(columns):
                raise ValueError(f"{table.name}: the header is not {tuple(columns)}")
        elif len(cells) != len(header):
            raise ValueError(f"{table.name}:{number}: {len(cells)} cells, not {len(header)}")
        else:
            yield dict(zip(header, cells, strict=True))
