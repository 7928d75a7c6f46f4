"""What a file of each format holds, read as its reader would: a new format needs a line here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from reviewer.exports.table import Row


def read_csv(exported: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


# By the ending of its files, as in ``reviewer.exports.registry.FORMATS``.
READERS: Mapping[str, Callable[[bytes], list[Row]]] = {"csv": read_csv}
