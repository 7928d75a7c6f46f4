"""``konkyo serve``: the review room."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from claims.errors import SettingsError
from reviewer.bootstrap import open_application
from reviewer.cli.telling import tell_command
from reviewer.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Address:
    """Where the review room is served."""

    host: str = "127.0.0.1"
    port: int = 8501

    @property
    def url(self) -> str:
        """What to type into the browser."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@click.command()
@click.option("--address", default=Address().host, show_default=True, help="Where to listen.")
@click.option("--port", default=Address().port, show_default=True, type=click.IntRange(1, 65535))
def serve(address: str, port: int) -> None:
    """Open the review room in the browser.

    Runs until it is stopped with Ctrl+C. Keep it on 127.0.0.1 unless a proxy with sign-in stands before it.
    """
    settings = load_settings()
    with open_application(settings).work() as work:
        is_empty = not work.people.list_users()
    if is_empty:
        first = tell_command(settings, "user", "add", "NAME", "--role", "admin")
        click.echo(f"no account yet: in another terminal run {first}", err=not settings.log_json)
    serve_dashboard(settings, Address(address, port))


def serve_dashboard(settings: Settings, address: Address | None = None) -> None:
    """Become the server of the review room of these settings; it runs until it is stopped.

    Raises ``SettingsError`` when the room is not installed or the address cannot be listened on.
    """
    where = address or Address()
    _check_free(where)
    command = [sys.executable, "-m", "streamlit", "run", str(_find_module("app")), *_build_flags(where)]
    click.echo(f"{where.url} (stop with Ctrl+C)", err=not settings.log_json)
    sys.stdout.flush()
    os.execve(sys.executable, command, {**os.environ, **_to_environment(settings)})


def _build_flags(address: Address) -> list[str]:
    """Streamlit's options: where to listen, our theme, and none of what developers and Streamlit need."""
    options = {
        "server.address": address.host,
        "server.port": str(address.port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "theme.base": str(_find_module("reviewer.dashboard").with_name("theme.toml")),
    }
    return [f"--{name}={value}" for name, value in options.items()]


def _find_module(name: str) -> Path:
    """Where a module of ours lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SettingsError("app_missing")
    return Path(spec.origin)


def _to_environment(settings: Settings) -> dict[str, str]:
    """The variables by which the server knows these settings."""
    oidc = settings.oidc
    return {
        "KONKYO_HOME": str(settings.home),
        "KONKYO_DATABASE_URL": settings.database_url,
        "KONKYO_ENTREZ_URL": settings.entrez_url,
        "NCBI_EMAIL": settings.ncbi_email,
        "NCBI_API_KEY": settings.ncbi_api_key,
        "KONKYO_LOG": f"json,{settings.log_level}" if settings.log_json else settings.log_level,
        "KONKYO_MEASURE_EFFORT": "1" if settings.measure_effort else "0",
        "KONKYO_TAKE_OVER": "1" if settings.takes_over else "0",
        "KONKYO_SECRET": settings.secret,
        "KONKYO_METRICS_TOKEN": settings.metrics_token,
        "KONKYO_TRUSTED_PROXIES": ",".join(settings.trusted_proxies),
        # What the server itself reads.
        "FORWARDED_ALLOW_IPS": ",".join(settings.trusted_proxies),
        "KONKYO_LIBRARY": str(settings.library or ""),
        "KONKYO_QUEUE": settings.queue,
        "KONKYO_RECHECK_HOURS": str(settings.recheck_hours),
        "KONKYO_DEMO": "1" if settings.demo else "",
        "KONKYO_OIDC_METADATA_URL": oidc.metadata_url if oidc else "",
        "KONKYO_OIDC_CLIENT_ID": oidc.client_id if oidc else "",
        "KONKYO_OIDC_PUBLIC_URL": oidc.public_url if oidc else "",
        "KONKYO_OIDC_CLIENT_SECRET": oidc.client_secret if oidc else "",
        "KONKYO_OIDC_ACR": ",".join(oidc.acr) if oidc else "",
        "KONKYO_OIDC_AMR": ",".join(oidc.amr) if oidc else "",
        "KONKYO_OIDC_BREAK_GLASS": oidc.break_glass if oidc else "",
    }


def _check_free(address: Address) -> None:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise SettingsError("address_unusable", url=address.url, reason=error.strerror) from error
