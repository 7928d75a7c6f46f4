"""People's own keys for NCBI, one a person, sealed before they come here."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from claims.records.people import SealedKey, User
from db.mapping import read_record
from db.models import NcbiKeyRow
from db.repositories.inserting import insert_into


class NcbiKeyRepository:
    """Keeps sealed keys. Of two who keep one for the same person at once the later wins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, user: User, key: SealedKey) -> None:
        """Keep this key in place of an earlier one."""
        kept = {"sealed": key.sealed, "email": key.email, "kept_at": key.kept_at}
        insert = insert_into(self._session, NcbiKeyRow).values(account_id=user.id, **kept)
        self._session.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=kept))

    def find(self, user: User) -> SealedKey | None:
        """The person's key, or ``None``."""
        row = self._session.scalars(
            select(NcbiKeyRow)
            .where(NcbiKeyRow.account_id == user.id)
            .execution_options(populate_existing=True)
        ).one_or_none()
        return None if row is None else read_record(SealedKey, row)

    def remove(self, user: User) -> bool:
        """Whether there was a key of the person; now there is none."""
        removed = self._session.execute(
            delete(NcbiKeyRow).where(NcbiKeyRow.account_id == user.id).returning(NcbiKeyRow.account_id)
        )
        return removed.scalar_one_or_none() is not None
