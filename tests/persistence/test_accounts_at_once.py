"""Two administrators at work at the same moment, on each database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from claims.errors import RuleRefused
from claims.records.people import Role, User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.managing import add_user, change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from tests.factories import make_moment

NOON = make_moment()


def test_of_two_who_close_each_others_account_one_stays(begin: Callable[[], UnitOfWork]) -> None:
    with begin() as work:
        pair = [
            add_user(work, OPERATOR, name, SAMPLE_PASSWORD, (Role.ADMIN,), NOON) for name in ("kato", "mori")
        ]
    together = Barrier(2)

    def close(actor: User, name: str) -> str:
        with begin() as work:
            together.wait(timeout=30)
            try:
                change_roles(work, actor, name, (Role.ADMIN,), False, NOON)
            except RuleRefused as refused:
                return refused.code
            return "closed"

    with ThreadPoolExecutor(2) as threads:
        closed = list(threads.map(close, pair, ["mori", "kato"]))
    assert sorted(closed) == ["closed", "last_administrator"]
    with begin() as work:
        assert [user.active for user in work.people.list_users()].count(True) == 1
