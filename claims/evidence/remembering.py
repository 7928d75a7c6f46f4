"""A source with a memory: each answer carries its date, and nothing known is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from claims.evidence.ports import AnswerCache, EvidenceSource, RemoteSource
from claims.records.citation import Pmid
from claims.records.retrieval import FetchedRecord, SourceAnswer

# PubMed grows every day; within a week a claim's best twenty hardly change.
ANSWERS_KEPT_DAYS = 7
# A record's retraction shows when it is fetched again: never later than this.
RECORDS_KEPT_DAYS = 30


@dataclass
class RememberingSource:
    """Asks ``source`` only for what neither this object nor the ``cache`` knows.

    ``again``: only what this object asked itself counts as known. Threads may search at once; records are for
    one thread. Errors are the source's.
    """

    source: EvidenceSource
    now: Callable[[], datetime]
    cache: AnswerCache | None = None
    again: bool = False
    _asked: dict[tuple[str, int], Future[SourceAnswer]] = field(default_factory=dict)
    _records: dict[Pmid, FetchedRecord] = field(default_factory=dict)
    _looked_up: set[Pmid] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def name(self) -> str:
        """The source's name."""
        return self.source.name

    @property
    def is_remote(self) -> bool:
        """Whether each question costs a request."""
        return isinstance(self.source, RemoteSource)

    @property
    def workers(self) -> int:
        """How many questions at a time make sense: one where the answers lie in the house."""
        return self.source.workers if isinstance(self.source, RemoteSource) else 1

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The answer with its ``asked_at``. Two who ask the same at once share one request."""
        with self._lock:
            known = self._asked.get((query, limit))
            answer = self._asked.setdefault((query, limit), Future())
        if known is None:
            try:
                answer.set_result(self._recall(query, limit) or self._ask(query, limit))
            except BaseException as error:
                answer.set_exception(error)
                raise
        return answer.result()

    def find_unknown(self, pmids: Iterable[Pmid]) -> list[Pmid]:
        """Those of which no record is known, in their order; the known ones are at hand afterwards."""
        unknown = [pmid for pmid in dict.fromkeys(pmids) if pmid not in self._records]
        new = [pmid for pmid in unknown if pmid not in self._looked_up]
        if self.cache is not None and not self.again and new:
            self._looked_up.update(new)
            self._records |= self.cache.find_records(new, self.now() - timedelta(days=RECORDS_KEPT_DAYS))
        return [pmid for pmid in unknown if pmid not in self._records]

    def fetch(self, pmids: Iterable[Pmid]) -> None:
        """Have the records at hand, as far as the source has them; asked for together."""
        unknown = self.find_unknown(pmids)
        if not unknown:
            return
        found = self.source.fetch(unknown)
        at = self.now()
        fetched = {pmid: FetchedRecord(citation, at) for pmid, citation in found.items()}
        if self.cache is not None:
            self.cache.keep_records(fetched)
        self._records |= fetched

    def known_record(self, pmid: Pmid) -> FetchedRecord | None:
        """The record at hand, ``None`` where the source did not send it."""
        return self._records.get(pmid)

    def _recall(self, query: str, limit: int) -> SourceAnswer | None:
        if self.cache is None or self.again:
            return None
        return self.cache.find_answer(query, limit, self.now() - timedelta(days=ANSWERS_KEPT_DAYS))

    def _ask(self, query: str, limit: int) -> SourceAnswer:
        answer = replace(self.source.search(query, limit), asked_at=self.now())
        if self.cache is not None:
            self.cache.keep_answer(query, limit, answer)
        return answer
