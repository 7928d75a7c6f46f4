"""Telling of papers under published claims what takes no ground from them: a person weighs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from claims.appraisal.standing import FALLEN
from claims.records.citation import Pmid, RetractionStatus
from claims.records.notice import Cause, NoticeKind
from db.unit_of_work import UnitOfWork
from reviewer.workflow.notifying import notify
from reviewer.workflow.review_marks import list_concerned, load_published

_NO_RECORD, _ANOTHER = "no_record", "another"
_WEIGHED = [status for status in RetractionStatus if status not in FALLEN | {RetractionStatus.NONE_KNOWN}]


def tell_weighed(work: UnitOfWork, pmids: Collection[Pmid], at: datetime) -> None:
    """Tell editors and authors of published claims how these papers under them stand now, short of a fall.

    A concern, a partial retraction, a correction, a newer edition: each is told once while it stands, and
    marks nothing. The caller commits.
    """
    for version_id, claim_id, pmid, status in _list_uses(work, pmids):
        for weighed in _WEIGHED:
            cause = _describe(version_id, claim_id, pmid, weighed.value)
            if weighed is status:
                notify(work, cause, list_concerned(work, version_id), at)
            else:
                work.notices.drop(cause)


def tell_lost(work: UnitOfWork, lost: Mapping[Pmid, Pmid | None], at: datetime) -> None:
    """Tell the same people, once, that the record of a paper is gone, or that it came under this number.

    Of a paper that fell they know.
    """
    for version_id, claim_id, pmid, status in _list_uses(work, lost):
        if status in FALLEN:
            continue
        became = lost[pmid]
        what = _NO_RECORD if became is None else f"{_ANOTHER}:{became}"
        notify(work, _describe(version_id, claim_id, pmid, what), list_concerned(work, version_id), at)


def _describe(version_id: int, claim_id: int, pmid: Pmid, what: str) -> Cause:
    return Cause(NoticeKind.PAPER_CHANGED, version_id, f"claim:{claim_id}:{pmid}:{what}", claim_id, pmid)


def _list_uses(work: UnitOfWork, pmids: Collection[Pmid]) -> list[tuple[int, int, Pmid, RetractionStatus]]:
    """Version, claim, paper and its standing, where it was judged to bear on a claim that readers have."""
    places = work.uses.list_places(work.uses.find_by_papers(pmids)) if pmids else ()
    concerned = {(place.version_id, place.claim_id) for place in places}
    return [
        (version_id, dossier.claim.id, finding.pmid, finding.retraction.status)
        for version_id in work.uses.list_published({version_id for version_id, _ in concerned})
        for dossier in load_published(work, version_id)
        if (version_id, dossier.claim.id) in concerned
        for finding in dossier.attached
        if finding.pmid in pmids
    ]
