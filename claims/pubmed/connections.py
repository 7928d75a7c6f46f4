"""Requests that leave at their turn: the connection stands already, and nothing is left but to write."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from claims.network import WayOut
from claims.search.ports import RequestBudget
from claims.search.stopping import STOP


def open_session(budget: RequestBudget, way_out: WayOut) -> requests.Session:
    """A session each of whose requests takes its turn from ``budget`` just before it is written.

    A turn taken earlier would be late by what comes between: a first request by its connection, which from
    Japan to NCBI takes longer than three turns.
    """
    session = requests.Session()
    session.verify = way_out.verify
    for scheme in ("http://", "https://"):
        session.mount(scheme, _PacedAdapter(budget))
    return session


class _PacedAdapter(HTTPAdapter):
    def __init__(self, budget: RequestBudget) -> None:
        self._pools = _pool_classes(budget)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the manager of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        """The manager of connections through a proxy."""
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pool_classes(budget: RequestBudget) -> dict[str, type[HTTPConnectionPool]]:
    class PacedConnection(HTTPConnection):
        def request(self, *args: Any, **kwargs: Any) -> None:
            if self.is_closed:
                self.connect()
            budget.take()
            try:
                _watch(self)
                super().request(*args, **kwargs)
            finally:
                budget.note_sent()

    class PacedSecureConnection(HTTPSConnection):
        def request(self, *args: Any, **kwargs: Any) -> None:
            if self.is_closed:
                self.connect()
            budget.take()
            try:
                _watch(self)
                super().request(*args, **kwargs)
            finally:
                budget.note_sent()

    class PacedPool(HTTPConnectionPool):
        ConnectionCls = PacedConnection

    class PacedSecurePool(HTTPSConnectionPool):
        ConnectionCls = PacedSecureConnection

    return {"http": PacedPool, "https": PacedSecurePool}


def _watch(connection: HTTPConnection) -> None:
    """Have the answer given up with the work that asks for it. Raises ``WorkStopped`` where it already is."""
    stop = STOP.get()
    if stop is not None and connection.sock is not None:
        stop.watch(connection.sock)
