"""Where a paper, a sentence or a document stands: the reverse of what a claim rests on."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from claims.records.assessment import ClaimStatus
from claims.records.citation import Pmid
from claims.records.decision import VersionState
from claims.text.wording import digest_wording
from db.among import among
from db.models import (
    CitationRow,
    ClaimRow,
    DecisionRow,
    DocumentRow,
    FindingRow,
    PlacementRow,
    VersionRow,
)
from db.models.citations import key_doi

_AT_ONCE = 1_000


class Place(NamedTuple):
    """A claim that stands in a version."""

    claim_id: int
    version_id: int


class UseRepository:
    """Finds claims by what is under them, and the versions in which they stand."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fill(self) -> None:
        """Keep of every claim and record by what it is found, in a house that kept none of it."""
        places = select(PlacementRow.id, PlacementRow.claim).execution_options(yield_per=_AT_ONCE)
        for claims in self._session.execute(places).partitions():
            digests = (
                (id, digest_wording(claim.text), digest_wording(claim.read_as)) for id, claim in claims
            )
            self._session.execute(
                update(PlacementRow),
                [{"id": id, "wording": said, "reading": read} for id, said, read in digests],
            )
        records = select(CitationRow.pmid, CitationRow.citation).execution_options(yield_per=_AT_ONCE)
        for papers in self._session.execute(records).partitions():
            self._session.execute(
                update(CitationRow), [{"pmid": pmid, "doi": key_doi(paper.doi)} for pmid, paper in papers]
            )

    def find_pmids(self, doi: str) -> tuple[Pmid, ...]:
        """The stored records with this DOI, in whatever letters."""
        found = select(CitationRow.pmid).where(CitationRow.doi == key_doi(doi))
        return tuple(self._session.scalars(found.order_by(CitationRow.pmid)))

    def find_by_papers(self, pmids: Collection[Pmid]) -> tuple[int, ...]:
        """The claims under which one of these papers stands, suggested or judged."""
        found = select(FindingRow.claim_id).where(among(FindingRow.pmid, pmids)).distinct()
        return tuple(self._session.scalars(found.order_by(FindingRow.claim_id)))

    def find_by_words(self, words: Collection[str]) -> tuple[int, ...]:
        """The claims whose sentence, or what it is read as, is one of these but for its spelling."""
        digests = sorted({digest_wording(said) for said in words})
        said, read = (
            select(PlacementRow.claim_id).where(column.in_(digests))
            for column in (PlacementRow.wording, PlacementRow.reading)
        )
        return tuple(sorted(self._session.scalars(said.union(read))))

    def find_settled(self, read_as: str, besides: int, limit: int) -> tuple[int, ...]:
        """The settled claims that are read as exactly this but for its spelling, the latest first."""
        found = (
            select(PlacementRow.claim_id)
            .join(ClaimRow, ClaimRow.id == PlacementRow.claim_id)
            .where(
                PlacementRow.reading == digest_wording(read_as),
                PlacementRow.standing,
                PlacementRow.claim_id != besides,
                ClaimRow.status.in_([status for status in ClaimStatus if status.is_settled]),
            )
            .distinct()
            .order_by(PlacementRow.claim_id.desc())
            .limit(limit)
        )
        return tuple(self._session.scalars(found))

    def list_alike(self, version_id: int, read_as: str, besides: int) -> frozenset[int]:
        """The other claims of the version that are read as exactly this but for its spelling."""
        found = select(PlacementRow.claim_id).where(
            PlacementRow.reading == digest_wording(read_as),
            PlacementRow.version_id == version_id,
            PlacementRow.standing,
            PlacementRow.claim_id != besides,
        )
        return frozenset(self._session.scalars(found))

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
