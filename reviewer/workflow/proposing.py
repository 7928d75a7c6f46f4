"""Steps that need two: one person proposes, a second one confirms, and only then does anything change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from claims.errors import RoleRefused, RuleRefused, VersionConflict
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import ClaimType
from claims.records.lengths import require_length
from claims.records.people import User
from claims.records.proposal import Proposal, ProposedStep
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.second_person import is_same_person
from reviewer.workflow.amending import dismiss_claim, retype_claim
from reviewer.workflow.handling import require_hand
from reviewer.workflow.holding import hold_open_version, is_open_version
from reviewer.workflow.merging_splitting import merge_claims, split_claim


def change_by_hand(
    work: UnitOfWork,
    step: ProposedStep,
    claims: Sequence[ReviewClaim],
    words: Sequence[str],
    actor: User,
    at: datetime,
) -> tuple[ReviewClaim, ...] | Proposal:
    """The claims as the step left them; where ``actor`` alone may not take it, the proposal that now waits.

    Raises what the step raises, and ``RuleRefused`` where a proposal for one of the claims waits already.
    """
    try:
        return _take(work, step, claims, words, actor, at)
    except RuleRefused as refusal:
        if refusal.code != "second_person_needed":
            raise
    return _propose(work, step, claims, words, actor, at)


def list_proposals(work: UnitOfWork, version_id: int) -> tuple[Proposal, ...]:
    """The proposals that can still be confirmed, oldest first: their claims are open and as they were."""
    waiting = work.proposals.list_unanswered(version_id)
    if not waiting or not is_open_version(work, version_id):
        return ()
    now = {claim.id: claim.revision for claim in work.claims.list_claims(version_id)}
    return tuple(p for p in waiting if tuple(now.get(id) for id in p.claim_ids) == p.revisions)


def answer_proposal(
    work: UnitOfWork, proposal_id: int, confirmed: bool, actor: User, at: datetime
) -> Proposal:
    """The proposal, now carried out in the name of ``actor``, or rejected.

    Who proposed it may reject it, and never confirms it. Raises ``RoleRefused`` for who may not take the
    step, or to confirm what was proposed by somebody who may not any more; ``VersionConflict`` when it was
    answered or a claim changed since it was proposed; ``NotFound``.
    """
    require_permission(actor, Permission.EDIT_CLAIMS)
    proposal = work.proposals.get(proposal_id)
    hold_open_version(work, proposal.version_id)
    require_hand(work, proposal.version_id, actor)
    if proposal not in list_proposals(work, proposal.version_id):
        raise VersionConflict("proposal_over")
    claims = {claim.id: claim for claim in work.claims.load_claims(proposal.claim_ids)}
    chosen = [claims[id] for id in proposal.claim_ids]
    if confirmed and is_same_person(actor.name, proposal.proposed_by):
        raise RuleRefused("second_person_needed", number=chosen[0].number)
    if confirmed:
        _require_proposer(work, proposal)
    work.proposals.answer(proposal_id, confirmed, actor.name, at)
    if confirmed:
        _take(work, proposal.step, chosen, proposal.words, actor, at, proposal)
    else:
        work.commit(_entry(proposal, AuditAction.PROPOSAL_REJECTED, actor, at))
    return proposal


def _require_proposer(work: UnitOfWork, proposal: Proposal) -> None:
    """Return when who proposed it may still do so. Whoever has no account, as on the command line, may."""
    proposer = work.people.find_user(proposal.proposed_by)
    if proposer is None:
        return
    if not proposer.active:
        raise RoleRefused("proposer_closed", name=proposer.name)
    require_hand(work, proposal.version_id, proposer)


def _take(
    work: UnitOfWork,
    step: ProposedStep,
    claims: Sequence[ReviewClaim],
    words: Sequence[str],
    actor: User,
    at: datetime,
    proposal: Proposal | None = None,
) -> tuple[ReviewClaim, ...]:
    claim = claims[0]
    if step is ProposedStep.DISMISS:
        return (dismiss_claim(work, claim, words[0], actor, at, proposal),)
    if step is ProposedStep.RETYPE:
        return (retype_claim(work, claim, ClaimType(words[0]), actor, at, proposal),)
    if step is ProposedStep.MERGE:
        return (merge_claims(work, claims, actor, at, proposal),)
    return split_claim(work, claim, words, actor, at, proposal)


def _propose(
    work: UnitOfWork,
    step: ProposedStep,
    claims: Sequence[ReviewClaim],
    words: Sequence[str],
    actor: User,
    at: datetime,
) -> Proposal:
    version_id, ids = claims[0].version_id, tuple(claim.id for claim in claims)
    for known in list_proposals(work, version_id):
        if set(known.claim_ids) & set(ids):
            proposer = work.people.find_user(known.proposed_by)
            raise RuleRefused("proposal_waits", name=proposer.full_name if proposer else known.proposed_by)
    revisions = tuple(claim.revision for claim in claims)
    for text in words:
        require_length("proposal.words", text)
    proposal = work.proposals.add(Proposal(version_id, ids, revisions, step, tuple(words), actor.name, at))
    work.commit(_entry(proposal, AuditAction.STEP_PROPOSED, actor, at))
    return proposal


def _entry(proposal: Proposal, action: AuditAction, actor: User, at: datetime) -> AuditEntry:
    values = (
        ("proposal", str(proposal.id)),
        ("step", proposal.step.value),
        ("words", "; ".join(proposal.words)),
    )
    return AuditEntry(at, actor.name, action, f"claim:{proposal.claim_ids[0]}", values)
