"""Publishing: a version goes from state to state by an editor's decision, bound to the hash of its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from claims.errors import RuleRefused, VersionConflict
from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import Decision, Keeping, Signature, VersionState
from claims.records.people import User
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.obstacles import LOWEST_STANDING_STEP, may_be_kept
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.visibility import redact_for
from reviewer.workflow.closing import keep_closed, load_closed, load_declarations
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.holding import hold_open_claim, require_newest
from reviewer.workflow.loading import load_dossiers, load_whole
from reviewer.workflow.states import load_state, put_state
from reviewer.workflow.telling import tell_decision

_NEEDS_COMMENT = {VersionState.CHANGES_REQUESTED, VersionState.WITHDRAWN}


def decide_version(
    work: UnitOfWork,
    version_id: int,
    version_hash: str,
    state: VersionState,
    comment: str,
    actor: User,
    at: datetime,
    signature: Signature | None = None,
    zone: tzinfo = UTC,
) -> Decision:
    """The stored step of a version to ``state``; what it approves or publishes is kept with it, signed.

    ``version_hash`` is that of the text the editor read; days are those of ``zone``. Raises
    ``VersionConflict`` when it is another's or the version already went elsewhere, ``RuleRefused`` when the
    gate is not free, when the article has a newer version (an older one can only be withdrawn), when a return
    or withdrawal lacks its comment, or an approval or publication its signature.
    """
    require_permission(actor, Permission.PUBLISH)
    work.articles.hold_version(version_id)
    version = work.articles.get_version(version_id)
    if version.version_hash != version_hash:
        raise VersionConflict("version_changed")
    now = load_state(work, version_id)
    if not now.may_become(state):
        raise VersionConflict("state_not_reachable", now=now, wanted=state)
    if state is not VersionState.WITHDRAWN:
        require_newest(work, version_id)
    if state.is_signed and signature is None:
        raise RuleRefused("signature_missing")
    if state in _NEEDS_COMMENT and not comment.strip():
        raise RuleRefused("refusal_needs_comment")
    if state.is_signed:
        _require_free_gate(work, version, at, zone)
    dossiers = _load_whole_version(work, version_id) if state.is_signed else ()
    declarations = load_declarations(work, version_id)
    entry = put_state(work, version, state, comment.strip(), actor, at, signature)
    if dossiers:
        keep_closed(work, version_id, dossiers, declarations.values())
    tell_decision(work, version, state, actor, at)
    work.commit(entry)
    return work.decisions.list_decisions(version_id)[-1]


def keep_claim(work: UnitOfWork, claim_id: int, reason: str, actor: User, at: datetime) -> Keeping:
    """That an editor keeps a claim graded below ``partially_supported`` as it stands, for this reason.

    It holds for this wording and this grade, and shows in the report. Raises ``RuleRefused`` for a
    contradicted safety claim, and where there is no such grade.
    """
    require_permission(actor, Permission.PUBLISH)
    (dossier,) = load_dossiers(work, (hold_open_claim(work, claim_id),), actor)
    verdict = dossier.verdict
    if verdict is None or verdict.grade.step is None or verdict.grade.step >= LOWEST_STANDING_STEP:
        raise RuleRefused("nothing_to_keep")
    if not may_be_kept(dossier):
        raise RuleRefused("safety_contradicted")
    if not reason.strip():
        raise RuleRefused("reason_missing")
    keeping = Keeping(claim_id, verdict.grade, reason.strip(), actor.name, at, dossier.claim.text_hash)
    work.decisions.add_keeping(keeping)
    values = (("grade", keeping.grade.value), ("reason", keeping.reason))
    work.commit(AuditEntry(at, actor.name, AuditAction.CLAIM_KEPT, f"claim:{claim_id}", values))
    return keeping


def _load_whole_version(work: UnitOfWork, version_id: int) -> tuple[Dossier, ...]:
    """All claims of the version as they are shown from this decision on, with their flags."""
    closed = load_closed(work, version_id)
    dossiers = load_whole(work, work.claims.list_claims(version_id)) if closed is None else closed
    flags = load_flags(work, [redact_for(dossier, None) for dossier in dossiers], None)
    return tuple(replace(dossier, closed_flags=flags[dossier.claim.id]) for dossier in dossiers)


def _require_free_gate(work: UnitOfWork, version: ArticleVersion, at: datetime, zone: tzinfo) -> None:
    obstacles = find_obstacles(work, version.id, at, zone)
    if obstacles:
        raise RuleRefused("gate_not_free", count=len(obstacles), number=obstacles[0].claim.number)
