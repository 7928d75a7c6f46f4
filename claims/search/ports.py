"""What an evidence source is, whoever answers, and what it needs from the house it runs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from claims.lexicon.weighting import WeightedTerm
from claims.records.citation import Pmid
from claims.records.retrieval import FetchedPart, FetchedRecord, SourceAnswer


class QueryLanguage(StrEnum):
    """In which language queries are worded."""

    PUBMED = "pubmed"


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """What a source says of itself: ``name`` is stored with each search, and permanent.

    ``database`` and ``interface`` are what the search log says of it, as PRISMA-S asks. ``fetch_batch`` is
    how many records it sends for one request; more are asked for in several. One that ``is_whole`` has every
    record there is: one that it lacks is no more. One that ``holds_samples`` has the records of the shipped
    samples, which stand in no real database.
    """

    name: str
    database: str
    interface: str
    fetch_batch: int
    query_language: QueryLanguage = QueryLanguage.PUBMED
    is_whole: bool = True
    holds_samples: bool = False


class EvidenceSource(Protocol):
    """A place that knows PubMed records and answers queries."""

    @property
    def profile(self) -> SourceProfile:
        """What the source says of itself."""
        ...

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best ``limit`` PMIDs for a query. An empty answer means: nothing there.

        Raises ``SourceError`` when there was no answer, ``QueryError`` when the query is refused.
        """
        ...

    def fetch(self, pmids: Sequence[Pmid]) -> Mapping[Pmid, FetchedPart]:
        """The records by the PMID that was asked for; one that was not sent is absent.

        Raises ``SourceError`` when there was no answer.
        """
        ...


@runtime_checkable
class RemoteSource(EvidenceSource, Protocol):
    """A source that answers slowly and counts its requests: many are asked at once, and none for nothing."""

    @property
    def per_second(self) -> int:
        """How many requests a second its owner allows."""
        ...


@runtime_checkable
class DatedSource(EvidenceSource, Protocol):
    """A source that can also be asked for what came since a day alone."""

    def search_since(self, query: str, limit: int, since: date) -> SourceAnswer:
        """The best ``limit`` PMIDs for a query among the records that came on that day or later.

        Raises as ``search`` does.
        """
        ...


@runtime_checkable
class RankingSource(EvidenceSource, Protocol):
    """A source that can also order all its records by words, without a Boolean gate."""

    def rank(self, terms: Iterable[WeightedTerm], limit: int) -> tuple[tuple[Pmid, float], ...]:
        """The best records for the terms with their scores, higher is better; empty where none shares a word.

        Raises ``SourceError`` when there was no answer.
        """
        ...


class Clock(Protocol):
    """The passing of time, which a test can make pass at once."""

    def monotonic(self) -> float:
        """Seconds since some fixed point; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Returns after ``seconds``; at once when they are not positive."""
        ...


class RequestBudget(Protocol):
    """The requests that a source's owner allows in a second, shared by all who ask with the same key."""

    def take(self) -> None:
        """Returns as soon as one more request may be sent."""
        ...

    def note_sent(self) -> None:
        """The request of the turn that this thread took last has been written, or failed to be."""
        ...

    def pause(self, seconds: float) -> None:
        """Nobody who shares this budget sends a request for the next ``seconds``, not even who has a turn."""
        ...


class RequestWatch(Protocol):
    """Hears how each request to a source's owner ended. Threads may share it."""

    def hear(self, program: str, outcome: str) -> None:
        """``program`` was asked once: "answered", or the code of why there is no answer that can be used."""
        ...


class AnswerCache(Protocol):
    """What one source has answered before. It may be emptied at any time: then the source is asked again."""

    def find_answer(self, query: str, limit: int, since: datetime) -> SourceAnswer | None:
        """The latest answer to this query, given at ``since`` or later, with its ``asked_at``."""
        ...

    def keep_answer(self, query: str, limit: int, answer: SourceAnswer) -> None:
        """Keep an answer with its ``asked_at`` in place of an earlier one."""
        ...

    def find_records(self, pmids: Iterable[Pmid], since: datetime) -> dict[Pmid, FetchedRecord]:
        """The records fetched at ``since`` or later, by the PMID that was asked for; others are absent."""
        ...

    def keep_records(self, records: Mapping[Pmid, FetchedRecord]) -> None:
        """Keep records in place of earlier ones."""
        ...

    def drop_answer(self, query: str, limit: int) -> None:
        """Keep no answer to this query."""
        ...

    def forget(self, before: datetime) -> None:
        """Drop what the source answered before that moment."""
        ...
