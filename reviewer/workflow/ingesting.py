"""Bringing an article in: one transaction for the version, its claims and its dropped units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.errors import ArticleError
from claims.extraction import extract_claims
from claims.records.article import Article
from claims.records.audit import AuditAction, AuditEntry
from claims.records.people import Role, User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.workflow.roles import require_role


@dataclass(frozen=True, slots=True)
class Ingested:
    """The version an article became; ``known`` when the same text had been brought in before."""

    version: ArticleVersion
    claims: tuple[ReviewClaim, ...]
    known: bool


def ingest_article(work: UnitOfWork, article: Article, actor: User, at: datetime) -> Ingested:
    """The stored version of ``article`` with its claims: the same text twice is the same version.

    Raises ``ArticleError`` and stores nothing when the text holds no claim.
    """
    require_role(actor, Role.AUTHOR, Role.EDITOR)
    known = work.articles.find_version(article.version_hash)
    if known is not None:
        return Ingested(known, work.claims.list_claims(known.id), known=True)
    extraction = extract_claims(article)
    if not extraction.claims:
        raise ArticleError("article_without_claims", title=article.title, units=len(extraction.dropped))
    version = work.articles.add_version(article, at)
    claims = work.claims.add_extraction(version.id, extraction)
    values = (("claims", str(len(claims))), ("dropped", str(len(extraction.dropped))))
    entry = AuditEntry(at, actor.name, AuditAction.VERSION_INGESTED, f"version:{version.id}", values)
    work.commit(entry)
    return Ingested(version, claims, known=False)
