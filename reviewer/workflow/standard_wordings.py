"""Standard wordings: sentences that an editor approved for reuse, with the papers that carry them.

Whoever writes the sentence uses it, inserted or typed: it is known by its words. Withdrawn, it marks every
published claim that says it (ADR 0060).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from claims.equivalence.blocking import list_word_keys
from claims.errors import RuleRefused
from claims.records.assessment import SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from claims.records.notice import Cause, NoticeKind
from claims.records.people import User
from claims.records.recheck import LostGround, ReviewMark
from claims.records.review import ReviewClaim
from claims.records.standard_wording import StandardWording
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.taking_over import all_stand
from reviewer.workflow.comparing_claims import LONGEST_READ, open_lexicon, read_words
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.notifying import notify
from reviewer.workflow.references import load_papers
from reviewer.workflow.review_marks import change_marks, list_concerned, share_published, tell_mark


def approve_wording(work: UnitOfWork, claim_id: int, actor: User, at: datetime) -> StandardWording:
    """The claim's sentence, approved for reuse with the papers that were judged to bear on it.

    Raises ``RuleRefused`` unless it is settled as supported, by papers alone that stand, and needs no review;
    and where the same words are approved already.
    """
    require_permission(actor, Permission.APPROVE_WORDINGS)
    (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), actor)
    verdict, words = dossier.verdict, dossier.claim.claim.read_as
    if verdict is None or verdict.grade is not SupportGrade.SUPPORTED or dossier.is_reread:
        raise RuleRefused("wording_not_supported")
    if not dossier.attached or not all_stand(dossier) or work.review_marks.list_marked([claim_id]):
        raise RuleRefused("wording_without_ground")
    if any(one.stands for one in work.standard_wordings.find([words])):
        raise RuleRefused("wording_approved_already")
    pmids = tuple(finding.pmid for finding in dossier.attached)
    wording = work.standard_wordings.add(claim_id, words, pmids, actor.name, at)
    values = (
        ("number", str(wording.number)),
        ("words", words),
        *(("pmid", pmid) for pmid in pmids),
    )
    work.commit(AuditEntry(at, actor.name, AuditAction.WORDING_APPROVED, f"claim:{claim_id}", values))
    return wording


def withdraw_wording(work: UnitOfWork, number: int, reason: str, actor: User, at: datetime) -> int:
    """How many published claims need review since the sentence is withdrawn: those that say it.

    Editors and their articles' authors are told. Raises ``RuleRefused`` without a reason, or where it was
    withdrawn already; ``NotFound``.
    """
    require_permission(actor, Permission.APPROVE_WORDINGS)
    wording = work.standard_wordings.get(number)
    if not reason.strip():
        raise RuleRefused("reason_missing")
    if not work.standard_wordings.withdraw(number, reason.strip(), actor.name, at):
        raise RuleRefused("wording_withdrawn_already")
    values = (("number", str(number)), ("words", wording.words), ("reason", reason.strip()))
    entry = AuditEntry(at, actor.name, AuditAction.WORDING_WITHDRAWN, f"claim:{wording.claim_id}", values)
    marked = list(_mark_users(work, wording, actor, at))
    work.commit(entry, *marked)
    return len(marked)


def list_wordings(work: UnitOfWork, viewer: User) -> tuple[StandardWording, ...]:
    """All sentences that were approved, the latest first, withdrawn ones among them."""
    require_permission(viewer, Permission.READ_VERSIONS)
    return work.standard_wordings.list_all()


def suggest_wordings(work: UnitOfWork, claim: ReviewClaim, viewer: User, most: int) -> list[StandardWording]:
    """The sentences that stand and speak of what the claim speaks of, those that share most words first."""
    require_permission(viewer, Permission.READ_VERSIONS)
    lexicon = open_lexicon(work)
    asked = list_word_keys(read_words(claim.claim.read_as[:LONGEST_READ], lexicon))
    rated = [
        (len(asked & list_word_keys(read_words(one.words[:LONGEST_READ], lexicon))), one)
        for one in work.standard_wordings.list_all()
        if one.stands
    ]
    rated.sort(key=lambda found: (-found[0], -found[1].number))
    return [one for shared, one in rated if shared][:most]


def find_wording(work: UnitOfWork, claim: ReviewClaim) -> StandardWording | None:
    """The sentence that the claim says, that which stands first; ``None`` for any other claim."""
    found = work.standard_wordings.find([claim.claim.read_as])
    return min(found, key=lambda one: (not one.stands, -one.number), default=None)


def note_used(
    work: UnitOfWork, claims: Sequence[ReviewClaim], actor: User, at: datetime
) -> Iterator[AuditEntry]:
    """What the trail is to tell of claims that are new and say a sentence that stands; the caller commits.

    The papers that carry it are offered at each as suggestions, as they were found for the claim that it
    comes from.
    """
    known = {one.words: one for one in work.standard_wordings.find([c.claim.read_as for c in claims])}
    if not known:
        return
    for claim in claims:
        wording = find_wording(work, claim)
        if wording is None or not wording.stands or wording.claim_id == claim.id:
            continue
        found = work.searches.load_findings([wording.claim_id])[wording.claim_id]
        offered = [finding for finding in found if finding.pmid in wording.pmids]
        work.searches.put_cited(claim.id, load_papers(work, claim), offered)
        values = (("number", str(wording.number)), *(("pmid", pmid) for pmid in wording.pmids))
        yield AuditEntry(at, actor.name, AuditAction.WORDING_USED, f"claim:{claim.id}", values)


def _mark_users(
    work: UnitOfWork, wording: StandardWording, actor: User, at: datetime
) -> Iterator[AuditEntry]:
    places = work.standard_wordings.list_using(wording.words)
    for version_id in share_published(work, {version_id for version_id, _ in places}):
        concerned = list_concerned(work, version_id)
        for claim_id in (claim for version, claim in places if version == version_id):
            mark = ReviewMark(
                version_id,
                claim_id,
                LostGround.WORDING_WITHDRAWN,
                None,
                None,
                at,
                other_claim_id=wording.claim_id,
            )
            raised, _ = change_marks(work, version_id, [mark], at, partial(_is_alike, mark))
            for new in raised:
                key = f"claim:{claim_id}:{new.cause.value}:{wording.number}"
                notify(work, Cause(NoticeKind.NEEDS_REVIEW, version_id, key, claim_id), concerned, at)
                yield tell_mark(new, AuditAction.REVIEW_NEEDED, actor.name, at)


def _is_alike(mark: ReviewMark, other: ReviewMark) -> bool:
    return (other.claim_id, other.cause, other.key) == (mark.claim_id, mark.cause, mark.key)
