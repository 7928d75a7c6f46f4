"""Drafting: a comment is kept while it is written, until it goes with a grade."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RoleRefused, RuleRefused
from claims.records.draft import Draft
from claims.records.people import User
from db.unit_of_work import UnitOfWork
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.handling import may_grade, may_settle

# Of one person's drafts together: a thousand comments of some pages each.
MOST_CHARACTERS = 5_000_000


def keep_draft(
    work: UnitOfWork, claim_id: int, text: str, given_before: int, actor: User, at: datetime
) -> bool:
    """Whether what ``actor`` has written at the claim so far is kept; an empty text is a draft too.

    ``given_before`` is what ``Draft`` counts, as it was when this was written: what comes after its comment
    was given is not kept. Raises ``RoleRefused`` for who neither grades nor settles anything in the article,
    ``RuleRefused`` (``drafts_too_long``) beyond ``MOST_CHARACTERS``, ``NotFound``.
    """
    claim = work.claims.get_claim(claim_id)
    plan = load_plan(work, claim.version_id)
    if not (may_grade(plan, actor) or may_settle(plan, actor)):
        raise RoleRefused("not_assigned", name=actor.name)
    if len(text) + work.drafts.count_characters(actor.name, besides=claim.id) > MOST_CHARACTERS:
        raise RuleRefused("drafts_too_long")
    kept = work.drafts.keep(Draft(claim.id, actor.name, text, given_before), at)
    work.commit_draft()
    return kept


def load_draft(work: UnitOfWork, claim_id: int, actor: User) -> Draft:
    """What ``actor`` has written at the claim and not yet given with a grade."""
    return work.drafts.load(claim_id, actor.name)
