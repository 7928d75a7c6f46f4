"""Prepared records into the index: of each record the latest version that any file brought."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from tantivy import IndexWriter, Query, Searcher

from claims.library.documents import write_file_entry, write_tombstone
from claims.library.editions import Edition, is_later
from claims.library.preparing import Ready, ReadyDeletion, Refusal
from claims.library.schema import EDITION_FIELDS, build_schema, read_stored
from claims.records.citation import Pmid
from claims.records.record_json import from_json, to_json


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


@dataclass
class ImportDesk:
    """Takes prepared records and decides for each whether it is new, later or known.

    Nothing that it writes counts before the writer commits. ``held`` is what library and desk have of each
    PMID since then: its version and the digest of its content, 0 once deleted.
    """

    writer: IndexWriter
    searcher: Searcher
    today: Edition
    held: dict[Pmid, tuple[Edition, int]] = field(default_factory=dict)

    def take(self, batch: Iterable[Ready]) -> ImportSummary:
        """What became of these records."""
        ready = list(batch)
        unseen = [one.pmid for one in ready if not isinstance(one, Refusal) and one.pmid not in self.held]
        self.held.update(load_editions(self.searcher, unseen))
        done = ImportSummary()
        for one in ready:
            done = done.plus(self._take_one(one))
        return done

    def note_file(self, fingerprint: str, done: ImportSummary) -> None:
        """Keep that a file was imported whole, so that it need not be read again."""
        again = ImportSummary(read=done.read, refused=done.refused)
        self.writer.add_json(write_file_entry(fingerprint, json.dumps(to_json(again)).encode()))

    def _take_one(self, one: Ready) -> ImportSummary:
        if isinstance(one, Refusal):
            return ImportSummary(refused=(one,))
        if isinstance(one, ReadyDeletion):
            return self._delete(one)
        known = self.held.get(one.pmid)
        if known is None:
            self._put(one.pmid, one.edition, one.digest, one.document)
            return ImportSummary(read=1, added=1)
        edition, digest = known
        if digest == one.digest or not is_later(one.edition, edition, one.complete):
            return ImportSummary(read=1)
        self._put(one.pmid, one.edition, one.digest, one.document)
        return ImportSummary(read=1, revised=1) if digest else ImportSummary(read=1, added=1)

    def _delete(self, one: ReadyDeletion) -> ImportSummary:
        edition, digest = self.held.get(one.pmid, (self.today, 0))
        if digest and not is_later(one.edition, edition):
            return ImportSummary()
        # What nothing dates was deleted after the version that is there, or on the day it is heard of.
        known = one.edition if one.edition.day else Edition(edition.day, one.edition.file, deleted=True)
        if one.pmid not in self.held or is_later(known, edition):
            self._put(one.pmid, known, 0, write_tombstone(one.pmid, known))
        return ImportSummary(deleted=1 if digest else 0)

    def _put(self, pmid: Pmid, edition: Edition, digest: int, document: str) -> None:
        if pmid in self.held:
            one = Query.term_query(build_schema(), "pmid", int(pmid))
            self.writer.delete_documents_by_query(one)
        self.writer.add_json(document)
        self.held[pmid] = (edition, digest)


def load_editions(searcher: Searcher, pmids: Iterable[Pmid]) -> dict[Pmid, tuple[Edition, int]]:
    """Version and content's digest of each PMID that the library knows, digest 0 for a deleted one."""
    asked = [int(pmid) for pmid in dict.fromkeys(pmids)]
    if not asked:
        return {}
    found = searcher.search(
        Query.term_set_query(build_schema(), "pmid", asked), limit=len(asked), count=False
    )
    addresses = [address for _, address in found.hits]
    columns = [searcher.fast_field_values(field, addresses) for field in EDITION_FIELDS]
    return {
        Pmid(str(pmid)): (Edition(int(day or 0), int(file or 0), deleted=not digest), int(digest or 0))
        for pmid, day, file, digest in zip(*columns, strict=True)
    }


def find_file(searcher: Searcher, fingerprint: str) -> ImportSummary | None:
    """What importing a known file again amounts to, or ``None`` for a file that was not imported whole."""
    query = Query.term_query(build_schema(), "source", fingerprint)
    for _, address in searcher.search(query, limit=1, count=False).hits:
        return from_json(ImportSummary, json.loads(read_stored(searcher, address)))
    return None
