"""Articles by title, and their versions by the hash of the text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.article import Block, Language
from db.base import Base, Stored


class ArticleRow(Base):
    """An article under its title. ``title_hash`` is the key: a title may be longer than an index takes."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(Text)
    title_hash: Mapped[str] = mapped_column(String(64), unique=True)


class VersionRow(Base):
    """One version of an article with its canonical text."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    version_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ingested_at: Mapped[datetime]
    language: Mapped[Language]
    origin: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[tuple[Block, ...]] = mapped_column(Stored(tuple[Block, ...]))
