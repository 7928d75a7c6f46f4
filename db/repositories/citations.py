"""PubMed records, and whether their papers still stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.records.citation import Citation, Pmid, RetractionCheck
from db.among import among
from db.models import CitationRow, StandingRow
from db.models.citations import key_doi
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
                index_elements=["pmid"],
                set_={"citation": insert.excluded.citation, "doi": insert.excluded.doi},
            ),
            [
                {"pmid": pmid, "citation": latest[pmid], "doi": key_doi(latest[pmid].doi)}
                for pmid in sorted(latest)
            ],
        )

    def load(self, pmids: Iterable[Pmid]) -> dict[Pmid, Citation]:
        """The records of these PMIDs; one that was never saved is absent."""
        rows = self._session.execute(
            select(CitationRow.pmid, CitationRow.citation).where(among(CitationRow.pmid, sorted(set(pmids))))
        )
        return {row.pmid: row.citation for row in rows}

    def save_standings(self, looks: Mapping[Pmid, RetractionCheck], now: datetime | None = None) -> None:
        """Keep these looks at papers; one that is older than the look that is known, or dateless, is not.

        A look dated later than ``now`` was made by a clock that was ahead, and gives way.
        """
        rows = [
            {"pmid": pmid, "status": look.own, "checked_at": look.checked_at, "notice": look.notice}
            for pmid, look in sorted(looks.items())
            if look.checked_at
        ]
        if not rows:
            return
        insert = insert_into(self._session, StandingRow)
        told = {name: insert.excluded[name] for name in ("status", "checked_at", "notice")}
        gives_way = StandingRow.checked_at < insert.excluded.checked_at
        if now is not None:
            gives_way |= StandingRow.checked_at > now
        self._session.execute(
            insert.on_conflict_do_update(index_elements=["pmid"], set_=told, where=gives_way), rows
        )

    def load_standings(self, pmids: Iterable[Pmid]) -> dict[Pmid, RetractionCheck]:
        """The latest look at each of these papers; one that was never looked at is absent."""
        rows = self._session.scalars(
            select(StandingRow)
            .where(among(StandingRow.pmid, sorted(set(pmids))))
            .execution_options(populate_existing=True)
        )
        return {row.pmid: RetractionCheck(row.status, row.checked_at, row.notice) for row in rows}
