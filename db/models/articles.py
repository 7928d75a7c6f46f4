"""Articles, their versions by the hash of the text, and the files these were read from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.article import Block, Language
from db.base import Base, Stored


class ArticleRow(Base):
    """An article under its first title. ``title_hash`` is the key: a title may outgrow an index."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(Text)
    title_hash: Mapped[str] = mapped_column(String(64), unique=True)


class VersionRow(Base):
    """One version of an article with its canonical text, under the title that it bears itself."""

    __tablename__ = "article_version"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_article_version_ingested_at", "ingested_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    title_hash: Mapped[str] = mapped_column(String(64), index=True)
    version_hash: Mapped[str] = mapped_column(String(64), index=True)
    ingested_at: Mapped[datetime]
    language: Mapped[Language]
    origin: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[tuple[Block, ...]] = mapped_column(Stored(tuple[Block, ...]))


class OriginalRow(Base):
    """The file a version was read from, apart from it: whoever lists versions loads no bytes."""

    __tablename__ = "original"

    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
