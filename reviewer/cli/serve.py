"""``konkyo serve``: the review room."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec

import click

from claims.errors import SettingsError
from reviewer.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Address:
    """Where the review room is served."""

    host: str = "127.0.0.1"
    port: int = 8501


@click.command()
@click.option("--address", default=Address().host, show_default=True, help="Where to listen.")
@click.option("--port", default=Address().port, show_default=True, type=click.IntRange(1, 65535))
def serve(address: str, port: int) -> None:
    """Open the review room in the browser.

    Runs until it is stopped with Ctrl+C. Keep it on 127.0.0.1 unless a proxy with sign-in stands before it.
    """
    serve_dashboard(load_settings(), Address(address, port))


def serve_dashboard(settings: Settings, address: Address | None = None) -> None:
    """Serve the review room of these settings until it is stopped."""
    entry = find_spec("app")
    if entry is None or entry.origin is None:
        raise SettingsError("app_missing")
    where = address or Address()
    click.echo(f"http://{where.host}:{where.port} (stop with Ctrl+C)", err=True)
    options = {
        "server.address": where.host,
        "server.port": str(where.port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
        "server.fileWatcherType": "none",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    environment = {
        **os.environ,
        "KONKYO_HOME": str(settings.home),
        "KONKYO_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "streamlit", "run", entry.origin, *flags]
    try:
        done = subprocess.run(command, env=environment, check=False)
    except KeyboardInterrupt:
        return
    sys.exit(done.returncode)
