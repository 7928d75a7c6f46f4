"""PubMed records by PMID."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from claims.records.citation import Citation, Pmid
from db.base import Base, Stored


class CitationRow(Base):
    """One PubMed record, whole, in the revision that was stored last."""

    __tablename__ = "citation"

    pmid: Mapped[Pmid] = mapped_column(primary_key=True)
    citation: Mapped[Citation] = mapped_column(Stored(Citation))
