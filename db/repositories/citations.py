"""PubMed records, and whether their papers still stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.citation import Citation, Pmid, RetractionCheck
from db.among import among
from db.mapping import read_record, take_values
from db.models import CitationRow, StandingRow
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
            select(CitationRow.pmid, CitationRow.citation).where(among(CitationRow.pmid, sorted(set(pmids))))
        )
        return {row.pmid: row.citation for row in rows}

    def save_standings(self, looks: Mapping[Pmid, RetractionCheck]) -> None:
        """Keep these looks at papers; one that is older than the look that is known, or dateless, is not."""
        rows = [take_values(looks[pmid], pmid=pmid) for pmid in sorted(looks) if looks[pmid].checked_at]
        if not rows:
            return
        insert = insert_into(self._session, StandingRow)
        told = {name: insert.excluded[name] for name in ("status", "checked_at", "notice")}
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["pmid"], set_=told, where=StandingRow.checked_at < insert.excluded.checked_at
            ),
            rows,
        )

    def load_standings(self, pmids: Iterable[Pmid]) -> dict[Pmid, RetractionCheck]:
        """The latest look at each of these papers; one that was never looked at is absent."""
        rows = self._session.scalars(
            select(StandingRow)
            .where(among(StandingRow.pmid, sorted(set(pmids))))
            .execution_options(populate_existing=True)
        )
        return {row.pmid: read_record(RetractionCheck, row) for row in rows}
