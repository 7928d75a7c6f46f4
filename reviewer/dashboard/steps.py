"""Taking a step: who acts is asked in the transaction that stores it, and a refusal is kept for the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from claims.errors import KonkyoError
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.session import get_house, keep_refusal, require_signed_in


def act(step: Callable[[UnitOfWork, User, datetime], object]) -> bool:
    """Whether the step was taken; the sentence of a refusal is kept for the page.

    Streamlit calls buttons, fragments and deferred downloads before the page's script, so that what the
    page knew of the person may be over: the sign-in is looked up from the cookie in the unit of work that
    the step writes in, and the step is handed that person and the time.
    """

    def store() -> None:
        house = get_house()
        with house.work() as work:
            step(work, require_signed_in(work), house.now())

    return take_step(store)


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
    return act(lambda work, _user, _now: step(work))
