"""Which claims of a version are still to be searched for."""

from __future__ import annotations

from collections.abc import Iterable

from claims.errors import QueryError
from claims.lexicon.lexicon import Lexicon
from claims.records.article import Language
from claims.records.assessment import ClaimStatus
from claims.records.queue import QueueCounts
from claims.records.review import ArticleVersion, ReviewClaim
from claims.search.query import build_plan
from db.unit_of_work import UnitOfWork
from reviewer.rules.completeness import is_complete
from reviewer.workflow.holding import is_open_version


def list_due(
    work: UnitOfWork, version: ArticleVersion, claims: Iterable[ReviewClaim], source: str, lexicon: Lexicon
) -> tuple[ReviewClaim, ...]:
    """Of these claims those in review that the source has not answered for, or not in full; in order.

    A claim that somebody is searching at this moment is not due, nor one without any query, until its words
    or the lexicon give it one: none of its words is known, or PubMed cannot answer it. In a version that is
    closed nothing is.
    """
    if not is_open_version(work, version.id):
        return ()
    standing = tuple(claim for claim in claims if claim.status is not ClaimStatus.DISMISSED)
    ids = [claim.id for claim in standing]
    status, runs = work.searches.load_status(ids), work.searches.load_runs(ids)
    findings = work.searches.load_findings(ids)
    settled = {
        i
        for i in ids
        if status[i].is_answered and runs[i][-1].source == source and is_complete(runs[i], findings[i])
    }
    settled |= work.searches.load_leased(ids)
    plans = work.searches.load_plans(ids)
    return tuple(
        claim
        for claim in standing
        if claim.id not in settled
        and not (
            claim.id in plans
            and not plans[claim.id].ladder
            and not _has_query(claim, version.article.language, lexicon)
        )
    )


def count_due(
    work: UnitOfWork, version: ArticleVersion, counts: QueueCounts, source: str, lexicon: Lexicon
) -> int:
    """How many claims of an open version ``list_due`` names; read are those of which not all was answered."""
    unsure = work.queues.list_unsure(version.id) if counts.is_unsure else ()
    due = list_due(work, version, work.queues.load(version.id, unsure), source, lexicon) if unsure else ()
    return counts.count_due(source) + len(due)


def _has_query(claim: ReviewClaim, language: Language, lexicon: Lexicon) -> bool:
    words = claim.claim
    try:
        plan = build_plan(words.text, words.theme, words.heading, language, lexicon, words.read_as)
    except QueryError:
        return False
    return bool(plan.ladder)
