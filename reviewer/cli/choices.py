"""Options that take a member of an enum."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

import click

Member = TypeVar("Member", bound=StrEnum)


class EnumChoice(click.Choice[Member]):
    """A choice of ``members``: typed and shown as their permanent values, given to the command as members.

    Upper and lower case are alike. Click's own ``Choice`` asks for the names of the members.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        super().__init__(members, case_sensitive=False)

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """What is typed for ``choice``: a member's value."""
        return super().normalize_choice(str(choice), ctx)
