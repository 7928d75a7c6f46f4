"""Terms that reviewers add to the lexicon: used from the next search on, each with its line in the trail."""

from __future__ import annotations

from datetime import datetime

from claims.errors import LexiconError
from claims.lexicon.overlay import AddedTerm
from claims.lexicon.tables import LexiconRow
from claims.records.audit import AuditAction, AuditEntry
from claims.records.lengths import require_length
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission


def add_term(work: UnitOfWork, row: LexiconRow, actor: User, at: datetime) -> AddedTerm:
    """The term as it is kept from now on; it goes before the shipped rows of its spelling."""
    require_permission(actor, Permission.TEACH_LEXICON)
    for term in (row.term, row.mesh):
        require_length("lexicon_term.term", term)
    for several in (row.english, row.variants, row.contexts):
        require_length("lexicon_term.english", "; ".join(several))
    added = AddedTerm(row, actor.name, at)
    work.lexicon.save(added)
    work.commit(_entry(AuditAction.TERM_ADDED, row, actor, at))
    return added


def remove_term(work: UnitOfWork, term: str, actor: User, at: datetime) -> LexiconRow:
    """The row that is used no longer. Raises ``LexiconError("term_not_added")`` where there was none."""
    require_permission(actor, Permission.TEACH_LEXICON)
    row = work.lexicon.remove(term)
    if row is None:
        raise LexiconError("term_not_added", term=term)
    work.commit(_entry(AuditAction.TERM_REMOVED, row, actor, at))
    return row


def _entry(action: AuditAction, row: LexiconRow, actor: User, at: datetime) -> AuditEntry:
    values = (("english", "; ".join(row.english)), ("mesh", row.mesh), ("role", row.role.value))
    return AuditEntry(at, actor.name, action, f"term:{row.term}", values)
