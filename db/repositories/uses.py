"""Where a paper, a sentence or a document stands: the reverse of what a claim rests on."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import JSON, ColumnElement, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.records.citation import Citation, Pmid
from claims.records.claim import Claim
from claims.records.decision import VersionState
from db.among import among
from db.models import CitationRow, DecisionRow, DocumentRow, FindingRow, PlacementRow, VersionRow


class Place(NamedTuple):
    """A claim that stands in a version."""

    claim_id: int
    version_id: int


class UseRepository:
    """Finds claims by what is under them, and the versions in which they stand."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_pmids(self, doi: str) -> tuple[Pmid, ...]:
        """The stored records with this DOI, in whatever letters; every record is looked at."""
        found = select(CitationRow.pmid).where(func.lower(_read(CitationRow.citation, "doi")) == doi.lower())
        return tuple(self._session.scalars(found.order_by(CitationRow.pmid)))

    def find_by_papers(self, pmids: Collection[Pmid]) -> tuple[int, ...]:
        """The claims under which one of these papers stands, suggested or judged."""
        found = select(FindingRow.claim_id).where(among(FindingRow.pmid, pmids)).distinct()
        return tuple(self._session.scalars(found.order_by(FindingRow.claim_id)))

    def find_by_words(self, words: Collection[str]) -> tuple[int, ...]:
        """The claims that say exactly one of these; every claim is looked at."""
        found = select(PlacementRow.claim_id).where(among(_read(PlacementRow.claim, "text"), words))
        return tuple(self._session.scalars(found.distinct().order_by(PlacementRow.claim_id)))

    def find_documents(self, words: str) -> dict[int, int]:
        """The claim of each document of this number (``document:7``), address or title, and of its copies."""
        kind, _, number = words.partition(":")
        named: ColumnElement[bool] = (DocumentRow.address == words) | (DocumentRow.title == words)
        if kind == "document" and number.isdecimal() and len(number) < 10:
            named = DocumentRow.id == int(number)
        alike = select(DocumentRow.title, DocumentRow.address).where(named).subquery()
        same = (DocumentRow.title == alike.c.title) & (DocumentRow.address == alike.c.address)
        rows = self._session.execute(select(DocumentRow.id, DocumentRow.claim_id).join(alike, same))
        return {row.id: row.claim_id for row in rows}

    def list_places(self, claim_ids: Collection[int]) -> tuple[Place, ...]:
        """Every version in which one of these claims stands, the latest versions first."""
        rows = self._session.execute(
            select(PlacementRow.claim_id, PlacementRow.version_id)
            .where(among(PlacementRow.claim_id, claim_ids), PlacementRow.standing)
            .order_by(PlacementRow.version_id.desc(), PlacementRow.start_char, PlacementRow.claim_id)
        )
        return tuple(Place(*row) for row in rows)

    def list_published(self, version_ids: Collection[int] | None = None) -> tuple[int, ...]:
        """Of these versions, or of all, those that readers have: each article's latest published one."""
        latest = select(func.max(DecisionRow.id)).group_by(DecisionRow.version_id)
        if version_ids is not None:
            articles = select(VersionRow.article_id).where(among(VersionRow.id, version_ids))
            beside = select(VersionRow.id).where(VersionRow.article_id.in_(articles))
            latest = latest.where(DecisionRow.version_id.in_(beside))
        published = (
            select(VersionRow.article_id, VersionRow.number, VersionRow.id)
            .join(DecisionRow, DecisionRow.version_id == VersionRow.id)
            .where(DecisionRow.state == VersionState.PUBLISHED, DecisionRow.id.in_(latest))
        )
        newest = {
            row.article_id: row.id for row in self._session.execute(published.order_by(VersionRow.number))
        }
        chosen = newest.values() if version_ids is None else set(newest.values()) & set(version_ids)
        return tuple(sorted(chosen))


def _read(
    column: InstrumentedAttribute[Citation] | InstrumentedAttribute[Claim], name: str
) -> ColumnElement[str]:
    """A text of the record that the column holds."""
    told: ColumnElement[str] = type_coerce(column, JSON)[name].as_string()
    return told
