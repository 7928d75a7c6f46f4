"""The terms that reviewers added to the lexicon."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from claims.lexicon.overlay import AddedTerm, fold_term
from claims.lexicon.tables import LexiconRow
from db.models import TermRow
from db.repositories.inserting import insert_into


class LexiconRepository:
    """Keeps one row a spelling; it is the ``LexiconOverlay`` of this database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, added: AddedTerm) -> None:
        """Keep this term; an earlier row of the same spelling gives way to it."""
        insert = insert_into(self._session, TermRow)
        changed = {name: insert.excluded[name] for name in ("row", "added_by", "added_at")}
        self._session.execute(
            insert.on_conflict_do_update(index_elements=["spelling"], set_=changed),
            [
                {
                    "spelling": fold_term(added.row.term),
                    "row": added.row,
                    "added_by": added.added_by,
                    "added_at": added.added_at,
                }
            ],
        )

    def remove(self, term: str) -> LexiconRow | None:
        """Take the term out; the row that stood for it, or ``None`` where nobody had added it."""
        removed = delete(TermRow).where(TermRow.spelling == fold_term(term)).returning(TermRow.row)
        return self._session.scalar(removed)

    def list_added(self) -> tuple[AddedTerm, ...]:
        """Every added term in the order of its spelling."""
        rows = self._session.scalars(select(TermRow).order_by(TermRow.spelling))
        return tuple(AddedTerm(row.row, row.added_by, row.added_at) for row in rows)

    def list_rows(self) -> tuple[LexiconRow, ...]:
        """The rows of these terms alone, in the same order."""
        return tuple(added.row for added in self.list_added())
