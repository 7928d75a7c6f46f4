"""A loopback proxy that lets a connection through (CONNECT), or answers with a refusal."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serve_proxy(status: int, seen: list[str] | None = None) -> Iterator[str]:
    """The ``host:port`` of a proxy until the block ends; ``seen`` notes what is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self._note()
            if status != 200:
                self.send_error(status)
                return
            host, _, port = self.path.rpartition(":")
            with socket.create_connection((host, int(port))) as target:
                self.send_response(200)
                self.end_headers()
                back = threading.Thread(target=_copy, args=(target, self.connection))
                back.start()
                _copy(self.connection, target)
                back.join()

        def do_POST(self) -> None:
            self._note()
            self.send_error(status)

        def _note(self) -> None:
            if seen is not None:
                seen.append(self.path)

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(1 << 16):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        # One side hung up: the other has nothing more to be told.
        return
