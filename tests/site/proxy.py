"""nginx before several servers on loopback, as docs/operations.md shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.room import ROOT, find_free_port

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
_SHOWN = re.compile(r"```nginx\n(.*?)```", re.DOTALL)


@contextmanager
def proxying(folder: Path, ports: list[int]) -> Iterator[str]:
    """The address of the proxy; each answer tells in ``X-Server`` which server gave it."""
    port = find_free_port()
    (folder / "nginx.conf").write_text(_configure(folder, port, ports), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as proxy:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            proxy.terminate()


def _configure(folder: Path, port: int, ports: list[int]) -> str:
    """What the document shows, on loopback without TLS, and with the folders of whoever runs the test."""
    shown = _SHOWN.search((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert shown
    site = shown[1]
    for given, ours in zip(("127.0.0.1:8501", "127.0.0.1:8502"), ports, strict=True):
        assert given in site
        site = site.replace(given, f"127.0.0.1:{ours}")
    site = re.sub(r"^ *ssl_.*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    site = site[: site.rindex("server {")].replace(
        "location / {", "add_header X-Server $upstream_addr always;\n    location / {"
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return (
        f"daemon off;\nworker_processes 1;\nuser root;\npid {folder}/nginx.pid;\nevents {{}}\n"
        f"http {{\n    access_log off;\n{places}{site}\n}}\n"
    )
