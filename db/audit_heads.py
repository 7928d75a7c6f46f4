"""Where the head of the audit trail is kept besides the database, by who writes the trail."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Engine, make_url, select
from sqlalchemy.orm import Session

from db.audit_chain import CHAINED_SINCE, NO_DIGEST
from db.audit_checking import Anchor
from db.migrations import find_revision
from db.models import LinkRow


class HeadKeeper(Protocol):
    """Keeps one head of the trail of one database, out of reach of who owns that database alone."""

    def is_due(self) -> bool:
        """Whether the head that is kept is so old that the next one is to be kept."""

    def find(self) -> Anchor | None:
        """The head that is kept, ``None`` where none is; of one that cannot be read, one of no trail."""

    def keep(self, head: Anchor) -> None:
        """Keep this head in place of the other; it never raises, a failure is in the log."""

    def tell_other(self, kept: Anchor) -> None:
        """Log that the database no longer has the trail whose head is kept."""


class KeepsNone:
    """What tests and tools have that keep no head."""

    def is_due(self) -> bool:
        """Never."""
        return False

    def find(self) -> Anchor | None:
        """None."""
        return None

    def keep(self, head: Anchor) -> None:
        """Nothing is kept."""

    def tell_other(self, kept: Anchor) -> None:
        """Nothing is told."""


def has_head(session: Session, kept: Anchor) -> bool:
    """Whether the trail of this database has the line whose head was kept."""
    if not kept.position:
        return kept.digest == NO_DIGEST
    found = session.scalar(select(LinkRow.digest).where(LinkRow.position == kept.position))
    return found == kept.digest


def has_chain(engine: Engine) -> bool:
    """Whether the database's schema has the chain already."""
    with engine.connect() as connection:
        return (find_revision(connection) or "") >= CHAINED_SINCE


def name_database(url: str) -> str:
    """By what a database is told from another: its address, whatever its password."""
    return make_url(url).set(password=None).render_as_string()
