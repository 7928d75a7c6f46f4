from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from claims.lexicon.overlay import AddedTerm, build_row
from claims.lexicon.tables import TermRole
from claims.records.audit import AuditAction, AuditEntry
from db.unit_of_work import UnitOfWork

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ENTRY = AuditEntry(AT, "Dr. A", AuditAction.TERM_ADDED, "term:x")


def make_added(term: str, english: str, by: str = "Dr. A") -> AddedTerm:
    return AddedTerm(build_row(term, ("別表記",), (english,), "Hair", TermRole.CONDITION), by, AT)


def save(begin: Callable[[], UnitOfWork], *terms: AddedTerm) -> None:
    with begin() as work:
        for term in terms:
            work.lexicon.save(term)
        work.commit(ENTRY)


def test_an_added_term_comes_back_whole(begin: Callable[[], UnitOfWork]) -> None:
    added = make_added("竜骨牡蠣湯", "ryukotsu boreito")
    save(begin, added)
    with begin() as work:
        assert work.lexicon.list_added() == (added,)
        assert work.lexicon.list_rows() == (added.row,)


def test_of_two_rows_for_one_spelling_the_later_stands(begin: Callable[[], UnitOfWork]) -> None:
    save(begin, make_added("ＨＩＦ−１α", "first"))
    save(begin, make_added("HIF-1α", "second", by="Dr. B"))
    with begin() as work:
        (added,) = work.lexicon.list_added()
    assert (added.row.english, added.added_by) == (("second",), "Dr. B")


def test_a_removed_term_is_told_once_and_gone(begin: Callable[[], UnitOfWork]) -> None:
    added = make_added("竜骨牡蠣湯", "ryukotsu boreito")
    save(begin, added)
    with begin() as work:
        assert work.lexicon.remove("竜骨牡蠣湯") == added.row
        assert work.lexicon.remove("竜骨牡蠣湯") is None
        work.commit(ENTRY)
    with begin() as work:
        assert work.lexicon.list_rows() == ()
