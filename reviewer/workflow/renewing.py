"""Reviewing again what is published: in its next version the marked claims are open.

That is a new version of the same text, or the one that is under way.
"""

from __future__ import annotations

from collections.abc import Collection
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
from reviewer.workflow.loading import load_version
from reviewer.workflow.references import keep_references
from reviewer.workflow.regrading import find_held
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.states import load_state


def renew_version(
    work: UnitOfWork, version_id: int, reason: str, actor: User, at: datetime
) -> ArticleVersion:
    """The version of the article in which its marked claims are open now, for an editor.

    Of a published version it is the next one, of the same text: every claim comes along as an untouched one
    does, so that all other grades hold; the published version stays as it is, and with its readers. Where the
    next version is under way already, the claims that came along into it with their former grades are opened
    there. Raises ``RuleRefused`` when the newest version is neither published nor open, or when no grade in
    it is to be given anew.
    """
    require_permission(actor, Permission.REOPEN)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    work.articles.hold_version(version_id)
    newer = work.articles.find_newer(version_id)
    newest = work.articles.get_version(newer.id if newer else version_id)
    if newer is not None:
        work.articles.hold_version(newest.id)
    state = load_state(work, newest.id)
    if state.is_open:
        return _open_held(work, newest, reason.strip(), actor, at)
    if newer is not None or state is not VersionState.PUBLISHED:
        raise RuleRefused("version_closed" if newer else "version_not_published", state=state)
    marked = {mark.claim_id for mark in load_marks(work, version_id)}
    if not marked:
        raise RuleRefused("no_review_needed")
    return _add_next(work, newest, marked, reason.strip(), actor, at)


def _open_held(
    work: UnitOfWork, version: ArticleVersion, reason: str, actor: User, at: datetime
) -> ArticleVersion:
    _, dossiers = load_version(work, version.id, None)
    held = find_held(work, version.id, dossiers, at)
    if not held:
        raise RuleRefused("no_review_needed")
    claims = [work.claims.hold_claim(claim_id) for claim_id in held]
    work.commit(*(reopen_held(work, claim, reason, actor, at)[1] for claim in claims))
    return version


def _add_next(
    work: UnitOfWork, former: ArticleVersion, marked: Collection[int], reason: str, actor: User, at: datetime
) -> ArticleVersion:
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
        reopen_held(work, claim, reason, actor, at)[1]
        for claim in work.claims.list_claims(version.id)
        if claim.id in marked and claim.status.is_settled
    ]
    values = (("claims", str(len(claims))), ("former", str(former.id)), ("reason", reason))
    work.commit(
        AuditEntry(at, actor.name, AuditAction.VERSION_INGESTED, f"version:{version.id}", values), *reopened
    )
    return version
