"""The library in a folder: what it answers, and how files come into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

from claims.errors import QueryError, SourceError
from claims.lexicon.weighting import WeightedTerm
from claims.library.copying import open_commit
from claims.library.damage import catching_panics, is_damage
from claims.library.documents import decode_citation
from claims.library.editions import Edition, number_day
from claims.library.importing import ImportDesk, ImportSummary, find_file
from claims.library.parallel import count_workers, prepare_files
from claims.library.preparing import FILE_REASONS, Ready, fingerprint_file, refuse_unreadable
from claims.library.querying import list_unexploded, match_records, translate_query
from claims.library.schema import RECORD, build_schema, open_index, read_stored
from claims.library.weighing import weigh_terms
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import Loss, SourceAnswer
from claims.search.ports import SourceProfile
from claims.search.syntax import parse_query

# Hears the sum so far and how many files are done.
OnProgress: TypeAlias = Callable[[ImportSummary, int], None]

_WRITER_BYTES = 128_000_000
# What the index says of a phrase whose last word begins more words than it looks up.
_TOO_WIDE = "max expansions"
# What it says while another writer is at work.
_LOCKED = "LockBusy"
# There from an import's beginning to its end, and after one that was broken off.
_UNFINISHED = "unfinished"
# So many of the best records are looked through for those that came since a day.
_LOOKED_AT = 2_000
# Small files share a commit, which costs as much as reading some hundred records.
_RECORDS_A_COMMIT = 20_000


def _ignore_progress(done: ImportSummary, files: int) -> None:
    """Progress that nobody wants to hear."""


# Records are read from the index so many at a time, few enough to be stopped between.
LIBRARY = SourceProfile(
    "library", "PubMed (NLM files)", "local library", fetch_batch=200, is_whole=False, holds_samples=True
)


class Library:
    """The records of a folder's index. Safe to share between threads; several processes may read at once.

    Every question to a folder without a library raises ``SourceError("library_missing")``, to one that
    cannot be read ``library_unreadable``.
    """

    profile = LIBRARY

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether anything has been imported here."""
        return self.folder.is_dir() and Index.exists(str(self.folder)) and self._index.searcher().num_docs > 0

    def count(self) -> int:
        """How many records can be found; deleted ones are not among them."""
        with self._reading() as searcher:
            found: Any = searcher.search(Query.term_query(build_schema(), "kind", RECORD), limit=1)
            return int(found.count)

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best records for a query in PubMed's syntax; a warning names what PubMed would have exploded.

        Raises ``QueryError`` for an invalid query, and for a field that the library does not keep.
        """
        tree = parse_query(query)
        with self._reading() as searcher:
            found: Any = searcher.search(translate_query(tree), limit=max(limit, 1))
            pmids = _read_pmids(searcher, [address for _, address in found.hits[:limit]])
        warnings = (*list_unexploded(tree), *self._warn_unfinished(bool(pmids)))
        return SourceAnswer(tuple(pmids), int(found.count), query, warnings)

    def search_since(self, query: str, limit: int, since: date) -> SourceAnswer:
        """The same among the records that NLM made or revised on that day or later, and those without a day.

        On which day a record came into the library is not kept. Looked through are the best ``_LOOKED_AT``.
        """
        tree, from_day = parse_query(query), number_day(since)
        with self._reading() as searcher:
            found: Any = searcher.search(translate_query(tree), limit=_LOOKED_AT)
            addresses = [address for _, address in found.hits]
            days = searcher.fast_field_values("day", addresses)
            pmids = _read_pmids(searcher, addresses)
        new = [pmid for pmid, day in zip(pmids, days, strict=True) if not day or day >= from_day]
        warnings = (*list_unexploded(tree), *self._warn_unfinished(bool(pmids)))
        return SourceAnswer(tuple(new[:limit]), len(new), query, warnings)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        """The records of these PMIDs in the order asked; one that the library lacks is absent."""
        asked = list(dict.fromkeys(pmids))
        if not asked:
            return {}
        with self._reading() as searcher:
            found = searcher.search(match_records(asked), limit=len(asked), count=False)
            read = (decode_citation(read_stored(searcher, address)) for _, address in found.hits)
            citations = {citation.pmid: citation for citation in read}
        return {pmid: citations[pmid] for pmid in asked if pmid in citations}

    def rank(self, terms: Iterable[WeightedTerm], limit: int) -> tuple[tuple[Pmid, float], ...]:
        """The records that share a word with the terms, best first, with their scores; no Boolean gate."""
        with self._reading() as searcher:
            hits = searcher.search(weigh_terms(terms), limit=limit, count=False).hits
            pmids = _read_pmids(searcher, [address for _, address in hits])
        self._warn_unfinished(bool(pmids))
        return tuple((pmid, float(score)) for pmid, (score, _) in zip(pmids, hits, strict=True))

    def import_files(
        self,
        paths: Iterable[Path],
        on_progress: OnProgress = _ignore_progress,
        today: date | None = None,
    ) -> ImportSummary:
        """Brings the files' records in and tells what changed; a file that is known whole is not read again.

        A break at any moment leaves whole files imported and nothing of the others: importing the same files
        again completes it. Raises ``SourceError``: ``library_busy`` while another process imports,
        ``library_unwritable`` when the folder takes no more; what was committed until then stays.
        """
        with self._writing() as writer:
            unfinished = self.folder / _UNFINISHED
            with _telling_unwritable():
                unfinished.touch()
            done = _Import(self._index, writer, self.folder / "spool", on_progress, today).run(list(paths))
            unfinished.unlink()
            return done

    def open_files(self) -> AbstractContextManager[dict[str, BinaryIO]]:
        """Its files as they stood at the latest commit, open, by their names. Raises ``SourceError``."""
        return open_commit(self.folder)

    def _warn_unfinished(self, found: bool) -> tuple[str, ...]:
        """A warning where files still have to come in. Raises ``SourceError`` where nothing is found then."""
        if not (self.folder / _UNFINISHED).exists():
            return ()
        if not found:
            raise SourceError("library_unfinished")
        return (f"{Loss.LIBRARY_UNFINISHED.value}: {self.count()}",)

    @cached_property
    def _index(self) -> Index:
        with self._telling_damage():
            return open_index(str(self.folder))

    @contextmanager
    def _reading(self) -> Iterator[Searcher]:
        if not self.exists:
            raise SourceError("library_missing", folder=str(self.folder))
        with self._telling_damage():
            try:
                yield self._index.searcher()
            except ValueError as error:
                if _TOO_WIDE in str(error):
                    raise QueryError("query_too_wide") from error
                raise

    @contextmanager
    def _writing(self) -> Iterator[IndexWriter]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError("library_unwritable", reason=error.strerror) from error
        writer = _open_writer(self._index)
        with self._telling_damage():
            try:
                yield writer
            finally:
                # Ends the writer, and with it the lock; what was not committed is gone.
                with suppress(ValueError):
                    writer.wait_merging_threads()
                self._index.reload()

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        """What cannot be read is told as such. Raises ``SourceError("library_unreadable")``."""
        try:
            with catching_panics():
                yield
        except ValueError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: ValueError) -> SourceError:
        return SourceError("library_unreadable", folder=str(self.folder), reason=str(error))


class _Import:
    """One import: files one after the other, a commit whenever enough records wait for it."""

    def __init__(
        self, index: Index, writer: IndexWriter, spool: Path, on_progress: OnProgress, today: date | None
    ) -> None:
        self._index = index
        self._writer = writer
        self._spool = spool
        self._on_progress = on_progress
        self._today = Edition(number_day(today or date.today()))
        self._desk = ImportDesk(writer, index.searcher(), self._today)
        self._fingerprints: dict[Path, str] = {}
        self._done = ImportSummary()
        self._files = 0

    def run(self, files: list[Path]) -> ImportSummary:
        """What changed, once all of it is committed."""
        shutil.rmtree(self._spool, ignore_errors=True)
        for file, batches in prepare_files(self._list_due(files), self._spool, count_workers(files)):
            self._take_file(file, batches)
            if len(self._desk.held) > _RECORDS_A_COMMIT:
                self._commit()
        self._commit()
        shutil.rmtree(self._spool, ignore_errors=True)
        return self._done

    def _list_due(self, files: Iterable[Path]) -> Iterator[Path]:
        """The files that have to be read; what is known or unreadable is told at once."""
        for file in dict.fromkeys(files):
            try:
                fingerprint = fingerprint_file(file)
            except OSError as error:
                known: ImportSummary | None = ImportSummary(refused=(refuse_unreadable(file, error),))
            else:
                known = find_file(self._desk.searcher, fingerprint)
            if known is None:
                self._fingerprints[file] = fingerprint
                yield file
            else:
                self._files += 1
                self._tell(known)

    def _take_file(self, file: Path, batches: Iterable[list[Ready]]) -> None:
        of_file = ImportSummary()
        for batch in batches:
            with _telling_unwritable():
                taken = self._desk.take(batch)
            of_file = of_file.plus(taken)
            self._tell(taken)
        if not any(refusal.reason in FILE_REASONS for refusal in of_file.refused):
            self._desk.note_file(self._fingerprints[file], of_file)
        self._files += 1

    def _tell(self, done: ImportSummary) -> None:
        self._done = self._done.plus(done)
        self._on_progress(self._done, self._files)

    def _commit(self) -> None:
        with _telling_unwritable():
            self._writer.commit()
        self._index.reload()
        self._desk = ImportDesk(self._writer, self._index.searcher(), self._today)


def _open_writer(index: Index) -> IndexWriter:
    try:
        return index.writer(_WRITER_BYTES, num_threads=1)
    except ValueError as error:
        code = "library_busy" if _LOCKED in str(error) else "library_unwritable"
        raise SourceError(code, reason=str(error)) from error


@contextmanager
def _telling_unwritable() -> Iterator[None]:
    try:
        with catching_panics():
            yield
    except (ValueError, OSError) as error:
        if isinstance(error, ValueError) and is_damage(error):
            raise
        raise SourceError("library_unwritable", reason=str(error)) from error


def _read_pmids(searcher: Searcher, addresses: list[DocAddress]) -> list[Pmid]:
    return [Pmid(str(number)) for number in searcher.fast_field_values("pmid", addresses)]
