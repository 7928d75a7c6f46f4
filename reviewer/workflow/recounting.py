"""Counting anew what each step counts: after a database was changed by other hands than Konkyo's."""

from __future__ import annotations

from collections.abc import Callable

from db.unit_of_work import UnitOfWork
from reviewer.workflow.known_claims import take_in
from reviewer.workflow.stages import catch_up


def recount(open_work: Callable[[], UnitOfWork]) -> int:
    """How many kept counts were not as what stands gives them; all are now.

    Each version is held by itself and for a moment, so that people go on working.
    """
    with open_work() as work:
        versions = work.tallies.list_versions()
    differed = 0
    for version_id in versions:
        with open_work() as work:
            differed += work.tallies.recount(version_id)
            work.stages.mark(version_id)
            work.commit_passing()
    catch_up(open_work, None)
    take_in(open_work, None)
    return differed
