"""Which grades of a version are to be given anew before it goes to readers, and why.

A claim that comes along into a next version keeps its grade, however that version came to be. A mark on the
published claim is about that grade: until somebody gives another, the gate of the next version holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from claims.appraisal.standing import FALLEN
from claims.records.recheck import LostGround, ReviewMark
from claims.records.standard_wording import StandardWording
from claims.text.wording import digest_wording
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, Verdict
from reviewer.workflow.closing import load_as_decided
from reviewer.workflow.contradicting import CONTRADICTING

# What was told of the claim at a moment, and not of the grade that it was published with.
_TOLD_OF_CLAIM = (LostGround.CONTRADICTED, LostGround.NEW_EVIDENCE, LostGround.WORDING_WITHDRAWN)


def find_held(
    work: UnitOfWork, version_id: int, dossiers: Sequence[Dossier], now: datetime
) -> dict[int, tuple[LostGround, ...]]:
    """The causes for which the grade that stands under a claim is to be given anew; no others are named.

    Marks count that were raised on this version or on one before it, published still or not; and a standard
    wording that was withdrawn since counts in every version that uses it, marked or not.
    """
    graded = {dossier.claim.id: dossier for dossier in dossiers if dossier.verdict is not None}
    held: dict[int, dict[LostGround, None]] = {claim_id: {} for claim_id in graded}
    marks = work.review_marks.load(work.articles.list_until(version_id)) if graded else {}
    for marked_version, raised in marks.items():
        published = {one.claim.id: one.verdict for one in load_as_decided(work, marked_version)}
        for mark in raised:
            dossier = graded.get(mark.claim_id)
            if dossier is not None and _is_held(mark, dossier, published.get(mark.claim_id), now):
                held[mark.claim_id][mark.cause] = None
    for claim_id in _list_withdrawn(work, graded, now):
        held[claim_id][LostGround.WORDING_WITHDRAWN] = None
    return {claim_id: tuple(causes) for claim_id, causes in held.items() if causes}


def _is_held(mark: ReviewMark, dossier: Dossier, published: Verdict | None, now: datetime) -> bool:
    """Whether the grade that stands is the one that the mark is about, or was given without knowing of it.

    A mark whose day lies ahead was raised by a clock that jumped: no grade can be told to be older than it.
    """
    verdict = dossier.verdict
    if verdict is None or (mark.cause is LostGround.CONTRADICTED and verdict.grade in CONTRADICTING):
        return False
    if mark.cause is LostGround.PAPER_FELL and not _is_fallen(mark, dossier):
        return False
    is_older = verdict.decided_at < mark.raised_at <= now
    if published is None:
        # What was published before it was kept how.
        return is_older
    return verdict.sequence <= published.sequence or (mark.cause in _TOLD_OF_CLAIM and is_older)


def _is_fallen(mark: ReviewMark, dossier: Dossier) -> bool:
    """Whether the paper does not stand today: of a version that was replaced nobody lifts the mark."""
    return any(one.pmid == mark.pmid and one.retraction.status in FALLEN for one in dossier.findings)


def _list_withdrawn(work: UnitOfWork, graded: Mapping[int, Dossier], now: datetime) -> Iterator[int]:
    """The claims that say a standard wording which was withdrawn after their grade, and stands no more."""
    words = {claim_id: dossier.claim.claim.read_as for claim_id, dossier in graded.items()}
    wordings: dict[int, list[StandardWording]] = {}
    for one in work.standard_wordings.find(words.values()) if words else ():
        wordings.setdefault(digest_wording(one.words), []).append(one)
    for claim_id, dossier in graded.items():
        found = wordings.get(digest_wording(words[claim_id]), ())
        verdict = dossier.verdict
        if verdict is None or any(one.stands for one in found):
            continue
        if any(one.withdrawn_at and verdict.decided_at < one.withdrawn_at <= now for one in found):
            yield claim_id
