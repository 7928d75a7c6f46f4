"""PubMed records by PMID."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Citation, Pmid, RetractionStatus
from db.base import Base, Stored

_DOI_SIGNS = 400


def key_doi(doi: str) -> str:
    """By what a DOI is found: small letters, and of a damaged one what an index of either database holds.

    >>> key_doi("10.1000/SAMPLE.1\\0")
    '10.1000/sample.1'
    """
    return doi.lower().replace("\0", "")[:_DOI_SIGNS]


class CitationRow(Base):
    """One PubMed record, whole, in the revision that was stored last; ``doi`` as it is found."""

    __tablename__ = "citation"

    pmid: Mapped[Pmid] = mapped_column(primary_key=True)
    citation: Mapped[Citation] = mapped_column(Stored(Citation))
    doi: Mapped[str | None] = mapped_column(Text, index=True, default=None)


class StandingRow(Base):
    """The latest look at whether a paper still stands, for whichever claim it was."""

    __tablename__ = "standing"

    pmid: Mapped[Pmid] = mapped_column(ForeignKey("citation.pmid"), primary_key=True)
    status: Mapped[RetractionStatus]
    checked_at: Mapped[datetime]
    notice: Mapped[Pmid | None]
