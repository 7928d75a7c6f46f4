"""The audit trail for reading: who did what and when is open, what was said of an open claim is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import User
from db.audit_chain import ChainKey
from db.audit_checking import Anchor, Checked, TrailLoss
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.loading import list_shown_claims
from reviewer.workflow.states import load_state

# Steps whose values tell what somebody thinks of a claim.
_TELLING = frozenset(
    {
        AuditAction.CITATION_ATTACHED,
        AuditAction.CITATION_JUDGED,
        AuditAction.DOCUMENT_JUDGED,
        AuditAction.LEVEL_OVERRIDDEN,
        AuditAction.CLAIM_GRADED,
        AuditAction.VIEW_WRITTEN,
        AuditAction.FLAG_RAISED,
        AuditAction.FLAG_RESOLVED,
        AuditAction.REPLY_WRITTEN,
        AuditAction.STANDING_CHANGED,
    }
)
# What is told of a claim of a closed version all the same.
_TOLD_WHEN_CLOSED = frozenset(
    {AuditAction.STANDING_CHANGED, AuditAction.REVIEW_NEEDED, AuditAction.REVIEW_NOT_NEEDED}
)
_CLAIM = "claim:"


def load_trail(
    work: UnitOfWork,
    viewer: User,
    subject: str = "",
    limit: int | None = None,
    *,
    actor: str = "",
    action: AuditAction | None = None,
    skip: int = 0,
) -> tuple[AuditEntry, ...]:
    """The latest ``limit`` entries after ``skip``, newest first; what is empty filters nothing.

    For editors and administrators. An entry that tells of a claim still open keeps its values to itself,
    unless they are the viewer's own.
    """
    require_permission(viewer, Permission.READ_AUDIT_TRAIL)
    entries = work.audit.list_entries(subject, limit, actor=actor, action=action, skip=skip)
    return hide_blind(work, entries, viewer)


def count_trail(
    work: UnitOfWork,
    viewer: User,
    most: int,
    subject: str = "",
    *,
    actor: str = "",
    action: AuditAction | None = None,
) -> int:
    """How many entries ``load_trail`` has in all, ``most`` at most."""
    require_permission(viewer, Permission.READ_AUDIT_TRAIL)
    return work.audit.count_entries(most, subject, actor, action)


def check_trail(work: UnitOfWork, key: ChainKey, anchors: Sequence[Anchor] = ()) -> Checked:
    """The whole trail checked with the rows that it binds, for whoever has the key (ADR 0040)."""
    return work.audit.check(key, anchors)


def find_trail_head(work: UnitOfWork) -> Anchor:
    """Where the trail stands: place and digest of its last line. It tells nothing of what is in it."""
    return work.audit.find_head()


def find_trail_loss(work: UnitOfWork, kept: Anchor | None) -> TrailLoss | None:
    """What can be told at once of a trail that was taken out.

    It is not that of the ``kept`` head, none of its lines is signed, or it was begun once more.
    """
    return work.audit.find_loss(kept)


def load_version_trail(work: UnitOfWork, version_id: int, viewer: User) -> tuple[AuditEntry, ...]:
    """Every entry on a version and on the claims that stand or stood in it, oldest first.

    Of a closed version the trail of its claims ends with the approval, and is told as it was then: what was
    done to a claim later was done in the next version. Later standings of its papers are told.
    """
    require_permission(viewer, Permission.READ_AUDIT_TRAIL)
    work.articles.get_version(version_id)
    claims = (*work.claims.list_claims(version_id), *work.claims.list_replaced(version_id))
    subjects = [f"version:{version_id}", *(f"{_CLAIM}{claim.id}" for claim in claims)]
    entries = work.audit.list_about(subjects)
    if load_state(work, version_id).is_open:
        return hide_blind(work, entries, viewer)
    approved = max(n for n, one in enumerate(entries, start=1) if one.action is AuditAction.VERSION_APPROVED)
    told = (
        one for one in entries[approved:] if one.subject == subjects[0] or one.action in _TOLD_WHEN_CLOSED
    )
    settled = {claim.id: claim.status for claim in list_shown_claims(work, version_id)}
    return (
        *hide_blind(work, entries[:approved], viewer, settled),
        *hide_blind(work, tuple(told), viewer),
    )


def hide_blind(
    work: UnitOfWork,
    entries: Sequence[AuditEntry],
    viewer: User,
    closed: Mapping[int, ClaimStatus] = MappingProxyType({}),
) -> tuple[AuditEntry, ...]:
    """The entries without what others said of claims that are still open. One query.

    ``closed`` says of claims where they stood in a closed version, whatever became of them since.
    """
    told = {e.subject for e in entries if e.action in _TELLING and e.actor != viewer.name}
    ids = {int(subject.removeprefix(_CLAIM)): subject for subject in told if subject.startswith(_CLAIM)}
    status = {**work.claims.load_statuses(ids), **closed}
    blind = {subject for id, subject in ids.items() if id in status and not status[id].is_settled}
    return tuple(
        replace(entry, values=())
        if entry.subject in blind and entry.action in _TELLING and entry.actor != viewer.name
        else entry
        for entry in entries
    )
