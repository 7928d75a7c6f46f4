"""Catching up: where articles stand, counted after the steps that changed it, when somebody next looks.

A step marks what it touched and goes on; what is marked is counted before the next page that tells of it is
drawn, claim by claim, so that a grade does not wait for the flags that it raises (ADR 0055).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from claims.records.assessment import ClaimStatus
from claims.records.decision import VersionState
from claims.records.flag import Flag
from claims.records.stage import ANYBODY, ArticleStage, FlagCount, Stage
from db.unit_of_work import UnitOfWork
from reviewer.rules.stages import find_stage
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.states import load_state
from reviewer.workflow.telling import list_authors, tell_counted

# So many claims are counted before a page is drawn; the rest before the next one.
AT_A_LOOK = 300
_ARTICLES_AT_ONCE, _CLAIMS_AT_ONCE = 20, 100


def catch_up(
    open_work: Callable[[], UnitOfWork],
    most_claims: int | None = AT_A_LOOK,
    now: datetime | None = None,
) -> bool:
    """Count what was marked, ``most_claims`` claims at most; whether nothing is left.

    What is counted is told to whom it waits for (``reviewer/workflow/telling.py``).

    Each article is held by itself and for a moment. ``None`` counts everything.
    """
    left = most_claims
    while left is None or left > 0:
        with open_work() as work:
            due = work.stages.list_due(_ARTICLES_AT_ONCE)
        if not due:
            return True
        for article_id in due:
            if left is not None and left <= 0:
                return False
            with open_work() as work:
                at_once = _CLAIMS_AT_ONCE if left is None else min(left, _CLAIMS_AT_ONCE)
                counted = count_article(work, article_id, at_once, now)
            left = None if left is None else left - max(1, counted)
    return False


def count_article(work: UnitOfWork, article_id: int, most_claims: int, now: datetime | None = None) -> int:
    """How many of the article's claims were counted anew; where it stands is told with what is counted."""
    version_id, mark = work.stages.hold(article_id)
    due = work.stages.list_due_claims(version_id, most_claims)
    state = load_state(work, version_id)
    flags = _load_open_flags(work, tuple(due), state)
    for claim_id, still_open in flags.items():
        unanswered = sum(flag.waits_for_answer for flag in still_open)
        work.stages.keep_flags(claim_id, FlagCount(unanswered, len(still_open) - unanswered), due[claim_id])
    at = find_standing(work, article_id, version_id, state)
    work.stages.keep(at, mark)
    work.stages.share_with_authors(at, list_authors(work, version_id) or (ANYBODY,))
    tell_counted(work, at, flags, now or datetime.now(UTC))
    work.commit_passing()
    return len(due)


def find_standing(work: UnitOfWork, article_id: int, version_id: int, state: VersionState) -> ArticleStage:
    """Where the article stands by its claims, its plan, its decisions and the flags that were counted."""
    plan = work.plans.load_plans([version_id]).get(version_id)
    flags = work.stages.sum_flags(version_id)
    stage = find_stage(state, plan is not None, work.overview.count_by_status(version_id), flags)
    since = _find_since(work, version_id, stage)
    return ArticleStage(article_id, version_id, state, stage, since, plan.due_on if plan else None, flags)


def _load_open_flags(
    work: UnitOfWork, claim_ids: tuple[int, ...], state: VersionState
) -> dict[int, tuple[Flag, ...]]:
    """The open flags of each claim as everybody may see them; those of a closed version wait for nobody."""
    found: dict[int, tuple[Flag, ...]] = dict.fromkeys(claim_ids, ())
    if not claim_ids or not state.is_open:
        return found
    claims = tuple(c for c in work.claims.load_claims(claim_ids) if c.status is not ClaimStatus.DISMISSED)
    dossiers = load_dossiers(work, claims, None)
    for claim_id, flags in load_flags(work, dossiers, None).items():
        found[claim_id] = tuple(flag for flag in flags if flag.is_open)
    return found


def _find_since(work: UnitOfWork, version_id: int, stage: Stage) -> datetime:
    """Since when the article waits for this: the latest of what brought it there."""
    version = work.articles.get_version(version_id)
    decisions = work.decisions.list_decisions(version_id)
    decided = [decision.decided_at for decision in decisions[-1:]]
    if stage in (Stage.REVISE, Stage.PUBLISH, Stage.DONE) and decided:
        return decided[0]
    if stage is Stage.ASSIGN:
        return version.ingested_at
    moments = [version.ingested_at, *decided, work.stages.find_planned(version_id)]
    if stage is Stage.ADJUDICATE:
        moments = [work.overview.find_oldest_conflict(version_id) or version.ingested_at]
    elif stage is not Stage.GRADE:
        moments += [work.overview.find_last_grade(version_id), work.stages.find_last_word(version_id)]
    return max(moment for moment in moments if moment is not None)
