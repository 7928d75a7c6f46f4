from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.errors import LexiconError, RoleRefused
from claims.lexicon import tables
from claims.lexicon.overlay import build_row
from claims.records.audit import AuditAction
from claims.records.people import Role
from reviewer.workflow.lexicon import add_term, remove_term
from tests.conftest import OpenWork
from tests.factories import make_user
from tests.workflow.clinic import A, B

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HERB = build_row("竜骨牡蠣湯", (), ("ryukotsu boreito",), "", tables.TermRole.INTERVENTION)


def test_adding_and_removing_a_term_each_leave_a_line_in_the_trail(open_work: OpenWork) -> None:
    with open_work() as work:
        assert add_term(work, HERB, A, AT).added_by == "a"
        assert work.lexicon.list_rows() == (HERB,)
        assert remove_term(work, "竜骨牡蠣湯", B, AT) == HERB
        trail = work.audit.list_entries("term:竜骨牡蠣湯")
    assert [(entry.action, entry.actor) for entry in trail] == [
        (AuditAction.TERM_REMOVED, "b"),
        (AuditAction.TERM_ADDED, "a"),
    ]
    assert ("english", "ryukotsu boreito") in trail[0].values


def test_removing_what_nobody_added_is_refused_without_a_line(open_work: OpenWork) -> None:
    with open_work() as work:
        with pytest.raises(LexiconError) as refusal:
            remove_term(work, "薄毛", A, AT)
        assert work.audit.list_entries() == ()
    assert refusal.value.code == "term_not_added"


def test_an_author_teaches_the_lexicon_nothing(open_work: OpenWork) -> None:
    with open_work() as work, pytest.raises(RoleRefused):
        add_term(work, HERB, make_user("author", Role.AUTHOR), AT)
