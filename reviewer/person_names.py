"""How people read who did something: by the full name, or as the system account that ran a command."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records.people import find_operator
from reviewer.i18n import Translate


def name_person(name: str, full_names: Mapping[str, str], translate: Translate) -> str:
    """Who goes by the name that steps are kept under; the name itself where no account has it any more.

    >>> name_person("cli:sato", {}, str), name_person("mori", {"mori": "Mori Hanako"}, str)
    ('command line, sato', 'Mori Hanako')
    """
    if name in full_names:
        return full_names[name]
    operator = find_operator(name)
    return translate("command line, {name}").format(name=operator) if operator else name
