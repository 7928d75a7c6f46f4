"""A source as it answers for what came since a day, and for nothing of what was there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.records.citation import Pmid
from claims.records.retrieval import FetchedPart, SourceAnswer
from claims.search.ports import DatedSource, RemoteSource, SourceProfile


@dataclass(frozen=True)
class SinceSource:
    """Asks ``source`` for records that came on the day ``since`` or later, and never to rank all its own."""

    source: DatedSource
    since: date

    @property
    def profile(self) -> SourceProfile:
        """What the source says of itself."""
        return self.source.profile

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best of what came since."""
        return self.source.search_since(query, limit, self.since)

    def fetch(self, pmids: Sequence[Pmid]) -> Mapping[Pmid, FetchedPart]:
        """The records, as the source has them."""
        return self.source.fetch(pmids)


@dataclass(frozen=True)
class RemoteSinceSource(SinceSource):
    """The same of a source that counts its requests."""

    per_second: int


def limit_to_new(source: DatedSource, since: date) -> SinceSource:
    """The source as it answers for what came since that day."""
    if isinstance(source, RemoteSource):
        return RemoteSinceSource(source, since, source.per_second)
    return SinceSource(source, since)
