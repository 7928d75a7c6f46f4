"""Accounts, the sign-ins that are in force, and people's own keys for NCBI."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from claims.records.people import Role
from db.base import Base, Stored, Typed


class AccountRow(Base):
    """A person's account. It is made inactive and never deleted, so that its name stays its own.

    ``password_given``: somebody else chose the password, and knows it. ``seen_until``: what was decided
    before is known to the person.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(Typed("account.full_name"))
    roles: Mapped[tuple[Role, ...]] = mapped_column(Stored(tuple[Role, ...]))
    qualification: Mapped[str] = mapped_column(Typed("account.qualification"))
    email: Mapped[str] = mapped_column(Typed("account.email", String(254)), index=True)
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    password_given: Mapped[bool] = mapped_column(default=False, server_default=false())
    may_be_named: Mapped[bool] = mapped_column(default=False, server_default=false())
    seen_until: Mapped[datetime | None] = mapped_column(default=None)


class SignInRow(Base):
    """One sign-in, known by the hash of its token: who reads the table cannot use it.

    A ``provisional`` one stands for nobody but who chooses a password of their own. ``proved_at`` is when the
    person proved anew elsewhere that it is they.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    provisional: Mapped[bool] = mapped_column(default=False, server_default=false())


class TryRow(Base):
    """How often somebody tried to sign in: under a name, from an address, or under a name from an address.

    ``bucket`` is a digest that tells none of them. The moments are seconds of the database's clock.
    """

    __tablename__ = "sign_in_try"

    bucket: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    counts_until: Mapped[float] = mapped_column(Double)
    known_until: Mapped[float] = mapped_column(Double)
    void_at: Mapped[float] = mapped_column(Double, index=True)


class IdentityRow(Base):
    """A person as a provider knows them, and whose account here that is."""

    __tablename__ = "account_identity"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    linked_at: Mapped[datetime]


class UsedIdentityRow(Base):
    """An identity from elsewhere that was used: known until it is void, and never taken again."""

    __tablename__ = "used_identity"

    identity_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    void_at: Mapped[datetime] = mapped_column(index=True)


class NcbiKeyRow(Base):
    """The one key of a person's own: who reads the table cannot use it."""

    __tablename__ = "ncbi_key"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Typed("ncbi_key.email", String(254)))
    kept_at: Mapped[datetime]
