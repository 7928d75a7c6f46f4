"""A person is named in articles when they agreed, and not after they changed their mind."""

from __future__ import annotations

import pytest

from claims.errors import NotFound, RoleRefused
from claims.records.audit import AuditAction
from reviewer.accounts.naming import set_naming
from tests.conftest import OpenWork
from tests.databases import LENT
from tests.workflow.clinic import ADMIN, EDITOR, A, B, Clinic, copy_clinic


@pytest.fixture
def clinic(open_work: OpenWork) -> Clinic:
    return copy_clinic(LENT, open_work)


def may_be_named(clinic: Clinic, name: str) -> bool:
    with clinic.open_work() as work:
        return work.people.get_user(name).may_be_named


def test_nobody_may_be_named_before_they_say_so(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        assert not any(user.may_be_named for user in work.people.list_users())


def test_a_person_agrees_and_changes_their_mind_and_the_trail_tells_both(clinic: Clinic) -> None:
    with clinic.open_work() as work:
        assert set_naming(work, A, A.name, True, clinic.now()).may_be_named
    assert may_be_named(clinic, A.name)
    assert not may_be_named(clinic, B.name)
    with clinic.open_work() as work:
        set_naming(work, A, A.name, False, clinic.now())
        told = [(entry.actor, entry.action) for entry in work.audit.list_entries(limit=2)]
    assert not may_be_named(clinic, A.name)
    assert told == [("a", AuditAction.NAMING_REFUSED), ("a", AuditAction.NAMING_ALLOWED)]


def test_an_administrator_records_what_was_given_in_writing_and_nobody_else_speaks_for_another(
    clinic: Clinic,
) -> None:
    with clinic.open_work() as work:
        set_naming(work, ADMIN, "B", True, clinic.now())
    assert may_be_named(clinic, B.name)
    for other in (EDITOR, A):
        with clinic.open_work() as work, pytest.raises(RoleRefused):
            set_naming(work, other, B.name, False, clinic.now())
    with clinic.open_work() as work, pytest.raises(NotFound):
        set_naming(work, ADMIN, "nobody", True, clinic.now())
    assert may_be_named(clinic, B.name)
