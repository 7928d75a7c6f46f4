"""Marking: a published claim whose paper fell needs review. Nothing is unpublished, nothing graded here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from claims.appraisal.standing import FALLEN
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Pmid
from claims.records.recheck import LostGround, ReviewMark
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.closing import load_closed
from reviewer.workflow.loading import load_whole
from reviewer.workflow.notifying import notify_retracted
from reviewer.workflow.telling import list_authors_or_all, tell_standing


def update_marks(
    work: UnitOfWork, pmids: Collection[Pmid], actor: str, at: datetime
) -> tuple[AuditEntry, ...]:
    """What is to be told in the trail of claims that these papers gave their ground to, stored and notified.

    Marked are claims of published versions under which one of the papers was judged to bear on the claim and
    does not stand any more; a paper that stands again takes its marks away. Editors and the authors of the
    article are told. The caller commits.
    """
    places = work.uses.list_places(work.uses.find_by_papers(pmids))
    entries: list[AuditEntry] = []
    for version_id in share_published(work, {place.version_id for place in places}):
        concerned = {place.claim_id for place in places if place.version_id == version_id}
        entries += _update_version(work, version_id, concerned, pmids, actor, at)
    return tuple(entries)


def share_published(work: UnitOfWork, version_ids: Collection[int]) -> tuple[int, ...]:
    """Those of these versions that readers have, on which nobody decides before this unit of work ends.

    One that is being published at this moment is waited for, so that no mark misses it.
    """
    for version_id in sorted(version_ids):
        work.articles.share_version(version_id)
    return work.uses.list_published(version_ids)


def load_marks(work: UnitOfWork, version_id: int) -> tuple[ReviewMark, ...]:
    """The marks of a version that readers have, by claim; none of one that was withdrawn or replaced."""
    marks = work.review_marks.load([version_id]).get(version_id, ())
    return marks if marks and work.uses.list_published([version_id]) else ()


def load_marks_of(work: UnitOfWork, claim_ids: Collection[int]) -> dict[int, tuple[ReviewMark, ...]]:
    """The marks of these claims in the versions that readers have; a claim without one is absent."""
    marked = work.review_marks.list_marked(claim_ids)
    if not marked:
        return {}
    versions = {place.version_id for place in work.uses.list_places(marked)}
    raised = work.review_marks.load(work.uses.list_published(versions))
    found: dict[int, list[ReviewMark]] = {}
    for mark in (one for marks in raised.values() for one in marks if one.claim_id in marked):
        found.setdefault(mark.claim_id, []).append(mark)
    return {claim_id: tuple(marks) for claim_id, marks in found.items()}


def _update_version(
    work: UnitOfWork,
    version_id: int,
    concerned: Collection[int],
    pmids: Collection[Pmid],
    actor: str,
    at: datetime,
) -> Iterator[AuditEntry]:
    found = [
        ReviewMark(version_id, dossier.claim.id, LostGround.PAPER_FELL, finding.pmid, status, at)
        for dossier in load_published(work, version_id)
        if dossier.claim.id in concerned
        for finding in dossier.attached
        if finding.pmid in pmids and (status := finding.retraction.status) in FALLEN
    ]
    raised, lifted = change_marks(
        work,
        version_id,
        found,
        at,
        lambda mark: mark.cause is LostGround.PAPER_FELL and mark.pmid in pmids,
    )
    names = list_concerned(work, version_id) if raised else ()
    for mark in raised:
        if mark.pmid:
            notify_retracted(work, version_id, mark.claim_id, mark.pmid, names, at)
        yield tell_mark(mark, AuditAction.REVIEW_NEEDED, actor, at)
    for mark in lifted:
        if mark.pmid:
            tell_standing(work, version_id, mark.claim_id, mark.pmid, is_fallen=False, at=at)
        yield tell_mark(mark, AuditAction.REVIEW_NOT_NEEDED, actor, at)


def change_marks(
    work: UnitOfWork,
    version_id: int,
    found: Collection[ReviewMark],
    at: datetime,
    is_looked_at: Callable[[ReviewMark], bool],
) -> tuple[list[ReviewMark], list[ReviewMark]]:
    """The marks that are raised, and those that are lifted: of the standing ones that are looked at, those
    that were not found any more. One that stands already stays as it is.

    Of two who change them at once each is told what they changed themselves. The caller holds the version
    (``share_version``) and commits.
    """
    standing = [
        mark for mark in work.review_marks.load([version_id]).get(version_id, ()) if is_looked_at(mark)
    ]
    known, wanted = map(_list_keys, (standing, found))
    raised = [mark for mark in found if _name(mark) not in known]
    lifted = [mark for mark in standing if _name(mark) not in wanted]
    return work.review_marks.raise_marks(raised), work.review_marks.lift(lifted, at)


def tell_mark(mark: ReviewMark, action: AuditAction, actor: str, at: datetime) -> AuditEntry:
    """The line of the trail on a mark that is raised or lifted."""
    values = [("version", str(mark.version_id))]
    if mark.cause is not LostGround.PAPER_FELL:
        values.append(("cause", mark.cause.value))
    if mark.pmid:
        values.append(("pmid", mark.pmid))
    if mark.status:
        values.append(("after", mark.status.value))
    if mark.due_on:
        values.append(("due_on", mark.due_on.isoformat()))
    if mark.other_claim_id:
        values.append(("of", f"claim:{mark.other_claim_id}"))
    return AuditEntry(at, actor, action, f"claim:{mark.claim_id}", tuple(values))


def _list_keys(marks: Collection[ReviewMark]) -> set[tuple[int, LostGround, str]]:
    return {_name(mark) for mark in marks}


def _name(mark: ReviewMark) -> tuple[int, LostGround, str]:
    return mark.claim_id, mark.cause, mark.key


def load_published(work: UnitOfWork, version_id: int) -> tuple[Dossier, ...]:
    """The claims of a published version as its decision found them, with how their papers stand now."""
    closed = load_closed(work, version_id)
    return load_whole(work, work.claims.list_claims(version_id)) if closed is None else closed


def list_concerned(work: UnitOfWork, version_id: int) -> tuple[str, ...]:
    """Editors, and the article's authors: all of them where nobody of those who brought it in is one."""
    editors = (user.name for user in work.people.list_users() if may(user, Permission.PUBLISH))
    return tuple(dict.fromkeys((*editors, *list_authors_or_all(work, version_id))))
