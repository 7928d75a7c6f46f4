"""What a provider said of a person is taken once, whoever comes with it and however many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from db.unit_of_work import UnitOfWork
from tests.factories import make_audit_entry, make_moment

Begin = Callable[[], UnitOfWork]


def use(begin: Begin, identity: str, minute: int) -> bool:
    """Whether the identity, void five minutes later, is taken at this minute."""
    with begin() as work:
        first = work.people.use_identity(identity, make_moment(minute), make_moment(minute + 5))
        work.commit(make_audit_entry())
    return first


def test_an_identity_is_taken_once_as_long_as_it_is_not_void(begin: Begin) -> None:
    assert [use(begin, "a", 0), use(begin, "b", 1), use(begin, "a", 4)] == [True, True, False]
    assert use(begin, "a", 5), "what is void is known no more"


def test_of_many_who_come_with_one_identity_at_once_one_comes_in(begin: Begin) -> None:
    together = Barrier(4)

    def come(_: int) -> bool:
        together.wait()
        return use(begin, "a", 0)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(come, range(4))) == [False, False, False, True]
