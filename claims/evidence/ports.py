"""What an evidence source is, whoever answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claims.records.citation import Citation, Pmid
from claims.records.retrieval import SourceAnswer


class EvidenceSource(Protocol):
    """A place that knows PubMed records and answers PubMed's query syntax."""

    @property
    def name(self) -> str:
        """``pubmed`` or ``library``: stored with each search."""
        ...

    def search(self, query: str, limit: int) -> SourceAnswer:
        """The best ``limit`` PMIDs for a query. An empty answer means: nothing there.

        Raises ``SourceError`` when there was no answer, ``QueryError`` when the query is refused.
        """
        ...

    def fetch(self, pmids: Sequence[Pmid]) -> dict[Pmid, Citation]:
        """The records of these PMIDs, in one or a few requests; a PMID that NLM does not have is absent.

        Raises ``SourceError`` when there was no answer.
        """
        ...
