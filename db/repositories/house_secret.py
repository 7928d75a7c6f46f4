"""By what the secret of the house is told from another, the same for every server of a database."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.models.house import SecretRow
from db.repositories.inserting import insert_into

_ONLY = 1


class HouseSecretRepository:
    """Keeps the fingerprint of one secret."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, fingerprint: str) -> str:
        """The fingerprint that the house has: this one where it had none yet."""
        insert = insert_into(self._session, SecretRow).values(id=_ONLY, fingerprint=fingerprint)
        self._session.execute(insert.on_conflict_do_nothing())
        return self._session.execute(select(SecretRow.fingerprint)).scalar_one()

    def find(self) -> str:
        """The fingerprint that the house has, "" where it has none yet."""
        return self._session.scalar(select(SecretRow.fingerprint)) or ""

    def forget(self) -> None:
        """The house has none: the next that is given is its own."""
        self._session.execute(delete(SecretRow), execution_options={"synchronize_session": False})
