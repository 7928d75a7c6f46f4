"""The people of the house: who someone is, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; one person may have several roles."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account.

    ``name`` is what they sign in with and what trail and grades keep: it never changes. ``qualification``
    is in their own words ("Board-certified dermatologist"); ``email`` ("" where there is none) is how a
    sign-in elsewhere is recognised. ``may_be_named``: they agree to stand by name in articles for the public.
    """

    id: int
    name: str
    full_name: str
    roles: tuple[Role, ...]
    qualification: str = ""
    email: str = ""
    active: bool = True
    may_be_named: bool = False

    def has_any(self, *roles: Role) -> bool:
        """Whether the person may act in one of these roles at least.

        >>> User(1, "mori", "Mori", (Role.AUTHOR,)).has_any(Role.EDITOR, Role.AUTHOR)
        True
        """
        return self.active and any(role in self.roles for role in roles)


_OPERATOR_MARK = "cli:"


def name_operator(system_name: str) -> str:
    """The name under which steps on the command line are kept. The colon is in no account's name.

    >>> name_operator("sato")
    'cli:sato'
    """
    return _OPERATOR_MARK + system_name


def find_operator(name: str) -> str:
    """The system account that took the step which is kept under ``name``; "" for a step in the room.

    >>> find_operator("cli:sato"), find_operator("sato")
    ('sato', '')
    """
    return name.removeprefix(_OPERATOR_MARK) if name.startswith(_OPERATOR_MARK) else ""


def find_person(name: str) -> str:
    """The account's name that ``name`` may belong to: a system account is taken for its namesake's.

    >>> find_person("cli:Sato"), find_person("sato")
    ('sato', 'sato')
    """
    return name.removeprefix(_OPERATOR_MARK).lower()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against. ``given``: somebody else chose the password, and knows it."""

    user: User
    password_hash: str = field(repr=False)
    given: bool = False


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in in force. ``is_here``: that of the browser that asks."""

    id: int
    opened_at: datetime
    ends_at: datetime
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A person's own key for NCBI as it is stored: only the installation's secret opens it.

    ``email`` is the address that NCBI is told with it, "" for the installation's.
    """

    sealed: str = field(repr=False)
    email: str
    kept_at: datetime
