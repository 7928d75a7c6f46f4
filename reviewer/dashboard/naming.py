"""Names of people on a page that has nothing else to read of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reviewer.dashboard.session import get_application, get_translate
from reviewer.person_names import name_person
from reviewer.workflow.publication import load_full_names


def get_naming() -> Callable[[str], str]:
    """What tells who goes by a name, as ``name_person`` does. Accounts are read once, when needed."""
    translate = get_translate()

    @cache
    def read_names() -> dict[str, str]:
        with get_application().reading() as work:
            return load_full_names(work)

    return lambda name: name_person(name, read_names(), translate)
