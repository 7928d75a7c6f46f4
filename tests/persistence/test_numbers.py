"""Numbers that nobody checked: what no row can have is not found, on either database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.errors import NotFound
from claims.records.draft import Draft
from db.unit_of_work import UnitOfWork
from tests.factories import make_evidence, make_moment

Begin = Callable[[], UnitOfWork]
Ask = Callable[[UnitOfWork, int], object]

NUMBERS = (0, -1, -(2**31) - 1, 2**31, 2**63, -(2**63) - 1, 10**40)
GETS: dict[str, Ask] = {
    "claim": lambda work, number: work.claims.get_claim(number),
    "held claim": lambda work, number: work.claims.hold_claim(number),
    "version": lambda work, number: work.articles.get_version(number),
    "held version": lambda work, number: work.articles.hold_version(number),
    "proposal": lambda work, number: work.proposals.get(number),
    "searched claim": lambda work, number: work.searches.record_evidence(number, make_evidence(1)),
}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("asked", GETS)
def test_what_has_a_number_that_none_has_is_not_found(begin: Begin, asked: str, number: int) -> None:
    with begin() as work, pytest.raises(NotFound):
        GETS[asked](work, number)


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_a_number_that_no_column_holds_is_not_written_either(begin: Begin, number: int) -> None:
    with begin() as work, pytest.raises(NotFound) as refused:
        work.drafts.keep(Draft(number, "a", "text"), make_moment())
    assert refused.value.code == "number_unknown"
