"""What the button does that puts rules on wording in force."""

from __future__ import annotations

from datetime import datetime

from claims.errors import SettingsError
from claims.extraction.house_rules import KeptRules
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_chosen, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow.wording_rules import keep_wording_rules

RULES_FILE, RULES_TEXT = "rules_file", "rules_text"


def put_in_force(seen: int) -> None:
    """Keep the table that the fields hold; they are empty then, and keep it when it is refused."""
    kept: list[KeptRules] = []

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        given = find_given_table()
        if given is None:
            raise SettingsError("wording_rules_none_given")
        kept.append(keep_wording_rules(work, *given, seen, actor, now))

    if act(step):
        empty_fields(RULES_FILE, RULES_TEXT)
        told = get_translate()("In force for every article from now on. Rules kept here: {count}")
        keep_message("saved", told.format(count=len(kept[0].rules)))


def find_given_table() -> tuple[bytes, str] | None:
    """The table that the fields hold, and what to call it; the file goes before the text."""
    uploaded, pasted = read_chosen(RULES_FILE, None), read_field(RULES_TEXT)
    if uploaded is not None:
        return uploaded.getvalue(), uploaded.name
    if pasted.strip():
        return pasted.encode("utf-8", "surrogatepass"), get_translate()("the pasted table")
    return None
