"""The way out of this machine, as its environment sets it: trusted certificates, and a proxy."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from requests.utils import get_environ_proxies, select_proxy

from claims.errors import SettingsError

# In the order of requests, which does not know the last one; OpenSSL does.
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_SOCKS = ("socks4", "socks4a", "socks5", "socks5h")

Kind = TypeVar("Kind", bound=BaseException)


@dataclass(frozen=True, slots=True)
class WayOut:
    """``verify`` as requests takes it: a file or folder of trusted certificates, or True for the usual ones.

    ``proxy`` is ``scheme://host:port`` without a name and password, "" where none stands between.
    """

    verify: str | bool
    proxy: str


def find_way_out(url: str) -> WayOut:
    """How ``url`` is asked for. Raises ``SettingsError`` naming the variable that cannot be used."""
    return WayOut(find_certificates(), _find_proxy(url))


def find_certificates() -> str | bool:
    """The file or folder of certificates that the environment names, else True. Raises ``SettingsError``."""
    for name in _BUNDLES:
        if path := os.environ.get(name):
            _check_bundle(name, path)
            return path
    return True


def list_faults(url: str) -> list[SettingsError]:
    """What is wrong with the settings of the way to ``url``; those that another one overrides too."""
    faults = []
    checks: list[Callable[[], object]] = [
        partial(_check_bundle, name, path) for name in _BUNDLES if (path := os.environ.get(name))
    ]
    checks.append(partial(_find_proxy, url))
    for check in checks:
        try:
            check()
        except SettingsError as fault:
            faults.append(fault)
    return faults


def _check_bundle(name: str, path: str) -> None:
    """Return when the file or folder that the variable names can be used. Raises ``SettingsError``."""
    if not Path(path).exists():
        raise SettingsError("ca_bundle_missing", setting=name, path=path)
    try:
        ssl.create_default_context(cafile=path if Path(path).is_file() else None)
    except OSError as error:
        raise SettingsError("ca_bundle_unreadable", setting=name, path=path) from error


def find_cause(error: BaseException, kind: type[Kind]) -> Kind | None:
    """The first error of ``kind`` that ``error`` is or wraps, however the libraries between wrapped it."""
    return next((found for found in _unwrap(error, set()) if isinstance(found, kind)), None)


def _unwrap(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for inner in (getattr(error, "reason", None), *error.args, error.__cause__, error.__context__):
        if isinstance(inner, BaseException):
            yield from _unwrap(inner, seen)


def _find_proxy(url: str) -> str:
    """The proxy for ``url`` without its password, "" for none. Raises ``SettingsError``."""
    proxies = get_environ_proxies(url)
    proxy = select_proxy(url, proxies)
    if not proxy:
        return ""
    scheme = urlsplit(url).scheme
    setting = f"{scheme if scheme in proxies else 'all'}_proxy".upper()
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host, port = parts.hostname, parts.port
    except ValueError:
        # Its text repeats the address, with the password in it.
        raise SettingsError("proxy_unreadable", setting=setting) from None
    if not host:
        raise SettingsError("proxy_unreadable", setting=setting)
    if parts.scheme not in ("http", "https") and not (parts.scheme in _SOCKS and find_spec("socks")):
        raise SettingsError("proxy_scheme", setting=setting, scheme=parts.scheme)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
