"""Leases: a search is running as long as whoever runs it says so every few seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from claims.errors import StoreError
from db.unit_of_work import UnitOfWork

# A search whose process died is due again after this long; a live one renews its lease three times as often.
LEASE_SECONDS = 30.0
BEAT_SECONDS = LEASE_SECONDS / 3

_log = logging.getLogger("konkyo.searches")


@contextmanager
def renew_leases(open_work: Callable[[], UnitOfWork], owner: str) -> Iterator[None]:
    """Renew the leases of ``owner``, in a thread beside the work, until the block is left.

    A beat that the database does not take is tried again at the next: an outage longer than the lease lets
    others take the search over.
    """
    over = Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            try:
                with open_work() as work:
                    work.searches.renew(owner, LEASE_SECONDS)
                    work.commit_passing()
            except StoreError as error:
                told = {"event": "lease_not_renewed", "code": error.code}
                _log.warning("lease not renewed: %s", error.code, extra=told)

    thread = Thread(target=beat, name="konkyo-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
