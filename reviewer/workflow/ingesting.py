"""Bringing an article in: one transaction for the version, its file, its claims and its dropped units."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from claims.errors import ArticleError
from claims.extraction import extract_claims
from claims.records.article import Article, Original
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Extraction
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.references import keep_references
from reviewer.workflow.revising import Revision, revise_claims
from reviewer.workflow.standard_wordings import note_used
from reviewer.workflow.states import load_state
from reviewer.workflow.word_answers import keep_answers, list_reworded, read_asked

_log = logging.getLogger("konkyo.articles")


@dataclass(frozen=True, slots=True)
class Ingested:
    """The version an article became; ``known`` when the same text had been brought in before.

    ``revision`` tells what became of the claims of the version before, ``None`` where there is none.
    """

    version: ArticleVersion
    claims: tuple[ReviewClaim, ...]
    known: bool
    revision: Revision | None = None


def ingest_article(
    work: UnitOfWork,
    article: Article,
    actor: User,
    at: datetime,
    original: Original | None = None,
    revises: int | None = None,
    extraction: Extraction | None = None,
) -> Ingested:
    """The stored version of ``article`` with its claims and its ``original`` file.

    It is the next version of the article that the version ``revises`` belongs to, else of the one that
    bears its title, else the first of a new one; claims whose text is untouched are the same claims. The
    same text twice is the same version, except that an earlier text of the article that ``revises`` names
    is its next version: the article goes back to it. What was extracted from the article elsewhere is given
    with it, and is not extracted again.

    Raises ``ArticleError`` and stores nothing when the text holds no claim, ``NotFound`` when there is no
    version ``revises``.
    """
    require_permission(actor, Permission.INGEST_ARTICLES)
    article_id = None if revises is None else work.articles.get_version(revises).article_id
    known = work.articles.find_version(article.version_hash, article_id)
    if known is not None:
        return _meet_again(work, known, original, actor, at)
    extraction = extraction or extract_claims(article, work.house_rules)
    version = work.articles.add_version(article, at, article_id)
    if work.claims.list_claims(version.id):
        # Somebody else brought the same text in at this moment.
        return _meet_again(work, version, original, actor, at)
    if original is not None:
        work.articles.add_original(version.id, original)
    former = work.articles.find_former(version)
    revision, answered = None, tuple[AuditEntry, ...]()
    if former is not None:
        asked = read_asked(work, former, original)
        revision = revise_claims(work, former, version, extraction, actor, at)
        # What a decision closed does not change, and nothing is said of it any more.
        reworded = list_reworded(revision.anchoring) if load_state(work, former.id).is_open else {}
        answered = keep_answers(work, asked, reworded, actor, at)
    else:
        work.claims.add_extraction(version.id, extraction)
    claims = work.claims.list_claims(version.id)
    if not claims:
        raise ArticleError("article_without_claims", title=article.title, units=len(extraction.dropped))
    told = revision.tell() if revision else (("dropped", str(len(extraction.dropped))),)
    if references := keep_references(work, version):
        told = (*told, ("references", str(len(references))))
    values = (("claims", str(len(claims))), *told)
    entry = AuditEntry(at, actor.name, AuditAction.VERSION_INGESTED, f"version:{version.id}", values)
    before = {claim.id for claim in work.claims.list_claims(former.id)} if former else set()
    used = note_used(work, [claim for claim in claims if claim.id not in before], actor, at)
    work.commit(entry, *(revision.entries if revision else ()), *answered, *used)
    message, logged = "version %d ingested: %d claims", {"event": "ingested", "count": len(claims)}
    _log.info(message, version.id, len(claims), extra=logged)
    return Ingested(version, claims, known=False, revision=revision)


def _meet_again(
    work: UnitOfWork, known: ArticleVersion, original: Original | None, actor: User, at: datetime
) -> Ingested:
    """The version as it is; its file is kept from now on where none had been and nothing was decided.

    Answers in a Word file whose text is untouched are kept, too.
    """
    if original is not None and is_open_version(work, known.id):
        entries = list(keep_answers(work, read_asked(work, known, original), {}, actor, at))
        if not work.articles.has_original(known.id):
            work.articles.add_original(known.id, original)
            values = (("name", original.name), ("bytes", str(len(original.content))))
            kept = AuditEntry(at, actor.name, AuditAction.ORIGINAL_KEPT, f"version:{known.id}", values)
            entries.insert(0, kept)
        if entries:
            work.commit(*entries)
    return Ingested(known, work.claims.list_claims(known.id), known=True)
