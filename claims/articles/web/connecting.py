"""Connections that are made to the very address that was checked, so that no second look-up can change it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from claims.articles.web.addresses import IpAddress
from claims.errors import ArticleError

MayConnect = Callable[[IpAddress], bool]


class CheckedAdapter(HTTPAdapter):
    """Transport that resolves a host once, asks ``may_connect`` about every address, and connects to those.

    Raises ``ArticleError`` (``article_url_private``) from within a request where one is not allowed.
    ``abort`` ends whatever waits on the network.
    """

    def __init__(self, may_connect: MayConnect) -> None:
        self._may_connect = may_connect
        # Second handles: TLS and the answer take the first ones away from the connection.
        self._handles: list[socket.socket] = []
        self._is_aborted = False
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make pools whose connections are checked."""
        super().init_poolmanager(*arguments, **options)
        plain = _pool_of(HTTPConnectionPool, partial(_CheckedConnection, adapter=self))
        secure = _pool_of(HTTPSConnectionPool, partial(_CheckedSecureConnection, adapter=self))
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": secure}

    def abort(self) -> None:
        """End every connection and make no new one, also from another thread, whoever reads from it."""
        self._is_aborted = True
        for handle in self._handles:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of every connection."""
        super().close()
        for handle in self._handles:
            handle.close()

    def connect(self, connection: HTTPConnection, host: str) -> socket.socket:
        """A socket to the first address of ``host`` that answers, all of which are allowed."""
        port = connection.port or connection.default_port
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            reason = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(host, connection, reason) from error
        addresses = list(dict.fromkeys(str(place[4][0]) for place in found))
        if not all(self._may_connect(ipaddress.ip_address(address.split("%")[0])) for address in addresses):
            raise ArticleError("article_url_private", host=host)
        failure: OSError | None = None
        for address in addresses:
            try:
                opened = create_connection((address, port), connection.timeout)
            except OSError as error:
                failure = error
                continue
            self._handles.append(opened.dup())
            if self._is_aborted:
                self.abort()
            return opened
        raise NewConnectionError(connection, str(failure or "no address")) from failure


class _CheckedConnection(HTTPConnection):
    def __init__(self, *arguments: Any, adapter: CheckedAdapter, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._adapter = adapter

    def _new_conn(self) -> socket.socket:
        return self._adapter.connect(self, self._dns_host)


class _CheckedSecureConnection(HTTPSConnection):
    def __init__(self, *arguments: Any, adapter: CheckedAdapter, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._adapter = adapter

    def _new_conn(self) -> socket.socket:
        return self._adapter.connect(self, self._dns_host)


def _pool_of(
    base: type[HTTPConnectionPool], connect: Callable[..., HTTPConnection]
) -> type[HTTPConnectionPool]:
    """A kind of pool whose connections ``connect`` makes."""
    return type(base.__name__, (base,), {"ConnectionCls": staticmethod(connect)})
