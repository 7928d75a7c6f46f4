"""What the buttons of new papers do: say that the claim stands as it is, or that the paper changes it."""

from __future__ import annotations

from datetime import datetime

from claims.records.citation import Pmid
from claims.records.living import NewRecordAnswer
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.dashboard.actions.acting import act
from reviewer.dashboard.fields import empty_fields, read_field
from reviewer.dashboard.session import get_translate, keep_message
from reviewer.workflow.new_records import answer_new_record


def answer(claim_id: int, pmid: Pmid, kind: NewRecordAnswer) -> None:
    """Keep what the new paper does to the claim, with the comment that was typed."""
    field = f"new_record_{pmid}"
    comment = read_field(field)

    def step(work: UnitOfWork, user: User, now: datetime) -> None:
        answer_new_record(work, claim_id, pmid, kind, comment, user, now)

    if act(step):
        empty_fields(field)
        keep_message("saved", get_translate()("The answer is kept; this paper does not come again."))
