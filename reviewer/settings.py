"""What an installation sets: from the environment, or from ``.env`` in the working folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from platformdirs import user_data_path

from claims.errors import SettingsError
from db.limits import CONNECTIONS
from reviewer.moments import find_machine_zone, find_zone
from reviewer.smtp_settings import Smtp, read_smtp

SHORTEST_SECRET = 32
REVIEW_MONTHS, MOST_REVIEW_MONTHS = 12, 120
REVIEW_SOON_DAYS, MOST_REVIEW_SOON_DAYS = 30, 365
# Papers under live claims are looked at again so often; more than a month is never.
RECHECK_HOURS, MOST_RECHECK_HOURS = 24, 31 * 24
# Published claims are searched for what is new so often.
LIVING_DAYS, MOST_LIVING_DAYS = 30, 366
FEWEST_CONNECTIONS, MOST_CONNECTIONS = 5, 500
# A working day: who comes back the next morning signs in again.
SIGN_IN_LASTS = timedelta(hours=12)
# A browser that was left open on a desk which others pass (ADR 0041).
IDLE_LASTS = timedelta(minutes=60)
FEWEST_IDLE_MINUTES = 5
_MINUTE = timedelta(minutes=1)
# Who does the jobs that a server is asked for: its own threads, or `konkyo worker` beside it.
OWN_THREADS, WORKERS = "process", "workers"
LOG_LEVELS = ("debug", "info", "warning", "error")
# How Streamlit knows the way to the provider by which people prove anew who they are.
AGAIN = "again"
# A proxy on the same machine.
TRUSTED_PROXIES = ("127.0.0.1",)
ENTREZ_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"


@dataclass(frozen=True, slots=True)
class Oidc:
    """Where people sign in elsewhere: an OpenID Connect provider, and this site's own public address.

    ``acr``, ``amr``: how people have to have proved who they are, one of each at least; empty: in any way.
    ``break_glass``: the one account that comes in by its password when the provider is away, "" for none.
    """

    metadata_url: str
    client_id: str
    public_url: str
    client_secret: str = field(repr=False)
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    break_glass: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. ``home`` holds database and, unless ``secret`` is given, that.

    ``library`` names the folder of the local library, by default one in ``home``.
    ``idle``: for how long a sign-in may be unused before it ends.
    ``review_months``: so long after its approval an article is to be reviewed again; 0: nobody says when.
    ``review_rules``: the table of the house's own rules on how long evidence holds, ``None`` where it has
    none; ``review_soon_days``: people are told so many days before a published version's day.
    ``recheck_hours``: so often a server looks again at papers under live claims; 0: only when asked.
    ``living_days``: so often published claims are searched for what is new; 0: only when asked.
    ``retraction_watch``: where Retraction Watch's table is fetched from, "" where nobody said so.
    ``queue``: jobs are done by ``OWN_THREADS`` of each server, or by ``WORKERS``.
    ``demo`` is set by ``konkyo demo`` for its own server: the sign-in page then offers the sample people.
    ``time_zone`` is that of every export; the room shows each person the browser's.
    ``takes_over``: a settled grade of the same wording may be taken over by a key (``KONKYO_TAKE_OVER=1``).
    ``measure_effort``: seconds and actions at each claim are recorded (``KONKYO_MEASURE_EFFORT=0``: not).
    ``log_json``: the server logs one JSON object a line instead of text.
    ``metrics_token``: what whoever collects the server's metrics has to send; "": nobody collects them.
    ``connections``: how many this process has open to the database at most.
    ``trusted_proxies``: whose word on a client's address and on HTTPS counts, addresses or networks.
    ``wording_rules``: the table of the clinic's own rules on wording, ``None`` where it has none.
    ``smtp``: what sends mails, ``None``: notices stand in the room alone.
    """

    home: Path
    database_url: str
    entrez_url: str = ENTREZ_URL
    ncbi_email: str = ""
    ncbi_api_key: str = field(default="", repr=False)
    demo: bool = False
    log_level: str = "warning"
    log_json: bool = False
    measure_effort: bool = True
    takes_over: bool = False
    oidc: Oidc | None = None
    time_zone: ZoneInfo = field(default_factory=find_machine_zone)
    secret: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    wording_rules: Path | None = None
    connections: int = CONNECTIONS
    trusted_proxies: tuple[str, ...] = TRUSTED_PROXIES
    library: Path | None = None
    queue: str = OWN_THREADS
    idle: timedelta = IDLE_LASTS
    review_months: int = REVIEW_MONTHS
    smtp: Smtp | None = None
    recheck_hours: int = RECHECK_HOURS
    living_days: int = LIVING_DAYS
    retraction_watch: str = ""
    review_rules: Path | None = None
    review_soon_days: int = REVIEW_SOON_DAYS

    @property
    def library_folder(self) -> Path:
        """Where the local library lies, whether or not one has been imported."""
        return self.library or self.home / "library"


