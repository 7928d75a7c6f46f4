"""What is new to published claims: whom it waits for, and what somebody says that it does to the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from claims.errors import NotFound, RuleRefused, VersionConflict
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid
from claims.records.living import LivingLook, NewRecord, NewRecordAnswer
from claims.records.notice import Cause, NoticeKind
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.recheck import LostGround, ReviewMark
from claims.records.review import VersionSummary
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, may, require_permission
from reviewer.workflow.holding import hold_open_claim, is_open_version
from reviewer.workflow.notifying import notify
from reviewer.workflow.offering_new import offer_changing
from reviewer.workflow.review_marks import list_concerned, share_published, tell_mark

_MOST_OPEN = 1_000
# By claim the latest looks for what is new, and what was found.
Flow: TypeAlias = tuple[Mapping[int, Sequence[LivingLook]], Mapping[int, Sequence[NewRecord]]]
NO_FLOW: Flow = ({}, {})


@dataclass(frozen=True, slots=True)
class NewToClaim:
    """A new record with what is stored of it."""

    record: NewRecord
    citation: Citation


@dataclass(frozen=True, slots=True)
class NewToVersion:
    """So many records are new to these claims of a published version, which came on that day or later."""

    version: VersionSummary
    claim_ids: tuple[int, ...]
    count: int
    since: date


def list_new_to_versions(work: UnitOfWork, viewer: User) -> tuple[NewToVersion, ...]:
    """The published versions with new records that wait for the viewer: editors, and who reviews them."""
    edits, grades = may(viewer, Permission.PUBLISH), may(viewer, Permission.GRADE)
    unanswered = work.living.list_open(_MOST_OPEN) if edits or grades else ()
    if not unanswered:
        return ()
    by_version: dict[int, list[NewRecord]] = {}
    places = _place(work, unanswered)
    for one in unanswered:
        if one.claim_id in places:
            by_version.setdefault(places[one.claim_id], []).append(one)
    plans = work.plans.load_plans(list(by_version))
    summaries = work.articles.summarise(list(by_version))
    asked = _load_asked(work, unanswered)
    return tuple(
        NewToVersion(
            summaries[version_id],
            tuple(dict.fromkeys(one.claim_id for one in records)),
            len(records),
            min(asked.get((one.claim_id, one.found_at), one.found_at.date()) for one in records),
        )
        for version_id, records in by_version.items()
        if edits or plans.get(version_id, ReviewPlan()).lets_grade(viewer.name)
    )


def _load_asked(work: UnitOfWork, records: Sequence[NewRecord]) -> dict[tuple[int, datetime], date]:
    """Since which day was asked when these records were found, by claim and moment."""
    claims = {f"claim:{one.claim_id}": one.claim_id for one in records}
    entries = work.audit.list_about(claims, AuditAction.NEW_RECORDS_FOUND)
    return {
        (claims[entry.subject], entry.at): date.fromisoformat(told)
        for entry in entries
        if (told := dict(entry.values).get("from"))
    }


def load_new_records(
    work: UnitOfWork, claim_id: int
) -> tuple[tuple[NewToClaim, ...], tuple[LivingLook, ...]]:
    """The records that are new to a claim, unanswered ones first, and how it was looked for last."""
    looks = work.living.load_looks([claim_id])
    if not looks:
        # Most claims: nothing is new where nobody looked.
        return (), ()
    records = work.living.load([claim_id])
    citations = work.citations.load([one.pmid for one in records])
    found = [NewToClaim(one, citations[one.pmid]) for one in records]
    return tuple(sorted(found, key=lambda one: one.record.answer is not None)), looks


def load_flow(work: UnitOfWork, claim_ids: Sequence[int]) -> Flow:
    """The latest looks for what is new to these claims, and what was found, by claim."""
    looks: dict[int, list[LivingLook]] = {}
    new: dict[int, list[NewRecord]] = {}
    for look in work.living.load_looks(claim_ids):
        looks.setdefault(look.claim_id, []).append(look)
    for record in work.living.load(claim_ids):
        new.setdefault(record.claim_id, []).append(record)
    return looks, new


def answer_new_record(
    work: UnitOfWork,
    claim_id: int,
    pmid: Pmid,
    answer: NewRecordAnswer,
    comment: str,
    actor: User,
    at: datetime,
) -> None:
    """Keep what the record does to the claim; one that changes it makes the published claim need review.

    It does not come again. Where the claim is graded anew by now, it stands there as a suggestion. Raises
    ``RuleRefused`` for a change without a comment, ``VersionConflict`` where somebody else answered it,
    ``NotFound`` where it is not new to the claim.
    """
    if not may(actor, Permission.PUBLISH):
        require_permission(actor, Permission.GRADE)
    if answer is NewRecordAnswer.CHANGES and not comment.strip():
        raise RuleRefused("new_record_needs_comment")
    record = next((one for one in work.living.load([claim_id]) if one.pmid == pmid), None)
    if record is None:
        raise NotFound("new_record_not_found", pmid=pmid)
    if not work.living.answer(claim_id, pmid, answer, comment.strip(), actor.name, at):
        raise VersionConflict("new_record_answered")
    values = (("pmid", pmid), ("answer", answer.value), ("comment", comment.strip()))
    entry = AuditEntry(at, actor.name, AuditAction.NEW_RECORD_ANSWERED, f"claim:{claim_id}", values)
    changes = answer is NewRecordAnswer.CHANGES
    places = work.uses.list_places([claim_id]) if changes else ()
    marked: tuple[AuditEntry, ...] = ()
    for version_id in share_published(work, {place.version_id for place in places}):
        mark = ReviewMark(version_id, claim_id, LostGround.NEW_EVIDENCE, pmid, None, at)
        raised = work.review_marks.raise_marks([mark])
        key = f"claim:{claim_id}:{mark.cause.value}:{pmid}"
        cause = Cause(NoticeKind.NEEDS_REVIEW, version_id, key, claim_id, pmid)
        notify(work, cause, list_concerned(work, version_id), at, but=actor.name)
        marked += tuple(tell_mark(one, AuditAction.REVIEW_NEEDED, actor.name, at) for one in raised)
    claim = work.claims.get_claim(claim_id)
    if is_open_version(work, claim.version_id) and not claim.status.is_settled:
        hold_open_claim(work, claim_id)
        offer_changing(work, {claim_id: (claim_id,)})
    work.commit(entry, *marked)


def _place(work: UnitOfWork, records: Sequence[NewRecord]) -> dict[int, int]:
    """The version that readers have of each claim; a claim that none of theirs has is absent."""
    places = work.uses.list_places({one.claim_id for one in records})
    published = set(work.uses.list_published({place.version_id for place in places})) if places else set()
    return {place.claim_id: place.version_id for place in places if place.version_id in published}
