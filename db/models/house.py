"""What a house is told by."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class SecretRow(Base):
    """The one row that tells the secret of the house from another, without giving it away."""

    __tablename__ = "house_secret"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(64))
