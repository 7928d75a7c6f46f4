"""A file's records made ready for the index: all that costs time and needs no index, so that it can be done
in several processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from claims.errors import RecordError
from claims.library.documents import digest_of, encode_citation, write_document
from claims.library.editions import Edition, number_day, number_file
from claims.medline.isolating import parse_file
from claims.medline.nbib import parse_nbib
from claims.medline.parsing import Deletion, ParsedRecord, RefusedRecord
from claims.records.citation import Citation, Pmid

# Records that travel, and are looked up in the index, at once.
BATCH = 500
NBIB_SUFFIXES = (".nbib", ".medline")
# A record's stored form; real ones with thousands of authors stay below a tenth of it.
LARGEST_STORED_BYTES = 10_000_000
# Raised when records are read otherwise than before, so that files known already are read again.
_READING = b"2"

# Reasons that lie in the file system and may be gone the next time.
FILE_REASONS = frozenset({"file_is_folder", "file_missing", "file_unreadable"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not imported, and why; ``pmid`` is what stood in its place, "" for a whole file."""

    file: str
    reason: str
    pmid: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyRecord:
    """A version of a record with its document as JSON; ``complete`` as ``is_later`` asks for it."""

    pmid: Pmid
    edition: Edition
    digest: int
    document: str
    complete: bool


@dataclass(frozen=True, slots=True)
class ReadyDeletion:
    """A PMID that its file takes back."""

    pmid: Pmid
    edition: Edition


Ready: TypeAlias = ReadyRecord | ReadyDeletion | Refusal


def prepare_file(file: Path) -> Iterator[list[Ready]]:
    """A file's records in order, by the batch, as far as it can be read; each refusal in its place.

    A file that breaks off gives what stands before the break.
    """
    ready = _prepare_records(file)
    while batch := list(islice(ready, BATCH)):
        yield batch


def fingerprint_file(file: Path) -> str:
    """What tells a file's content and our reading of it from every other. Raises ``OSError``."""
    digest = blake2b(digest_size=16, person=_READING)
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def refuse_unreadable(file: Path, error: OSError) -> Refusal:
    """The refusal of a file that the system does not give."""
    if isinstance(error, IsADirectoryError):
        return Refusal(str(file), "file_is_folder")
    if isinstance(error, FileNotFoundError):
        return Refusal(str(file), "file_missing")
    return Refusal(str(file), "file_unreadable", values=(("reason", error.strerror or str(error)),))


def _prepare_records(file: Path) -> Iterator[Ready]:
    place = number_file(file)
    complete = file.suffix not in NBIB_SUFFIXES
    latest = 0
    try:
        for record in _parse_file(file):
            if isinstance(record, RefusedRecord):
                reason = (("reason", record.detail),) if record.detail else ()
                yield Refusal(str(file), record.reason_code, record.pmid_text, reason)
            elif isinstance(record, Deletion):
                yield ReadyDeletion(record.pmid, Edition(latest, place, deleted=True))
            else:
                day = number_day(record.revised_on)
                latest = max(latest, day)
                yield _prepare_citation(str(file), record, Edition(day, place), complete)
    except RecordError as error:
        values = tuple((name, str(value)) for name, value in error.values.items())
        yield Refusal(str(file), error.code, values=values)
    except OSError as error:
        yield refuse_unreadable(file, error)


def _prepare_citation(file: str, citation: Citation, edition: Edition, complete: bool) -> Ready:
    stored = encode_citation(citation)
    if len(stored) > LARGEST_STORED_BYTES:
        return Refusal(file, "record_too_large", citation.pmid)
    document = write_document(citation, stored, edition)
    return ReadyRecord(citation.pmid, edition, digest_of(stored), document, complete)


def _parse_file(file: Path) -> Iterator[ParsedRecord]:
    with file.open("rb") as stream:
        yield from parse_nbib(stream) if file.suffix in NBIB_SUFFIXES else parse_file(stream)
