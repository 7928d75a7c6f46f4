"""What a table of a version is, and what a file format is: the two halves of an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import BinaryIO, TypeAlias

from claims.records.people import User
from db.unit_of_work import UnitOfWork

# Of the columns of all tables and their codes, as ``docs/reports.md`` tells them. It is counted up when one
# means something else than before; a new column at the end is no other meaning.
SCHEMA_VERSION = "1"
# The cells of a line by the names of their columns.
Row: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Who wants a report of which version: moments are written in ``zone``.

    ``locale`` is the language of a document, "" for that of its article, and in a table that of the labels of
    grades, "" for English. ``columns`` is the language of the names of a table's columns; codes stay.
    """

    version_id: int
    viewer: User
    zone: tzinfo
    locale: str = ""
    columns: str = "en"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a version, whatever file it becomes: ``title`` is on its button, ``file_stem`` in its name.

    ``load`` gives its rows one after the other, each with every one of ``columns``, as the viewer may see
    them; it or its first row raises ``NotFound``, and it raises ``RoleRefused`` where the table is not for
    everybody. ``whole_places`` says, by column,
    where the whole of a cell stands that was too long; without, that is the review room.
    """

    title: str
    file_stem: str
    columns: tuple[str, ...]
    load: Callable[[UnitOfWork, ExportRequest], Iterable[Row]]
    whole_places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file, whatever table it holds: its name on a button, its media type, and what writes it.

    ``write`` is given rows that ``reviewer.exports.cells`` has protected, the columns in their order, the
    file, into which each row goes as it comes: a table may be longer than memory; and the head, what the
    columns are called in it.
    """

    name: str
    mime: str
    write: Callable[[Iterable[Row], Sequence[str], BinaryIO, Sequence[str]], None]
