"""What the author of an article cites, and what looking it up told."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.reference import LookUp, NamedPaper, Span
from db.base import Base, Stored


class ReferenceRow(Base):
    """One reference of one version; what it says never changes, what is known of its paper does."""

    __tablename__ = "author_reference"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    position: Mapped[int]
    said: Mapped[NamedPaper] = mapped_column(Stored(NamedPaper))
    label: Mapped[str] = mapped_column(Text)
    listed: Mapped[bool]
    marks: Mapped[tuple[Span, ...]] = mapped_column(Stored(tuple[Span, ...]))
    look_up: Mapped[LookUp] = mapped_column(Stored(LookUp))
    added_by: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True, default=None)
