"""What the buttons do that put rules of the clinic in force: those on wording, those on review dates."""

from __future__ import annotations

from datetime import datetime

from claims.errors import SettingsError
from claims.extraction.house_rules import KeptRules
from claims.records.people import User
from claims.records.review_day import KeptReviewRules
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_chosen, read_field
from reviewer.dashboard.session import get_application, get_translate, keep_message
from reviewer.workflow.review_rules import keep_review_rules
from reviewer.workflow.wording_rules import keep_wording_rules

RULES_FILE, RULES_TEXT = "rules_file", "rules_text"
REVIEW_FILE, REVIEW_TEXT = "review_rules_file", "review_rules_text"


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


def put_review_rules_in_force(seen: int) -> None:
    """As ``put_in_force``, the rules on when evidence is looked at again."""
    kept: list[KeptReviewRules] = []

    def step(work: UnitOfWork, actor: User, now: datetime) -> None:
        given = find_given_table(REVIEW_FILE, REVIEW_TEXT)
        if given is None:
            raise SettingsError("wording_rules_none_given")
        of_file = get_application().file_review_rules.of_file
        kept.append(keep_review_rules(work, *given, of_file, seen, actor, now))

    if act(step):
        empty_fields(REVIEW_FILE, REVIEW_TEXT)
        told = get_translate()(
            "In force: every day is counted anew within a minute. Rules kept here: {count}"
        )
        keep_message("saved", told.format(count=len(kept[0].rules)))


def find_given_table(file: str = RULES_FILE, text: str = RULES_TEXT) -> tuple[bytes, str] | None:
    """The table that the fields hold, and what to call it; the file goes before the text."""
    uploaded, pasted = read_chosen(file, None), read_field(text)
    if uploaded is not None:
        return uploaded.getvalue(), uploaded.name
    if pasted.strip():
        return pasted.encode("utf-8", "surrogatepass"), get_translate()("the pasted table")
    return None
