"""One secret a house: servers that share a PostgreSQL database share the secret too."""

from __future__ import annotations

from datetime import datetime

from claims.errors import SettingsError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.accounts.signing_in import end_every_sign_in


def require_house_secret(work: UnitOfWork, fingerprint: str) -> None:
    """Return when this is the fingerprint of the house's secret, which the first start keeps.

    Raises ``SettingsError`` for another: who is signed in at one server would be unknown at the next.
    """
    kept = work.house_secret.find()
    if not kept:
        kept = work.house_secret.keep(fingerprint)
        work.commit_passing()
    if kept != fingerprint:
        raise SettingsError("secret_differs")


def check_house_secret(work: UnitOfWork, fingerprint: str) -> None:
    """Return unless the house took another secret meanwhile. Raises ``SettingsError``; it keeps none."""
    if work.house_secret.find() not in ("", fingerprint):
        raise SettingsError("secret_differs")


def adopt_secret(work: UnitOfWork, fingerprint: str, actor: User, at: datetime) -> bool:
    """Whether the house had another secret, or none, until now; the trail tells of it.

    What was signed with the former one is sealed as it stands: only the former tells what was changed before.

    Every sign-in ends, at servers that run on with the former secret, too.
    """
    if work.house_secret.find() == fingerprint and not work.has_unsealed():
        return False
    work.house_secret.forget()
    work.house_secret.keep(fingerprint)
    end_every_sign_in(work)
    work.commit_sealing(AuditEntry(at, actor.name, AuditAction.SECRET_ADOPTED, "site"))
    return True


def forget_house_secret(work: UnitOfWork) -> None:
    """The house takes the secret that it is started with next."""
    work.house_secret.forget()
