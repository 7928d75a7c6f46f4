"""A loopback server of pages: each path has its answer, which may redirect, drip, lie or break off."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """One answer. ``missing_bytes`` promises that many more than are sent; ``drip_seconds`` part them."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    missing_bytes: int = 0
    drip_seconds: float = 0.0
    drips_headers: bool = False


def redirect(location: str) -> Answer:
    """An answer that leads elsewhere."""
    return Answer(status=302, headers=(("Location", location),))


@contextmanager
def serve_pages(answers: dict[str, Answer], seen: list[str] | None = None) -> Iterator[str]:
    """The base address of a server that answers by path, until the block ends; ``seen`` notes the paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if seen is not None:
                seen.append(self.path)
            try:
                self._send(answers.get(self.path, Answer(status=404)))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, answer: Answer) -> None:
            if answer.drips_headers:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for number in range(200):
                    self.wfile.write(f"X-{number}: a\r\n".encode())
                    time.sleep(answer.drip_seconds)
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + answer.missing_bytes))
            self.end_headers()
            if answer.drip_seconds:
                for byte in answer.body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(answer.drip_seconds)
            else:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
