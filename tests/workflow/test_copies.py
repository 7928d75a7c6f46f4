"""What tests are lent is as good as made anew: nothing of the test before, and all that was built."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from tests.databases import LENT, lend_database, make_database
from tests.factories import make_audit_entry
from tests.persistence.counting import count_statements
from tests.workflow.clinic import A, copy_clinic, open_clinic
from tests.workflow.test_closed_versions import read_everything


def test_who_is_lent_a_database_finds_nothing_of_who_had_it_before() -> None:
    former = lend_database()
    with UnitOfWork(former) as work:
        work.people.add_user(A.name, A.full_name, A.roles, "", A.qualification)
        work.commit(make_audit_entry())
    with count_statements(former) as sent:
        engine = lend_database()
        assert not any(read_everything(engine).values())
    assert sent == []


def test_a_copied_clinic_holds_what_an_opened_one_holds_and_its_clock_goes_on(tmp_path: Path) -> None:
    engine, lent = open_engine(make_database(tmp_path / "konkyo.db")), lend_database()
    opened = open_clinic(partial(UnitOfWork, engine))
    for copied in (copy_clinic(LENT, partial(UnitOfWork, lent)) for _ in range(2)):
        assert read_everything(lent) == read_everything(engine)
        assert (copied.version_id, copied.claim_ids) == (opened.version_id, opened.claim_ids)
        copied.declare(A)
    assert copied.now() > copy_clinic(LENT, partial(UnitOfWork, lent)).now() == opened.now()
    engine.dispose()
