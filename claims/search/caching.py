"""A source with a memory: each answer carries its date, and nothing known is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeAlias

from claims.errors import SourceError
from claims.records.citation import Citation, Pmid
from claims.records.retrieval import FetchedPart, FetchedRecord, SourceAnswer, UnreadableRecord
from claims.search.ports import AnswerCache, EvidenceSource, RemoteSource, SourceProfile
from claims.search.rate_limit import count_connections

_Known: TypeAlias = FetchedRecord | UnreadableRecord | None

# PubMed grows every day; within a week a claim's best twenty hardly change.
ANSWERS_KEPT_DAYS = 7
# A record's retraction shows when it is fetched again: never later than this.
RECORDS_KEPT_DAYS = 30


def _permit() -> None:
    """Whoever asks may."""


@dataclass
class CachedSource:
    """Asks ``source`` only for what neither this object nor the ``cache`` knows. Threads may share it.

    ``again``: only what this object asked itself counts as known. Errors are the source's, which tell its
    name as ``source``, and those of ``permit``, which is called before each question to the source and lets
    it through by returning.
    """

    source: EvidenceSource
    now: Callable[[], datetime]
    cache: AnswerCache | None = None
    again: bool = False
    permit: Callable[[], object] = _permit
    _answers: dict[tuple[str, int], Future[SourceAnswer]] = field(default_factory=dict)
    _records: dict[Pmid, Future[_Known]] = field(default_factory=dict)
    _looked_up: set[Pmid] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def profile(self) -> SourceProfile:
        """What the source says of itself."""
        return self.source.profile

    @property
    def is_remote(self) -> bool:
        """Whether each question costs a request."""
        return isinstance(self.source, RemoteSource)

    @property
    def workers(self) -> int:
        """How many questions at a time make sense: one where the answers lie in the house."""
        return count_connections(self.source.per_second) if isinstance(self.source, RemoteSource) else 1

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The answer with its ``asked_at``. Two who ask the same at once share one request."""
        with self._lock:
            is_new = (query, limit) not in self._answers
            answer = self._answers.setdefault((query, limit), Future())
        if is_new:
            try:
                answer.set_result(self._recall(query, limit) or self._ask(query, limit))
            except BaseException as error:
                answer.set_exception(error)
                raise
        return answer.result()

    def find_unknown(self, pmids: Iterable[Pmid]) -> list[Pmid]:
        """Those whose records are neither known nor on their way, in their order."""
        with self._lock:
            return self._find_unknown(pmids)

    def fetch(self, pmids: Iterable[Pmid]) -> None:
        """Have the records known, as far as the source has them; those not on their way yet come together."""
        wanted = list(dict.fromkeys(pmids))
        with self._lock:
            new = self._find_unknown(wanted)
            self._records |= {pmid: Future() for pmid in new}
            coming = {pmid: self._records[pmid] for pmid in wanted}
        if new:
            self._bring(new, coming)
        for record in coming.values():
            record.result()

    def known_record(self, pmid: Pmid) -> FetchedRecord | None:
        """The record, ``None`` where the source did not send it or was not asked for it yet."""
        known = self._find_known(pmid)
        return known if isinstance(known, FetchedRecord) else None

    def find_unreadable(self, pmid: Pmid) -> UnreadableRecord | None:
        """Why the record cannot be read, ``None`` where it can or did not come."""
        known = self._find_known(pmid)
        return known if isinstance(known, UnreadableRecord) else None

    def drop_answer(self, query: str, limit: int) -> None:
        """Have the query asked anew by later work: what it was told is not to be relied on."""
        if self.cache is not None:
            self.cache.drop_answer(query, limit)

    def _find_known(self, pmid: Pmid) -> _Known:
        known = self._records.get(pmid)
        return known.result() if known is not None and known.done() else None

    def _recall(self, query: str, limit: int) -> SourceAnswer | None:
        if self.cache is None or self.again:
            return None
        return self.cache.find_answer(query, limit, self.now() - timedelta(days=ANSWERS_KEPT_DAYS))

    def _ask(self, query: str, limit: int) -> SourceAnswer:
        self.permit()
        with _naming(self.profile):
            answer = replace(self.source.search(query, limit), asked_at=self.now())
        if self.cache is not None and answer.is_whole:
            self.cache.keep_answer(query, limit, answer)
        return answer

    def _find_unknown(self, pmids: Iterable[Pmid]) -> list[Pmid]:
        unknown = [pmid for pmid in dict.fromkeys(pmids) if pmid not in self._records]
        new = [pmid for pmid in unknown if pmid not in self._looked_up]
        if self.cache is not None and not self.again and new:
            self._looked_up.update(new)
            kept = self.cache.find_records(new, self.now() - timedelta(days=RECORDS_KEPT_DAYS))
            for pmid, record in kept.items():
                self._records[pmid] = Future()
                self._records[pmid].set_result(record)
        return [pmid for pmid in unknown if pmid not in self._records]

    def _bring(self, pmids: list[Pmid], coming: Mapping[Pmid, Future[_Known]]) -> None:
        try:
            self.permit()
            with _naming(self.profile):
                found = self.source.fetch(pmids)
            at = self.now()
            fetched = {
                pmid: FetchedRecord(part, at) for pmid, part in found.items() if isinstance(part, Citation)
            }
            if self.cache is not None:
                self.cache.keep_records(fetched)
        except BaseException as error:
            with self._lock:
                for pmid in pmids:
                    del self._records[pmid]
                    coming[pmid].set_exception(error)
            raise
        for pmid in pmids:
            part = found.get(pmid)
            coming[pmid].set_result(part if isinstance(part, UnreadableRecord) else fetched.get(pmid))


@contextmanager
def _naming(profile: SourceProfile) -> Iterator[None]:
    """Have an error tell which source it is of, in the words of the search log."""
    try:
        yield
    except SourceError as error:
        error.values.setdefault("source", profile.database)
        raise


@dataclass(frozen=True)
class RefreshingSource:
    """An ``EvidenceSource`` that asks anew whatever is known, and tells the ``cache`` what it was told."""

    source: EvidenceSource
    now: Callable[[], datetime]
    cache: AnswerCache | None = None

    @property
    def profile(self) -> SourceProfile:
        """What the source says of itself."""
        return self.source.profile

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The source's answer of this moment."""
        return CachedSource(self.source, self.now, self.cache, again=True).search(query, limit)

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, FetchedPart]:
        """The records as the source has them at this moment."""
        asked = CachedSource(self.source, self.now, self.cache, again=True)
        asked.fetch(pmids)
        known = {pmid: asked.known_record(pmid) for pmid in pmids}
        unreadable = {pmid: asked.find_unreadable(pmid) for pmid in pmids}
        return {
            **{pmid: one for pmid, one in unreadable.items() if one is not None},
            **{pmid: record.citation for pmid, record in known.items() if record is not None},
        }
