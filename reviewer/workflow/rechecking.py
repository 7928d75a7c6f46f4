"""Looking again: whether the papers that claims rest on still stand as they did when they were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from claims.appraisal.retraction import read_retraction
from claims.errors import KonkyoError, RecordError, SourceError
from claims.records.assessment import CitationJudgement, JudgedCitation
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid, RetractionCheck, is_sample
from claims.records.finding import Finding
from claims.records.people import User
from claims.records.retrieval import FetchedPart, UnreadableRecord
from claims.records.review import ReviewClaim
from claims.search.ports import EvidenceSource
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import is_open_version


@dataclass(frozen=True, slots=True)
class ChangedStanding:
    """A paper under a claim that no longer stands as it did.

    ``attached`` says that a reviewer judged it to bear on the claim.
    """

    claim_id: int
    claim_number: int
    pmid: Pmid
    attached: bool
    before: RetractionCheck
    after: RetractionCheck


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Records that were asked for in vain, and why: no answer, or one that cannot be read."""

    pmids: tuple[Pmid, ...]
    error: KonkyoError


@dataclass(frozen=True, slots=True)
class Recheck:
    """What looking again gave. ``not_told`` are records that the source lacks, or has in an older version.

    ``not_asked`` are those of them that are no record of the source's: samples, where PubMed is asked.
    ``rationales_lost`` counts the sentences that the record's new abstract no longer holds as they were.
    """

    checked: int
    not_told: tuple[Pmid, ...]
    changed: tuple[ChangedStanding, ...]
    rationales_lost: int
    unchecked: tuple[Unchecked, ...] = ()
    not_asked: tuple[Pmid, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every record that could be asked for was checked."""
        return not self.unchecked and set(self.not_told) <= set(self.not_asked)


def recheck_standing(
    work: UnitOfWork, source: EvidenceSource, version_id: int, actor: User, at: datetime
) -> Recheck:
    """The version's citations as the source has them now, stored, with the time of this look.

    Each change is in the audit trail of its claim. A paper that the source does not tell of keeps its
    standing and the date of the earlier look, as does one whose record cannot be read or whose part of the
    answer failed. Of a version that is closed only the standing of its papers changes, so that the editor
    sees what was retracted after publication: records and quotations stay as they were read. Raises
    ``SourceError`` when there was no answer at all; then nothing changes.
    """
    require_permission(actor, Permission.SEARCH)
    work.articles.get_version(version_id)
    ids = [claim.id for claim in work.claims.list_claims(version_id)]
    found = work.searches.load_findings(ids)
    stored = work.citations.load({finding.pmid for of_claim in found.values() for finding in of_claim})
    asked = [pmid for pmid in stored if source.profile.holds_samples or not is_sample(pmid)]
    fetched, unchecked = _fetch_in_batches(source, asked)
    fresh = _choose_fresh(fetched, stored)
    work.articles.hold_version(version_id)
    is_open = is_open_version(work, version_id)
    if is_open:
        work.citations.save(fresh.values())
    claims = work.claims.list_claims(version_id)
    findings = work.searches.load_findings([claim.id for claim in claims])
    judgements = work.assessments.load_judgements([claim.id for claim in claims])
    changed: list[ChangedStanding] = []
    lost = 0
    for claim in claims:
        before = findings[claim.id]
        after = tuple(_look_again(finding, fresh.get(finding.pmid), at, is_open) for finding in before)
        if after != before:
            work.searches.revise_findings(claim.id, after)
        lost += _count_rationales(before) - _count_rationales(after)
        changed += _list_changed(claim, before, after, judgements[claim.id])
    told = {*fresh, *(pmid for one in unchecked for pmid in one.pmids)}
    done = Recheck(
        len(fresh),
        tuple(pmid for pmid in stored if pmid not in told),
        tuple(changed),
        lost,
        tuple(unchecked),
        tuple(pmid for pmid in stored if pmid not in asked),
    )
    work.commit(
        _entry(done, version_id, source.profile.name, actor.name, at), *_entries(done, actor.name, at)
    )
    return done


def _fetch_in_batches(
    source: EvidenceSource, asked: Sequence[Pmid]
) -> tuple[dict[Pmid, Citation], list[Unchecked]]:
    """What the source sent, and what it did not; a batch that fails leaves the others.

    Raises the first ``SourceError`` when every batch failed.
    """
    sent: dict[Pmid, FetchedPart] = {}
    unchecked: list[Unchecked] = []
    batch_size = source.profile.fetch_batch
    batches = [asked[start : start + batch_size] for start in range(0, len(asked), batch_size)]
    for batch in batches:
        try:
            sent |= source.fetch(batch)
        except SourceError as error:
            unchecked.append(Unchecked(tuple(batch), error))
    if batches and len(unchecked) == len(batches):
        raise unchecked[0].error
    unchecked += [
        Unchecked((part.pmid,), RecordError("record_unreadable", reason=part.reason))
        for part in sent.values()
        if isinstance(part, UnreadableRecord)
    ]
    return {pmid: part for pmid, part in sent.items() if isinstance(part, Citation)}, unchecked


def _choose_fresh(fetched: Mapping[Pmid, Citation], stored: Mapping[Pmid, Citation]) -> dict[Pmid, Citation]:
    """The records as the source has them, without those that it has in an older version.

    A record that came under another number is another record: it says nothing of the one that was asked for.
    """
    return {
        pmid: record
        for pmid, record in fetched.items()
        if record.pmid == pmid and not _is_older(record, stored[pmid])
    }


def _is_older(record: Citation, stored: Citation) -> bool:
    return bool(record.revised_on and stored.revised_on and record.revised_on < stored.revised_on)


def _look_again(finding: Finding, record: Citation | None, at: datetime, is_open: bool) -> Finding:
    """The finding with the record's present standing, and in an open version only what it still quotes."""
    if record is None:
        return finding
    looked = replace(finding, retraction=read_retraction(record, at))
    if not is_open:
        return looked
    rationales = tuple(one for one in finding.rationales if one.stands_in(record.abstract_text))
    return replace(looked, rationales=rationales)


def _count_rationales(findings: Iterable[Finding]) -> int:
    return sum(len(finding.rationales) for finding in findings)


def _list_changed(
    claim: ReviewClaim,
    before: Iterable[Finding],
    after: Iterable[Finding],
    judgements: Iterable[JudgedCitation],
) -> list[ChangedStanding]:
    bearing = {j.pmid for j in judgements if j.judgement is not CitationJudgement.NOT_RELEVANT}
    return [
        ChangedStanding(
            claim.id, claim.number, then.pmid, then.pmid in bearing, then.retraction, now.retraction
        )
        for then, now in zip(before, after, strict=True)
        if then.retraction.status is not now.retraction.status
    ]


def _entry(done: Recheck, version_id: int, source: str, actor: str, at: datetime) -> AuditEntry:
    values = (
        ("source", source),
        ("checked", str(done.checked)),
        ("not_told", str(len(done.not_told))),
        ("unchecked", str(sum(len(one.pmids) for one in done.unchecked))),
        ("changed", str(len(done.changed))),
        ("rationales_lost", str(done.rationales_lost)),
    )
    return AuditEntry(at, actor, AuditAction.STANDINGS_RECHECKED, f"version:{version_id}", values)


def _entries(done: Recheck, actor: str, at: datetime) -> list[AuditEntry]:
    return [
        AuditEntry(
            at,
            actor,
            AuditAction.STANDING_CHANGED,
            f"claim:{one.claim_id}",
            (
                ("pmid", one.pmid),
                ("attached", "yes" if one.attached else "no"),
                ("before", one.before.status.value),
                ("after", one.after.status.value),
                ("notice", one.after.notice or ""),
            ),
        )
        for one in done.changed
    ]
