"""Reviewing again what is published: a new version of the same text, in which the marked claims are open."""

from __future__ import annotations

from datetime import datetime

from claims.errors import RuleRefused
from claims.records.audit import AuditAction, AuditEntry
from claims.records.decision import VersionState
from claims.records.lineage import Anchor, Anchoring, Relation
from claims.records.people import User
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.adjudicating import reopen_held
from reviewer.workflow.holding import require_newest
from reviewer.workflow.references import keep_references
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.states import load_state


def renew_version(
    work: UnitOfWork, version_id: int, reason: str, actor: User, at: datetime
) -> ArticleVersion:
    """The next version of a published article, of the same text: its marked claims are graded anew.

    Every claim comes along as an untouched one does, so that all other grades hold; the published version
    stays as it is, and with its readers. For an editor. Raises ``RuleRefused`` when a newer version is there,
    when this one is not published, or when none of its claims needs review.
    """
    require_permission(actor, Permission.REOPEN)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    work.articles.hold_version(version_id)
    former = work.articles.get_version(version_id)
    require_newest(work, version_id)
    state = load_state(work, version_id)
    if state is not VersionState.PUBLISHED:
        raise RuleRefused("version_not_published", state=state)
    marked = {mark.claim_id for mark in load_marks(work, version_id)}
    if not marked:
        raise RuleRefused("no_review_needed")
    version = work.articles.add_again(former, at)
    if work.articles.has_original(former.id):
        work.articles.add_original(version.id, work.articles.get_original(former.id))
    claims = work.claims.list_claims(former.id)
    dropped = [one.unit for one in work.claims.list_dropped(former.id) if one.claim_id is None]
    untouched = Anchoring(
        tuple(Anchor(Relation.UNCHANGED, (claim.id,), (claim.claim,)) for claim in claims), tuple(dropped)
    )
    work.lineage.add_anchoring(version.id, untouched, {claim.id: claim for claim in claims}, (), (), at)
    work.claims.add_dropped(version.id, dropped)
    keep_references(work, version)
    reopened = [
        reopen_held(work, claim, reason.strip(), actor, at)[1]
        for claim in work.claims.list_claims(version.id)
        if claim.id in marked and claim.status.is_settled
    ]
    values = (("claims", str(len(claims))), ("former", str(former.id)), ("reason", reason.strip()))
    work.commit(
        AuditEntry(at, actor.name, AuditAction.VERSION_INGESTED, f"version:{version.id}", values), *reopened
    )
    return version
