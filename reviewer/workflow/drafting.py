"""Drafting: a comment is kept when its field is left, until it goes with a grade."""

from __future__ import annotations

from datetime import datetime

from claims.records.draft import Draft
from claims.records.people import User
from db.unit_of_work import UnitOfWork


def keep_draft(work: UnitOfWork, claim_id: int, text: str, actor: User, at: datetime) -> None:
    """Keep what ``actor`` has written at the claim so far; an empty text is a draft too."""
    work.drafts.keep(Draft(claim_id, actor.name, text, at))
    work.commit_draft()


def find_draft(work: UnitOfWork, claim_id: int, actor: User) -> str | None:
    """What ``actor`` has written and not yet given with a grade, ``None`` where nothing is."""
    draft = work.drafts.find(claim_id, actor.name)
    return None if draft is None else draft.text
