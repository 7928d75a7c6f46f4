"""The installation's folder: open to its owner alone, with one session secret that is whole."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from claims.errors import SettingsError
from reviewer.settings import SHORTEST_SECRET, Settings
from reviewer.trail_head import place_head

_OTHERS = 0o077
_SQLITE = "sqlite:///"
_log = logging.getLogger("konkyo.home")


def prepare_home(settings: Settings) -> None:
    """The folder exists, and nobody but its owner reads it or what konkyo keeps in it (POSIX modes).

    What was open to others before is narrowed and said in the log. Raises ``SettingsError``.
    """
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError("home_unusable", home=str(settings.home), reason=error.strerror) from error
    if os.name == "posix":
        narrowed = [path for path in _list_private(settings) if _narrow(path)]
        if narrowed:
            told = {"event": "home_narrowed", "count": len(narrowed)}
            message = "%s: %d files were open to others, now to their owner"
            _log.warning(message, settings.home, len(narrowed), extra=told)


def list_open_to_others(settings: Settings) -> tuple[Path, ...]:
    """What konkyo keeps that somebody else than its owner can reach; nothing where modes mean nothing."""
    return tuple(path for path in _list_private(settings) if os.name == "posix" and _is_open(path))


def check_secret(settings: Settings, secret: str) -> None:
    """Return when ``secret`` is the one that is kept still. Raises ``SettingsError``; it makes none."""
    if not settings.secret:
        path = place_secret(settings)
        try:
            kept = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error.reason
            raise SettingsError("secret_unusable", path=str(path), reason=reason) from error
        if not hmac.compare_digest(kept, secret):
            raise SettingsError("secret_changed", path=str(path))


def load_secret(settings: Settings) -> str:
    """The session secret: as the settings have it, else the stored one, which the first start makes.

    Of several who make it at once all get the same. Raises ``SettingsError`` for one that is too short, and
    where it can be neither read nor kept; then nothing of it stays.
    """
    found = find_secret(settings)
    if found is not None:
        return found
    path = place_secret(settings)
    try:
        _keep_secret(path)
    except OSError as error:
        raise SettingsError("secret_unusable", path=str(path), reason=error.strerror) from error
    return load_secret(settings)


def find_secret(settings: Settings) -> str | None:
    """The session secret as ``load_secret`` has it, ``None`` where there is none yet. None is made."""
    if settings.secret:
        return settings.secret
    path = place_secret(settings)
    try:
        if not path.exists():
            return None
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise SettingsError("secret_unusable", path=str(path), reason=reason) from error
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError("secret_cut_short", path=str(path), shortest=SHORTEST_SECRET)
    return secret


def fingerprint_secret(secret: str) -> str:
    """By what a secret is told from another, without giving it away."""
    return hmac.new(secret.encode(), b"konkyo.secret.fingerprint", hashlib.sha256).hexdigest()


def make_secret() -> str:
    """A new secret."""
    return secrets.token_urlsafe(48)


def place_secret(settings: Settings) -> Path:
    """Where the session secret is kept unless the settings give it."""
    return settings.home / "session_secret"


def _keep_secret(path: Path) -> None:
    """A new secret at ``path``, written whole beforehand; one that somebody else put there first stays."""
    written = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(make_secret().encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        os.link(written, path)
    except FileExistsError:
        _log.info("%s: another process made it first", path, extra={"event": "secret_made_elsewhere"})
    finally:
        written.unlink(missing_ok=True)


def _list_private(settings: Settings) -> Iterator[Path]:
    yield settings.home
    yield place_secret(settings)
    yield place_head(settings)
    if settings.database_url.startswith(_SQLITE):
        database = settings.database_url.removeprefix(_SQLITE).partition("?")[0]
        yield from (Path(database + end) for end in ("", "-wal", "-shm", "-journal"))
    yield settings.library_folder
    yield from settings.library_folder.rglob("*")


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        # Gone meanwhile, or in a folder that is closed to us: whether it can be used is told elsewhere.
        return False


def _narrow(path: Path) -> bool:
    """Whether others could reach ``path`` and no longer can."""
    try:
        mode = path.stat().st_mode
        if not mode & _OTHERS:
            return False
        path.chmod(mode & ~_OTHERS & 0o7777)
    except FileNotFoundError:
        # Not made yet, or gone with the last connection or merge.
        return False
    except OSError as error:
        told = {"event": "home_stays_open"}
        _log.warning("%s stays open to others: %s", path, error.strerror, extra=told)
        return False
    return True
