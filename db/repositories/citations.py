"""PubMed records."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.citation import Citation, Pmid
from db.models import CitationRow
from db.repositories.inserting import insert_into


class CitationRepository:
    """Keeps each record whole, in the revision that was saved last."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, citations: Iterable[Citation]) -> None:
        """Keep these records; of two with one PMID the later stands."""
        latest = {citation.pmid: citation for citation in citations}
        if not latest:
            return
        insert = insert_into(self._session, CitationRow)
        # In one order for everybody: two that save the same records wait and do not deadlock.
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["pmid"], set_={"citation": insert.excluded.citation}
            ),
            [{"pmid": pmid, "citation": latest[pmid]} for pmid in sorted(latest)],
        )

    def load(self, pmids: Iterable[Pmid]) -> dict[Pmid, Citation]:
        """The records of these PMIDs; one that was never saved is absent."""
        rows = self._session.execute(
            select(CitationRow.pmid, CitationRow.citation).where(CitationRow.pmid.in_(sorted(set(pmids))))
        )
        return {row.pmid: row.citation for row in rows}