def load_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of ``environment`` (the process's by default), completed by ``folder``'s ``.env``.

    The environment wins over the file; an empty value counts as missing. Raises ``SettingsError`` naming
    the setting that cannot be used.
    """
    found = {**_read_file((folder or Path.cwd()) / ".env"), **(environment or os.environ)}

    def read(name: str, default: str = "") -> str:
        return (found.get(name) or "").strip() or default

    home = _place_home(read("KONKYO_HOME", str(default_home())))
    log_level, log_json = _read_log(read("KONKYO_LOG", "warning").lower())
    oidc = _read_oidc(read)
    database_url = read("KONKYO_DATABASE_URL", f"sqlite:///{home / 'konkyo.db'}")
    return Settings(
        home=home,
        database_url=database_url,
        entrez_url=_check_entrez_url(read("KONKYO_ENTREZ_URL", ENTREZ_URL)),
        ncbi_email=_check_email(read("NCBI_EMAIL")),
        ncbi_api_key=read("NCBI_API_KEY"),
        demo=read("KONKYO_DEMO") == "1",
        measure_effort=read("KONKYO_MEASURE_EFFORT", "1") != "0",
        takes_over=read("KONKYO_TAKE_OVER") == "1",
        log_level=log_level,
        log_json=log_json,
        oidc=oidc,
        time_zone=_read_zone(read("KONKYO_TIME_ZONE"), read("TZ")),
        secret=_check_secret(read("KONKYO_SECRET")),
        metrics_token=_check_metrics_token(read("KONKYO_METRICS_TOKEN")),
        wording_rules=_place_rules(read("KONKYO_WORDING_RULES"), "KONKYO_WORDING_RULES"),
        review_rules=_place_rules(read("KONKYO_REVIEW_RULES"), "KONKYO_REVIEW_RULES"),
        review_soon_days=_read_number(
            read("KONKYO_REVIEW_SOON_DAYS", str(REVIEW_SOON_DAYS)),
            1,
            MOST_REVIEW_SOON_DAYS,
            "review_soon_unusable",
        ),
        connections=_read_connections(read("KONKYO_DATABASE_CONNECTIONS", str(CONNECTIONS))),
        trusted_proxies=_read_proxies(read("KONKYO_TRUSTED_PROXIES", ",".join(TRUSTED_PROXIES))),
        library=_place_library(read("KONKYO_LIBRARY")),
        queue=_read_queue(read("KONKYO_QUEUE", OWN_THREADS), database_url),
        idle=timedelta(minutes=_read_idle(read("KONKYO_IDLE_MINUTES", str(IDLE_LASTS // _MINUTE)))),
        review_months=_read_months(read("KONKYO_REVIEW_MONTHS", str(REVIEW_MONTHS))),
        smtp=read_smtp(read, oidc.public_url if oidc else ""),
        recheck_hours=_read_number(
            read("KONKYO_RECHECK_HOURS", str(RECHECK_HOURS)), 0, MOST_RECHECK_HOURS, "recheck_hours_unusable"
        ),
        living_days=_read_number(
            read("KONKYO_LIVING_DAYS", str(LIVING_DAYS)), 0, MOST_LIVING_DAYS, "living_days_unusable"
        ),
        retraction_watch=_check_address(read("KONKYO_RETRACTION_WATCH_URL")),
    )


def default_home() -> Path:
    """The home where ``KONKYO_HOME`` names none."""
    return user_data_path("konkyo")


def _read_file(file: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("env_unreadable", path=str(file)) from error


def _place_home(path: str) -> Path:
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError as error:
        # "~nobody": there is no such user.
        raise SettingsError("home_unusable", home=path, reason=str(error)) from error


def _read_connections(text: str) -> int:
    """The number of connections: with fewer than 5 a server would wait for itself."""
    return _read_number(text, FEWEST_CONNECTIONS, MOST_CONNECTIONS, "connections_unusable")


def _read_idle(text: str) -> int:
    """The minutes: in fewer than 5 an abstract is not read, and no sign-in lasts longer than the most."""
    return _read_number(text, FEWEST_IDLE_MINUTES, SIGN_IN_LASTS // _MINUTE, "idle_unusable")


def _read_number(text: str, fewest: int, most: int, code: str) -> int:
    if not (text.isascii() and text.isdecimal() and fewest <= int(text) <= most):
        raise SettingsError(code, fewest=fewest, most=most)
    return int(text)


def _read_months(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST_REVIEW_MONTHS):
        raise SettingsError("review_months_unusable", most=MOST_REVIEW_MONTHS)
    return int(text)


def _read_proxies(text: str) -> tuple[str, ...]:
    """Addresses and networks, parted by commas: a name could not be compared, and all would be no bound."""
    proxies = tuple(part.strip() for part in text.split(",") if part.strip())
    for proxy in proxies:
        try:
            is_everybody = ip_network(proxy).prefixlen == 0
        except ValueError:
            is_everybody = True
        if is_everybody:
            raise SettingsError("trusted_proxies_unusable", proxy=proxy)
    return proxies


def _place_library(path: str) -> Path | None:
    try:
        return Path(path).expanduser().absolute() if path else None
    except RuntimeError as error:
        raise SettingsError("library_unusable", path=path, reason=str(error)) from error


def _read_queue(queue: str, database_url: str) -> str:
    if queue not in (OWN_THREADS, WORKERS):
        raise SettingsError("queue_unknown", queue=queue)
    if queue == WORKERS:
        require_postgresql(database_url)
    return queue


def require_postgresql(database_url: str) -> None:
    """Return where workers can be reached by the database. Raises ``SettingsError`` for SQLite."""
    if database_url.startswith("sqlite"):
        raise SettingsError("workers_need_postgresql")


def _place_rules(path: str, setting: str) -> Path | None:
    try:
        return Path(path).expanduser().absolute() if path else None
    except RuntimeError as error:
        told = {"setting": setting, "path": path, "reason": str(error)}
        raise SettingsError("wording_rules_unreadable", **told) from error


def oidc_secrets(settings: Settings, secret: str) -> dict[str, Any] | None:
    """What Streamlit's way to the provider reads, ``None`` where nobody signs in elsewhere.

    Its cookies are signed with a key of the installation's own ``secret``. PKCE is always used, whatever the
    provider says of it, and what has to be proved is asked for.
    """
    if settings.oidc is None:
        return None
    oidc = settings.oidc
    asked = {"acr_values": " ".join(oidc.acr)} if oidc.acr else {}
    return {
        "auth": {
            "redirect_uri": f"{oidc.public_url}/oauth2callback",
            "cookie_secret": hashlib.sha256(f"konkyo.oidc:{secret}".encode()).hexdigest(),
            "client_id": oidc.client_id,
            "client_secret": oidc.client_secret,
            "server_metadata_url": oidc.metadata_url,
            "client_kwargs": {"code_challenge_method": "S256"},
            "authorize_params": asked,
            # The same provider, which is to ask the person anew.
            AGAIN: {
                "client_id": oidc.client_id,
                "client_secret": oidc.client_secret,
                "server_metadata_url": oidc.metadata_url,
                "client_kwargs": {"code_challenge_method": "S256", "prompt": "login"},
                "authorize_params": {**asked, "max_age": "0"},
            },
        }
    }


def is_email(text: str) -> bool:
    """Whether this can be an e-mail address."""
    return "@" in text.strip("@") and " " not in text


def require_email(settings: Settings) -> str:
    """The address NCBI asks of each client. Raises ``SettingsError`` saying which line to add."""
    if not settings.ncbi_email:
        raise SettingsError("email_missing")
    return settings.ncbi_email


def _check_secret(secret: str) -> str:
    if secret and len(secret) < SHORTEST_SECRET:
        raise SettingsError("secret_short", shortest=SHORTEST_SECRET)
    return secret


def _check_metrics_token(token: str) -> str:
    if token and len(token) < SHORTEST_SECRET:
        raise SettingsError("metrics_token_short", shortest=SHORTEST_SECRET)
    return token


def _read_log(asked: str) -> tuple[str, bool]:
    """From which level on is logged, and whether as JSON: ``debug``, ``json`` (info), ``json,debug``."""
    parts = [part.strip() for part in asked.split(",")]
    is_json = "json" in parts
    levels = [part for part in parts if part != "json"] or ["info"]
    if len(levels) > 1 or levels[0] not in LOG_LEVELS:
        raise SettingsError("log_level_unknown", level=asked)
    return levels[0], is_json


def _read_oidc(read: Callable[[str], str]) -> Oidc | None:
    """The provider, when one is named; then every part of it is needed."""
    names = ("METADATA_URL", "CLIENT_ID", "PUBLIC_URL", "CLIENT_SECRET")
    found = {name: read(f"KONKYO_OIDC_{name}") for name in names}
    if not any(found.values()):
        return None
    if missing := [name for name, value in found.items() if not value]:
        raise SettingsError("oidc_incomplete", setting=f"KONKYO_OIDC_{missing[0]}")
    acr, amr = (
        tuple(filter(None, map(str.strip, read(f"KONKYO_OIDC_{name}").split(",")))) for name in ("ACR", "AMR")
    )
    return Oidc(
        found["METADATA_URL"],
        found["CLIENT_ID"],
        found["PUBLIC_URL"].rstrip("/"),
        found["CLIENT_SECRET"],
        acr,
        amr,
        read("KONKYO_OIDC_BREAK_GLASS").lower(),
    )


def _read_zone(name: str, of_machine: str) -> ZoneInfo:
    """The zone that exports are written in: as set, else as the machine names one."""
    if not name:
        return find_machine_zone(of_machine)
    zone = find_zone(name)
    if zone is None:
        raise SettingsError("time_zone_unknown", zone=name)
    return zone


def _check_entrez_url(url: str) -> str:
    parts = urlsplit(url)
    readable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    if not readable or not parts.path.rstrip("/").endswith("/entrez/eutils"):
        raise SettingsError("entrez_url_unusable", url=url)
    return url.rstrip("/") + "/"


def _check_address(url: str) -> str:
    parts = urlsplit(url)
    if url and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise SettingsError("retraction_watch_unusable", url=url)
    return url


def _check_email(email: str) -> str:
    if email and not is_email(email):
        raise SettingsError("email_unusable", email=email)
    return email
