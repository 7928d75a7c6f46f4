"""The library in a folder: what it answers, and how files come into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

from claims.errors import SourceError
from claims.evidence.library.importing import ImportSummary, import_file, load_stored
from claims.evidence.library.querying import translate_query
from claims.evidence.library.schema import (
    RECORD,
    STEMS,
    WORDS,
    build_schema,
    decode_citation,
)
from claims.evidence.library.weighing import weigh_terms
from claims.evidence.syntax import parse_query
from claims.lexicon.weighting import WeightedTerm
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import SourceAnswer
from claims.text.english import stem_analyzer, word_analyzer

_WRITER_BYTES = 128_000_000


def _ignore_progress(file: Path, read: int) -> None:
    """Progress that nobody wants to hear."""


class Library:
    """The records of a folder's index. Safe to share between threads; several processes may read at once.

    Every question to a folder without a library raises ``SourceError("library_missing")``, to one that
    cannot be read ``library_unreadable``.
    """

    name = "library"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether anything has been imported here."""
        return self.folder.is_dir() and Index.exists(str(self.folder))

    def count(self) -> int:
        """How many records can be found; deleted ones are not among them."""
        searcher = self._searcher()
        found: Any = searcher.search(Query.term_query(build_schema(), "kind", RECORD), limit=1)
        return int(found.count)

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best records for a query in PubMed's syntax. Raises ``QueryError`` for an invalid query."""
        searcher = self._searcher()
        found: Any = searcher.search(translate_query(parse_query(query)), limit=max(limit, 1))
        pmids = self._read_pmids(searcher, [address for _, address in found.hits[:limit]])
        return SourceAnswer(tuple(pmids), int(found.count), translation=query)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        """The records of these PMIDs in the order asked; one that the library lacks is absent."""
        stored = load_stored(self._searcher(), pmids)
        return {pmid: decode_citation(form) for pmid in pmids if (form := stored.get(pmid)) is not None}

    def rank(self, terms: Iterable[WeightedTerm], limit: int) -> tuple[tuple[Pmid, float], ...]:
        """The records that share a word with the terms, best first, with their scores; no Boolean gate."""
        searcher = self._searcher()
        hits = searcher.search(weigh_terms(terms), limit=limit, count=False).hits
        pmids = self._read_pmids(searcher, [address for _, address in hits])
        return tuple((pmid, float(score)) for pmid, (score, _) in zip(pmids, hits, strict=True))

    def import_files(
        self, paths: Iterable[Path], on_progress: Callable[[Path, int], None] = _ignore_progress
    ) -> ImportSummary:
        """Brings the files' records in, one commit a file, and tells what changed.

        A break in the middle leaves whole files imported and nothing of the one at hand. Raises
        ``SourceError("library_busy")`` while another process imports.
        """
        index = self._make_index()
        writer = _open_writer(index)
        summary = ImportSummary()
        try:
            for path in paths:
                summary = summary.plus(import_file(path, writer, index.searcher(), on_progress))
                writer.commit()
                index.reload()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
            index.reload()
        return summary

    def _make_index(self) -> Index:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError("library_unreadable", folder=str(self.folder), reason=str(error)) from error
        return self._index

    @cached_property
    def _index(self) -> Index:
        try:
            index = Index(build_schema(), str(self.folder))
        except ValueError as error:
            raise SourceError("library_unreadable", folder=str(self.folder), reason=str(error)) from error
        index.register_tokenizer(WORDS, word_analyzer())
        index.register_tokenizer(STEMS, stem_analyzer())
        return index

    def _searcher(self) -> Searcher:
        if not self.exists:
            raise SourceError("library_missing", folder=str(self.folder))
        return self._index.searcher()

    def _read_pmids(self, searcher: Searcher, addresses: list[DocAddress]) -> list[Pmid]:
        return [Pmid(str(number)) for number in searcher.fast_field_values("pmid", addresses)]


def _open_writer(index: Index) -> IndexWriter:
    try:
        return index.writer(_WRITER_BYTES, num_threads=1)
    except ValueError as error:
        raise SourceError("library_busy", reason=str(error)) from error
