"""Claims that were graded otherwise elsewhere: a published one that says the same needs review (ADR 0062).

Told is only what is settled: nothing else is in the claims library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from claims.equivalence.blocking import list_blocking_keys
from claims.equivalence.comparison import Likeness
from claims.lexicon.lexicon import Lexicon
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from claims.records.known_claim import KnownClaim
from claims.records.notice import Cause, NoticeKind
from claims.records.recheck import LostGround, ReviewMark
from claims.records.review import ReviewClaim
from claims.text.wording import digest_key
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.closing import load_as_decided
from reviewer.workflow.comparing_claims import LONGEST_READ, compare_claims_of, open_lexicon, sign_claim
from reviewer.workflow.notifying import notify
from reviewer.workflow.review_marks import change_marks, list_concerned, load_published, tell_mark

CONTRADICTING = (SupportGrade.CONTRADICTED, SupportGrade.UNSUPPORTED)
# So many settled claims that share most words with one are compared with it.
_COMPARED = 100


@dataclass(frozen=True, slots=True)
class Contradiction:
    """That a published claim was graded otherwise later: elsewhere, or itself in its next version."""

    version_id: int
    claim_id: int
    other_claim_id: int


def find_contradicted(work: UnitOfWork, known: KnownClaim, claim: ReviewClaim) -> Iterator[Contradiction]:
    """The published claims that say the same as this one, which was settled later and lower.

    It is among them itself where it was published with another grade: it may be settled anew in the next
    version of its article. What counts is the grade that readers have, not one that was given since.
    """
    if known.grade not in CONTRADICTING:
        return
    lexicon = open_lexicon(work)
    others = [one.claim_id for one in _find_sharing(work, claim, lexicon)]
    places = work.uses.list_places({claim.id, *_list_same(work, claim, others, lexicon)})
    for version_id in work.uses.list_published({place.version_id for place in places}):
        verdicts = {one.claim.id: one.verdict for one in _load_decided(work, version_id)}
        for place in places:
            verdict = verdicts.get(place.claim_id) if place.version_id == version_id else None
            if verdict and verdict.grade not in CONTRADICTING and verdict.decided_at < known.settled_at:
                yield Contradiction(version_id, place.claim_id, known.claim_id)


def _load_decided(work: UnitOfWork, version_id: int) -> tuple[Dossier, ...]:
    """The claims of a published version as it was decided on, as they stand where that was not kept."""
    return load_as_decided(work, version_id) or load_published(work, version_id)


def find_contradicting(work: UnitOfWork, version_id: int, dossiers: Iterable[Dossier]) -> list[Contradiction]:
    """The claims of a published version that were graded lower elsewhere after they were settled."""
    lexicon, found = open_lexicon(work), list[Contradiction]()
    for dossier in dossiers:
        verdict = dossier.verdict
        if verdict is None or verdict.grade in CONTRADICTING:
            continue
        later = [
            one.claim_id
            for one in _find_sharing(work, dossier.claim, lexicon)
            if one.grade in CONTRADICTING and one.settled_at > verdict.decided_at
        ]
        found += [
            Contradiction(version_id, dossier.claim.id, other)
            for other in _list_same(work, dossier.claim, later, lexicon)
        ]
    return found


def mark_contradicted(
    work: UnitOfWork, found: Iterable[Contradiction], actor: str, at: datetime
) -> tuple[AuditEntry, ...]:
    """The lines of the trail on claims that need review for it, marked here and told. The caller commits."""
    entries: list[AuditEntry] = []
    for one in found:
        work.articles.share_version(one.version_id)
        mark = ReviewMark(
            one.version_id,
            one.claim_id,
            LostGround.CONTRADICTED,
            None,
            None,
            at,
            other_claim_id=one.other_claim_id,
        )
        raised, _ = change_marks(work, one.version_id, [mark], at, partial(_is_same, mark))
        for new in raised:
            notify(work, _make_cause(new), list_concerned(work, one.version_id), at)
            entries.append(tell_mark(new, AuditAction.REVIEW_NEEDED, actor, at))
    return tuple(entries)


def free_contradicted(work: UnitOfWork, actor: str, at: datetime) -> tuple[AuditEntry, ...]:
    """The lines of the trail on claims that are contradicted no longer, freed here: the grade elsewhere was
    taken back, or is another now. The caller commits."""
    entries: list[AuditEntry] = []
    versions = work.review_marks.list_versions((LostGround.CONTRADICTED,))
    for version_id, marks in work.review_marks.load(versions).items():
        own = [mark for mark in marks if mark.cause is LostGround.CONTRADICTED]
        grades = work.known_claims.load_grades([mark.other_claim_id or 0 for mark in own])
        gone = [mark for mark in own if grades.get(mark.other_claim_id or 0) not in CONTRADICTING]
        if gone:
            work.articles.share_version(version_id)
            gone = work.review_marks.lift(gone, at)
        for mark in gone:
            work.notices.drop(_make_cause(mark))
            entries.append(tell_mark(mark, AuditAction.REVIEW_NOT_NEEDED, actor, at))
    return tuple(entries)


def _find_sharing(work: UnitOfWork, claim: ReviewClaim, lexicon: Lexicon) -> tuple[KnownClaim, ...]:
    keys = frozenset(map(digest_key, list_blocking_keys(sign_claim(claim.claim, lexicon))))
    return work.known_claims.find_sharing(keys, claim.id, _COMPARED)


def _list_same(
    work: UnitOfWork, claim: ReviewClaim, others: Iterable[int], lexicon: Lexicon
) -> Iterator[int]:
    """Those of the claims that say the same as this one; what is too long to be compared says nothing."""
    if len(claim.claim.read_as) > LONGEST_READ:
        return
    for other in work.claims.load_claims(list(others)):
        if compare_claims_of(other.claim, claim.claim, lexicon).likeness is Likeness.SAME:
            yield other.id


def _is_same(one: ReviewMark, other: ReviewMark) -> bool:
    return (one.claim_id, one.cause, one.key) == (other.claim_id, other.cause, other.key)


def _make_cause(mark: ReviewMark) -> Cause:
    key = f"claim:{mark.claim_id}:{mark.cause.value}:{mark.key}"
    return Cause(NoticeKind.NEEDS_REVIEW, mark.version_id, key, mark.claim_id)
