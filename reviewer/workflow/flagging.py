"""Flags: raised by rule or by a person, answered by the author, settled by a reviewer or an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from claims.errors import NotFound, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagReason, FlagResolution, Remark
from claims.records.people import User
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.handling import require_reviewer
from reviewer.workflow.holding import hold_open_claim
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.permitting import require_standing


def load_flags(
    work: UnitOfWork, dossiers: Sequence[Dossier], viewer: User | None
) -> dict[int, tuple[Flag, ...]]:
    """The flags of each claim with what was said to them, settled ones too, as ``viewer`` may see them.

    The dossiers are the viewer's. What another says of an open claim is hidden, like a comment. The flags of
    a closed version are those that its decision found.
    """
    return load_talk(work, dossiers, viewer)[0]


def load_talk(
    work: UnitOfWork, dossiers: Sequence[Dossier], viewer: User | None
) -> tuple[dict[int, tuple[Flag, ...]], dict[int, tuple[FlagAnswer, ...]]]:
    """The flags as of ``load_flags``, and every reply to no flag of the claims that are not closed."""
    closed = {d.claim.id: d.closed_flags for d in dossiers if d.closed_flags is not None}
    dossiers = [dossier for dossier in dossiers if dossier.closed_flags is None]
    ids = [dossier.claim.id for dossier in dossiers]
    remarks, answers = work.flags.load_remarks(ids), work.flags.load_answers(ids)
    resolutions = work.flags.load_resolutions(ids)
    flags = closed | {
        dossier.claim.id: tuple(
            _follow(flag, answers[dossier.claim.id], resolutions[dossier.claim.id], dossier, viewer)
            for flag in (
                *raise_flags(dossier),
                *_show_remarks(dossier, remarks[dossier.claim.id], viewer),
            )
        )
        for dossier in dossiers
    }
    return flags, {
        claim_id: tuple(one for one in said if one.kind is AnswerKind.REPLY)
        for claim_id, said in answers.items()
    }


def raise_flag(
    work: UnitOfWork,
    claim_id: int,
    words: str,
    actor: User,
    at: datetime,
    suggestion: str = "",
    span: tuple[int, int] | None = None,
) -> Remark:
    """The flag that a person raises on a claim: what is wrong in ``words``, and what would be better.

    ``span`` counts code points from the claim's beginning, half-open; without it the whole claim is meant.
    """
    require_permission(actor, Permission.SETTLE_FLAGS)
    claim = hold_open_claim(work, claim_id)
    require_reviewer(work, claim.version_id, actor)
    require_standing(claim)
    if not words.strip():
        raise RuleRefused("reason_missing")
    length = claim.claim.end - claim.claim.start
    start, end = span or (0, length)
    if not 0 <= start < end <= length:
        raise RuleRefused("flag_outside_claim")
    remark = work.flags.add_remark(
        Remark(claim_id, start, end, words.strip(), suggestion.strip(), actor.name, at, claim.text_hash)
    )
    values = (("flag", _key(remark)), ("words", remark.words), ("suggestion", remark.suggestion))
    work.commit(AuditEntry(at, actor.name, AuditAction.FLAG_RAISED, f"claim:{claim_id}", values))
    return remark


def answer_flag(
    work: UnitOfWork, claim_id: int, key: str, kind: AnswerKind, words: str, actor: User, at: datetime
) -> FlagAnswer:
    """The author's answer to an open flag; only a deletion needs no words.

    Raises ``NotFound`` when the claim has no such flag, ``RuleRefused`` when it is settled.
    """
    require_permission(actor, Permission.ANSWER_FLAGS)
    claim, flag = _find_flag(work, claim_id, key, actor)
    if not flag.is_open:
        raise RuleRefused("flag_settled")
    if kind is not AnswerKind.DELETE and not words.strip():
        raise RuleRefused("answer_needs_words")
    answer = FlagAnswer(claim_id, key, kind, words.strip(), actor.name, at, claim.text_hash)
    work.flags.add_answer(answer)
    work.drafts.give(claim_id, actor.name, at, kind)
    values = (("flag", key), ("answer", kind.value), ("words", answer.words))
    work.commit(AuditEntry(at, actor.name, AuditAction.FLAG_ANSWERED, f"claim:{claim_id}", values))
    return answer


def resolve_flag(
    work: UnitOfWork, claim_id: int, key: str, settled: bool, comment: str, actor: User, at: datetime
) -> FlagResolution:
    """What settles a flag for the claim's present wording, or opens it again.

    A comment is needed to refuse an answer, and to settle a flag that nobody answered. Raises ``NotFound``
    when the claim has no such flag.
    """
    require_permission(actor, Permission.SETTLE_FLAGS)
    claim, flag = _find_flag(work, claim_id, key, actor)
    require_reviewer(work, claim.version_id, actor)
    if not comment.strip() and not (settled and flag.answers):
        raise RuleRefused("resolution_needs_comment")
    resolution = FlagResolution(claim_id, key, settled, comment.strip(), actor.name, at, claim.text_hash)
    work.flags.add_resolution(resolution)
    values = (("flag", key), ("settled", str(settled)), ("comment", resolution.comment))
    work.commit(AuditEntry(at, actor.name, AuditAction.FLAG_RESOLVED, f"claim:{claim_id}", values))
    return resolution


def _find_flag(work: UnitOfWork, claim_id: int, key: str, actor: User) -> tuple[ReviewClaim, Flag]:
    claim = hold_open_claim(work, claim_id)
    dossiers = load_dossiers(work, (claim,), actor)
    for flag in load_flags(work, dossiers, actor)[claim_id]:
        if flag.key == key:
            return claim, flag
    raise NotFound("flag_not_found", flag=key)


def _key(remark: Remark) -> str:
    return f"{FlagReason.RAISED_BY_PERSON.value}:{remark.id}"


def _show_remarks(dossier: Dossier, remarks: tuple[Remark, ...], viewer: User | None) -> list[Flag]:
    """The flags that people raised on the present wording, in the canonical text."""
    claim = dossier.claim
    return [
        Flag(
            claim_id=claim.id,
            key=_key(remark),
            reason=FlagReason.RAISED_BY_PERSON,
            start=claim.claim.start + remark.start,
            end=claim.claim.start + remark.end,
            words=remark.words,
            suggestion=remark.suggestion,
            raised_by=remark.raised_by,
            raised_at=remark.raised_at,
        )
        for remark in remarks
        if remark.text_hash == claim.text_hash and _may_read(claim.status, remark.raised_by, viewer)
    ]


def _follow(
    flag: Flag,
    answers: tuple[FlagAnswer, ...],
    resolutions: tuple[FlagResolution, ...],
    dossier: Dossier,
    viewer: User | None,
) -> Flag:
    """The flag with what was said to it for the present wording."""
    claim = dossier.claim
    return replace(
        flag,
        answers=tuple(a for a in answers if (a.key, a.text_hash) == (flag.key, claim.text_hash)),
        resolutions=tuple(
            said
            for said in resolutions
            if (said.key, said.text_hash) == (flag.key, claim.text_hash)
            and _may_read(claim.status, said.resolved_by, viewer)
        ),
    )


def _may_read(status: ClaimStatus, author: str, viewer: User | None) -> bool:
    """Whether what ``author`` said of a claim is shown: to others once it is settled, whoever they are."""
    return status.is_settled or (viewer is not None and viewer.name == author)
