"""Telling: whom a decision, a paper that fell, and what was counted of an article are told to (ADR 0048).

Flags, answers, conflicts, and that all is graded follow from many steps: they are told where they are
counted, from what everybody may see (``reviewer/workflow/stages.py``). The others are told in their step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from claims.records.assessment import ClaimStatus
from claims.records.citation import Pmid
from claims.records.decision import VersionState
from claims.records.flag import Flag
from claims.records.notice import Cause, NoticeKind
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import ArticleVersion
from claims.records.stage import ArticleStage
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_attached
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import find_bringers, load_plan
from reviewer.workflow.loading import load_whole
from reviewer.workflow.notifying import notify_retracted, retell

_UNGRADED = (ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.STALE)
_OF_CLAIMS = (NoticeKind.FLAGGED, NoticeKind.ANSWERED)
_OF_ARTICLE = (NoticeKind.CONFLICT, NoticeKind.ALL_GRADED)
Told = tuple[str, Cause]
# Somewhere the day that begins here has come already.
_A_DAY = timedelta(days=1)


def list_authors(work: UnitOfWork, version_id: int) -> tuple[str, ...]:
    """Who brought the article in and is an author; none where nobody of them is."""
    brought = find_bringers(work, version_id)
    return tuple(name for name in _list_who_may(work, Permission.REVISE_ARTICLES) if name in brought)


def tell_decision(
    work: UnitOfWork, version: ArticleVersion, state: VersionState, actor: User, at: datetime
) -> None:
    """Tell authors that the version was returned, and those who worked on it too that it was published."""
    kind = _TOLD_DECISIONS.get(state)
    names: tuple[str, ...] = ()
    if kind is not None:
        names = list_authors_or_all(work, version.id)
    if kind is NoticeKind.PUBLISHED:
        plan = load_plan(work, version.id)
        names = (*names, *plan.reviewers, plan.adjudicator)
    told = [(name, Cause(kind, version.id, f"version:{version.id}")) for name in names if kind]
    retell(work, (NoticeKind.RETURNED, NoticeKind.PUBLISHED), (version.id,), told, at, but=actor.name)


_TOLD_DECISIONS: Mapping[VersionState, NoticeKind] = {
    VersionState.CHANGES_REQUESTED: NoticeKind.RETURNED,
    VersionState.PUBLISHED: NoticeKind.PUBLISHED,
}


def tell_standing(
    work: UnitOfWork, version_id: int, claim_id: int, pmid: Pmid, is_fallen: bool, at: datetime
) -> None:
    """Tell those who may know that the paper bears on the claim that it fell, or that it did not.

    Of a claim that is settled all may: editors, authors and whom the plan names are told. Of an open one
    those alone who attached it themselves, and of a paper that the author cites editors and authors.
    """
    if not is_fallen:
        work.notices.drop(Cause(NoticeKind.RETRACTED, version_id, f"claim:{claim_id}:{pmid}", claim_id, pmid))
        return
    (dossier,) = load_whole(work, (work.claims.get_claim(claim_id),))
    notify_retracted(work, version_id, claim_id, pmid, _list_who_know(work, version_id, dossier, pmid), at)


def _list_who_know(work: UnitOfWork, version_id: int, dossier: Dossier, pmid: Pmid) -> set[str]:
    names = set[str]()
    is_settled = dossier.claim.status.is_settled
    if pmid in dossier.cited or (is_settled and pmid in find_attached(dossier.judgements)):
        names |= {*list_authors_or_all(work, version_id), *_list_who_may(work, Permission.PUBLISH)}
        if is_settled:
            names |= {*dossier.plan.reviewers, dossier.plan.adjudicator}
    own = (j for j in dossier.judgements if j.pmid == pmid and pmid in find_attached((j,)))
    return names | {judged.judged_by for judged in own}


def tell_counted(
    work: UnitOfWork, at: ArticleStage, flags: Mapping[int, tuple[Flag, ...]], now: datetime
) -> None:
    """Tell of an article what was counted of it: the open ``flags`` of these claims, as everybody may see
    them, its conflicts, and that all is graded. What stands no longer goes."""
    versions = work.articles.list_until(at.version_id)
    work.notices.withdraw_of_gone_claims(versions, at.version_id)
    if not at.state.is_open:
        work.notices.withdraw((*_OF_CLAIMS, *_OF_ARTICLE, NoticeKind.DUE), versions)
        return
    told = list(_tell_flags(work, at.version_id, flags)) if any(flags.values()) else []
    if flags:
        retell(work, _OF_CLAIMS, versions, told, now, claim_ids=flags.keys())
    retell(work, _OF_ARTICLE, versions, list(_tell_claims(work, at)), now)
    gone = [NoticeKind.RETURNED] if at.state is not VersionState.CHANGES_REQUESTED else []
    if at.due_on is None or at.due_on > now.date() + _A_DAY:
        gone.append(NoticeKind.DUE)
    if gone:
        work.notices.withdraw(gone, versions)


def _tell_flags(work: UnitOfWork, version_id: int, flags: Mapping[int, tuple[Flag, ...]]) -> Iterator[Told]:
    """Flags that wait for an answer to the authors; answers to editors, and to whoever raised the flag."""
    authors, editors = list_authors_or_all(work, version_id), _list_who_may(work, Permission.PUBLISH)
    for claim_id, of_claim in flags.items():
        for flag in of_claim:
            # A key holds words of the article, of any length.
            key = f"claim:{claim_id}:{sha256(flag.key.encode()).hexdigest()[:32]}"
            if flag.waits_for_answer:
                names, kind = set(authors), NoticeKind.FLAGGED
            else:
                names, kind = {*editors, flag.raised_by}, NoticeKind.ANSWERED
                names -= {answer.answered_by for answer in flag.answers[-1:]}
            for name in names:
                yield name, Cause(kind, version_id, key, claim_id)


def _tell_claims(work: UnitOfWork, at: ArticleStage) -> Iterator[Told]:
    """Each conflict to those who may settle it, who graded it never; to editors that nothing is ungraded."""
    rows = [row for row in work.overview.list_graders(at.version_id) if row[1] is not ClaimStatus.DISMISSED]
    conflicts = [(claim_id, graders) for claim_id, status, graders in rows if status is ClaimStatus.CONFLICT]
    if conflicts:
        settling = _list_adjudicators(work, load_plan(work, at.version_id))
        for claim_id, graders in conflicts:
            cause = Cause(NoticeKind.CONFLICT, at.version_id, f"claim:{claim_id}", claim_id)
            yield from ((name, cause) for name in settling if name not in graders)
    if rows and not any(status in _UNGRADED for _, status, _ in rows):
        cause = Cause(NoticeKind.ALL_GRADED, at.version_id, f"version:{at.version_id}")
        yield from ((name, cause) for name in _list_who_may(work, Permission.PUBLISH))


def tell_overdue(
    work: UnitOfWork, version_id: int, due_on: date, names: Collection[str], at: datetime
) -> None:
    """Tell these people, for whom something of the version waits, that its day has come; and nobody else."""
    cause = Cause(NoticeKind.DUE, version_id, f"version:{version_id}:{due_on.isoformat()}")
    retell(work, (NoticeKind.DUE,), (version_id,), [(name, cause) for name in names], at)


def _list_adjudicators(work: UnitOfWork, plan: ReviewPlan) -> tuple[str, ...]:
    settling = _list_who_may(work, Permission.ADJUDICATE)
    return tuple(name for name in settling if plan.lets_adjudicate(name))


def list_authors_or_all(work: UnitOfWork, version_id: int) -> tuple[str, ...]:
    """The article's authors; all who may revise it where nobody knows whose it is."""
    return list_authors(work, version_id) or _list_who_may(work, Permission.REVISE_ARTICLES)


def _list_who_may(work: UnitOfWork, permission: Permission) -> tuple[str, ...]:
    return tuple(user.name for user in work.people.list_users() if may(user, permission))
