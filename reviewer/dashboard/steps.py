"""Taking a step: one call of the workflow, and the sentence of a refusal kept for the page."""

from __future__ import annotations

from collections.abc import Callable

from claims.errors import KonkyoError
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.session import get_house, keep_refusal


def take_step(step: Callable[[], object]) -> bool:
    """Whether the step was taken; the sentence of a refusal is kept for the page."""
    try:
        step()
    except KonkyoError as error:
        keep_refusal(error)
        return False
    return True


def take_in_work(step: Callable[[UnitOfWork], object]) -> bool:
    """Whether the step was stored, in a unit of work of its own."""

    def store() -> None:
        with get_house().work() as work:
            step(work)

    return take_step(store)
