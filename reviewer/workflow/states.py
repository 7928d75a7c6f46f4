"""Where a version stands on its way to the reader."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import Decision, Signature, VersionState
from claims.records.people import User
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork

_ACTIONS = {
    VersionState.IN_REVIEW: AuditAction.VERSION_OPENED,
    VersionState.CHANGES_REQUESTED: AuditAction.CHANGES_REQUESTED,
    VersionState.APPROVED: AuditAction.VERSION_APPROVED,
    VersionState.PUBLISHED: AuditAction.VERSION_PUBLISHED,
    VersionState.WITHDRAWN: AuditAction.VERSION_WITHDRAWN,
}


def load_state(work: UnitOfWork, version_id: int) -> VersionState:
    """Where a version stands: as it was decided last, else in review once a plan covers it, else a draft."""
    return load_states(work, [version_id])[version_id]


def load_states(work: UnitOfWork, version_ids: Sequence[int]) -> dict[int, VersionState]:
    """Where each of these versions stands, in two queries."""
    decided, planned = work.decisions.load_states(version_ids), work.plans.load_plans(version_ids)
    return {version_id: find_state(version_id, decided, planned) for version_id in version_ids}


def list_decisions(work: UnitOfWork, version_id: int) -> tuple[Decision, ...]:
    """What was decided on the version, oldest first; everybody may know it."""
    return work.decisions.list_decisions(version_id)


def find_state(version_id: int, decided: Mapping[int, VersionState], planned: Container[int]) -> VersionState:
    """The state of a version by the decisions and the plans that there are."""
    undecided = VersionState.IN_REVIEW if version_id in planned else VersionState.DRAFT
    return decided.get(version_id, undecided)


def put_state(
    work: UnitOfWork,
    version: ArticleVersion,
    state: VersionState,
    comment: str,
    actor: User,
    at: datetime,
    signature: Signature | None = None,
) -> AuditEntry:
    """The audit entry of the decision that puts the version into ``state``, which is stored here.

    The caller commits both with what came with them.
    """
    decision = Decision(version.id, version.version_hash, state, comment, actor.name, at, signature)
    work.decisions.add(decision)
    values = (("hash", version.version_hash), ("comment", comment), *_tell(signature))
    return AuditEntry(at, actor.name, _ACTIONS[state], f"version:{version.id}", values)


def _tell(signature: Signature | None) -> tuple[tuple[str, str], ...]:
    if signature is None:
        return ()
    roles = ", ".join(signature.roles)
    return (
        ("signed_by", signature.full_name),
        ("signed_as", roles),
        ("proved_by", signature.proved_by.value),
    )
