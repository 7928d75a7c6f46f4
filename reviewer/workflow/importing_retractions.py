"""Retraction Watch's table brought in: all its good rows in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from claims.appraisal.retraction_watch import BadRow, read_rows
from claims.errors import RecordError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from claims.records.watch import WatchRecord
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.review_marks import update_marks
from reviewer.workflow.telling_papers import tell_weighed

_AT_ONCE = 1_000
# Of corrupt rows so many are told one by one.
_MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class ImportedRetractions:
    """What a file gave: ``rows`` that were read, of which so many are ``new`` or say something else now.

    ``nameless`` name their paper by neither PMID nor DOI. ``corrupt`` counts what could not be read, ``bad``
    are the first of those. ``papers`` of the house are told of; ``raised`` claims of published versions need
    review by it, and ``lifted`` do no longer.
    """

    rows: int
    new: int
    changed: int
    nameless: int
    corrupt: int
    bad: tuple[BadRow, ...]
    papers: int
    raised: int
    lifted: int


def import_retractions(
    work: UnitOfWork, lines: Iterable[str], name: str, actor: User, at: datetime
) -> ImportedRetractions:
    """The rows of Retraction Watch's table, kept by their numbers; ``name`` says whence they came.

    The same file twice changes nothing. A row that the file lacks stays: a file that was cut short must not
    make a retraction forgotten. Raises ``RecordError`` and keeps nothing where it is no such table
    (``watch_not_a_table``), or where more rows are corrupt than not (``watch_corrupt``).
    """
    require_permission(actor, Permission.SEARCH)
    read = read_rows(lines)
    rows = new = changed = nameless = corrupt = 0
    bad: list[BadRow] = []
    while part := list(islice(read, _AT_ONCE)):
        good = [one for one in part if isinstance(one, WatchRecord)]
        broken = [one for one in part if isinstance(one, BadRow)]
        added, other = work.watched.save(good)
        rows, new, changed = rows + len(good), new + added, changed + other
        nameless += sum(one.pmid is None and not one.doi for one in good)
        corrupt += len(broken)
        bad += broken[: _MOST_TOLD - len(bad)]
    if corrupt >= max(rows, 1):
        raise RecordError("watch_corrupt", corrupt=corrupt, rows=rows, line=bad[0].first_line)
    papers = work.watched.find_papers()
    if new or changed:
        work.rechecks.touch(work.uses.find_by_papers(papers))
    marked = update_marks(work, {*papers, *work.review_marks.list_papers()}, actor.name, at)
    if new or changed:
        tell_weighed(work, papers, at)
    counts = {action: sum(one.action is action for one in marked) for action in AuditAction}
    done = ImportedRetractions(
        rows,
        new,
        changed,
        nameless,
        corrupt,
        tuple(bad),
        len(papers),
        counts[AuditAction.REVIEW_NEEDED],
        counts[AuditAction.REVIEW_NOT_NEEDED],
    )
    work.commit(_tell(done, name, actor, at), *marked)
    return done


def _tell(done: ImportedRetractions, name: str, actor: User, at: datetime) -> AuditEntry:
    counted = ("rows", "new", "changed", "corrupt", "papers", "raised", "lifted")
    values = (("name", name), *((one, str(getattr(done, one))) for one in counted))
    return AuditEntry(at, actor.name, AuditAction.RETRACTIONS_IMPORTED, "database", values)
