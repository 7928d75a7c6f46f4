"""Drafting: what somebody writes at a claim is kept while it is written, until it is given."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RoleRefused, RuleRefused
from claims.records.draft import Draft
from claims.records.flag import AnswerKind
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.handling import may_grade, may_settle

# Of one person's drafts together: a thousand comments of some pages each.
MOST_CHARACTERS = 5_000_000


def keep_draft(
    work: UnitOfWork,
    claim_id: int,
    text: str,
    given_before: int,
    field: AnswerKind | None,
    actor: User,
    at: datetime,
) -> bool:
    """Whether what ``actor`` has written in the field so far is kept; an empty text is a draft too.

    ``field`` and ``given_before`` are what ``Draft`` says, as they were when this was written: what comes
    after it was given is not kept. Raises ``RoleRefused`` for who gives nothing of the kind,
    ``RuleRefused`` (``drafts_too_long``) beyond ``MOST_CHARACTERS``, ``NotFound``.
    """
    claim = work.claims.get_claim(claim_id)
    _require_writer(work, claim, field, actor)
    held = work.drafts.count_characters(actor.name, claim.id, field)
    if len(text) + held > MOST_CHARACTERS:
        raise RuleRefused("drafts_too_long")
    kept = work.drafts.keep(Draft(claim.id, actor.name, text, given_before, field), at)
    work.commit_draft()
    return kept


def load_draft(work: UnitOfWork, claim_id: int, actor: User) -> Draft:
    """The comment that ``actor`` has written at the claim and not yet given with a grade."""
    return work.drafts.load(claim_id, actor.name)


def load_field_drafts(work: UnitOfWork, claim_id: int, actor: User) -> dict[AnswerKind, Draft]:
    """What ``actor`` has written in the other fields of the claim, the one that was kept last first."""
    return {draft.field: draft for draft in work.drafts.load_fields(claim_id, actor.name) if draft.field}


def _require_writer(work: UnitOfWork, claim: ReviewClaim, field: AnswerKind | None, actor: User) -> None:
    """Return when ``actor`` may give what is written in the field; raise ``RoleRefused`` otherwise."""
    if field is not None:
        require_permission(actor, Permission.REPLY if field is AnswerKind.REPLY else Permission.ANSWER_FLAGS)
        return
    plan = load_plan(work, claim.version_id)
    if not (may_grade(plan, actor) or may_settle(plan, actor)):
        raise RoleRefused("not_assigned", name=actor.name)
