"""The clinic's own rules, whole at each change; a trigger refuses what alters or deletes one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.extraction.house_rules import HouseRule
from claims.records.review_day import ReviewRule
from db.base import Base, Stored


class WordingRulesRow(Base):
    """The rules on wording in force from one change until the next; the numbers have no gap."""

    __tablename__ = "wording_rules"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules: Mapped[tuple[HouseRule, ...]] = mapped_column(Stored(tuple[HouseRule, ...]))
    kept_by: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class ReviewRulesRow(Base):
    """The rules on how long published evidence holds, in force from one change until the next."""

    __tablename__ = "review_rules"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules: Mapped[tuple[ReviewRule, ...]] = mapped_column(Stored(tuple[ReviewRule, ...]))
    kept_by: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
