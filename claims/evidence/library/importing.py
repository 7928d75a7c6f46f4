"""Files into the index: a record is the newest that any file brought, whatever the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tantivy import Document, IndexWriter, Query, Searcher

from claims.errors import RecordError
from claims.evidence.library.querying import match_pmids
from claims.evidence.library.schema import (
    build_document,
    build_schema,
    build_tombstone,
    decode_citation,
    encode_citation,
)
from claims.evidence.medline import Deletion, ParsedRecord, RefusedRecord, parse_records
from claims.evidence.nbib import parse_nbib
from claims.records.citation import Citation, Pmid

# Records looked up in the index at once.
BATCH = 500
NBIB_SUFFIXES = (".nbib", ".medline")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not imported, and why; ``pmid`` is what stood in its place, "" for a whole file."""

    file: str
    reason: str
    pmid: str = ""


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did. ``read`` counts citations; one that is there already is read and no more."""

    read: int = 0
    added: int = 0
    revised: int = 0
    deleted: int = 0
    refused: tuple[Refusal, ...] = ()

    def plus(self, other: ImportSummary) -> ImportSummary:
        """Both together.

        >>> ImportSummary(read=2, added=1).plus(ImportSummary(read=1)).read
        3
        """
        return ImportSummary(
            self.read + other.read,
            self.added + other.added,
            self.revised + other.revised,
            self.deleted + other.deleted,
            self.refused + other.refused,
        )


def import_file(
    file: Path, writer: IndexWriter, searcher: Searcher, on_progress: Callable[[Path, int], None]
) -> ImportSummary:
    """Puts a file's records into the writer, as far as the file can be read; the caller commits.

    ``on_progress`` hears the file and how many of its records were read so far.
    """
    tally = _Tally(str(file))
    records = tally.keep_refusals(_parse_file(file))
    desk = _Desk(writer, searcher, tally, replaces_equals=file.suffix not in NBIB_SUFFIXES)
    while batch := list(islice(records, BATCH)):
        desk.take(batch)
        on_progress(file, tally.read)
    return tally.summary()


@dataclass
class _Tally:
    file: str
    read: int = 0
    added: int = 0
    revised: int = 0
    deleted: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def keep_refusals(self, records: Iterator[ParsedRecord]) -> Iterator[Citation | Deletion]:
        """The records that can be read; a file that breaks off keeps those before the break."""
        try:
            for record in records:
                if isinstance(record, RefusedRecord):
                    self.refused.append(Refusal(self.file, record.reason_code, record.pmid_text))
                else:
                    yield record
        except RecordError as error:
            self.refused.append(Refusal(self.file, error.code))
        except OSError:
            self.refused.append(Refusal(self.file, "file_unreadable"))

    def summary(self) -> ImportSummary:
        return ImportSummary(self.read, self.added, self.revised, self.deleted, tuple(self.refused))


@dataclass
class _Desk:
    """Decides for each record of one file whether it is new, newer or known.

    ``held`` is what library and file have of each PMID so far: the stored form, ``None`` once deleted.
    """

    writer: IndexWriter
    searcher: Searcher
    tally: _Tally
    replaces_equals: bool
    held: dict[Pmid, bytes | None] = field(default_factory=dict)

    def take(self, records: Iterable[Citation | Deletion]) -> None:
        batch = list(records)
        unseen = [record.pmid for record in batch if record.pmid not in self.held]
        self.held.update(load_stored(self.searcher, unseen))
        for record in batch:
            if isinstance(record, Deletion):
                self._delete(record.pmid)
            else:
                self.tally.read += 1
                self._take_citation(record)

    def _take_citation(self, citation: Citation) -> None:
        stored = encode_citation(citation)
        if citation.pmid not in self.held:
            self.tally.added += 1
        else:
            known = self.held[citation.pmid]
            if known is None or known == stored or not self._is_newer(citation, known):
                return
            self.tally.revised += 1
        self._put(citation.pmid, stored, build_document(citation, stored))

    def _is_newer(self, citation: Citation, known: bytes) -> bool:
        """Whether other content replaces what is known: not when it is older, nor a poorer form of the same.

        NBIB says less of a record than XML does, so that it replaces only what was revised before it.
        """
        before, after = decode_citation(known).revised_on, citation.revised_on
        if before is None or after is None or before == after:
            return self.replaces_equals
        return after > before

    def _delete(self, pmid: Pmid) -> None:
        known = self.held.get(pmid)
        if known is None and pmid in self.held:
            return
        self.tally.deleted += known is not None
        self._put(pmid, None, build_tombstone(pmid))

    def _put(self, pmid: Pmid, stored: bytes | None, document: Document) -> None:
        if pmid in self.held:
            one = Query.term_query(build_schema(), "pmid", int(pmid))
            self.writer.delete_documents_by_query(one)
        self.writer.add_document(document)
        self.held[pmid] = stored


def load_stored(searcher: Searcher, pmids: Iterable[Pmid]) -> dict[Pmid, bytes | None]:
    """The stored form of each PMID that the library knows, ``None`` for a deleted one; others are absent."""
    asked = list(dict.fromkeys(pmids))
    if not asked:
        return {}
    found = searcher.search(match_pmids(asked), limit=len(asked), count=False)
    addresses = [address for _, address in found.hits]
    numbers = searcher.fast_field_values("pmid", addresses)
    stored = (searcher.doc(address).get_first("stored") for address in addresses)
    return {Pmid(str(number)): form for number, form in zip(numbers, stored, strict=True)}


def _parse_file(file: Path) -> Iterator[ParsedRecord]:
    with file.open("rb") as stream:
        yield from parse_nbib(stream) if file.suffix in NBIB_SUFFIXES else parse_records(stream)
