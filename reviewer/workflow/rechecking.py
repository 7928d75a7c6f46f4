"""Looking again: whether the papers that claims rest on still stand as they did when they were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from claims.appraisal.retraction import read_retraction
from claims.appraisal.standing import FALLEN
from claims.errors import KonkyoError, RecordError, SourceError
from claims.records.assessment import JudgedCitation
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid, RetractionCheck, RetractionStatus, is_sample
from claims.records.finding import Finding
from claims.records.people import User
from claims.records.retrieval import FetchedPart, UnreadableRecord
from claims.records.review import ReviewClaim
from claims.search.ports import EvidenceSource
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import find_attached
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.closing import load_closed
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.review_marks import update_marks
from reviewer.workflow.telling import tell_standing
from reviewer.workflow.telling_papers import tell_lost, tell_weighed


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


@dataclass(frozen=True, slots=True)
class _Shown:
    """A claim, the findings that its version shows for it, and what people judged of them."""

    claim: ReviewClaim
    findings: tuple[Finding, ...]
    judgements: tuple[JudgedCitation, ...]


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
    found = {finding.pmid for shown in _load_shown(work, version_id) for finding in shown.findings}
    cited = {one.look_up.pmid for one in work.references.load([version_id])[version_id] if one.look_up.pmid}
    stored = work.citations.load(found | cited)
    asked = [pmid for pmid in stored if source.profile.holds_samples or not is_sample(pmid)]
    fetched, unchecked = _fetch_in_batches(source, asked)
    fresh = choose_fresh(fetched, stored)
    looks = read_looks(fetched, fresh, work.citations.load_standings(fetched), at)
    work.articles.hold_version(version_id)
    is_open = is_open_version(work, version_id)
    if is_open:
        work.citations.save(fresh.values())
    changed: list[ChangedStanding] = []
    lost = 0
    for shown in _load_shown(work, version_id):
        after = look_again(shown.findings, looks, fresh, is_open)
        lost += _count_rationales(shown.findings) - _count_rationales(after)
        changed += _list_changed(shown, after)
    _store_looks(work, version_id, looks, fresh, is_open)
    _tell_fallen(work, version_id, changed, at)
    told = {*fresh, *(pmid for one in unchecked for pmid in one.pmids)}
    done = Recheck(
        len(fresh),
        tuple(pmid for pmid in stored if pmid not in told),
        tuple(changed),
        lost,
        tuple(unchecked),
        tuple(pmid for pmid in stored if pmid not in asked),
    )
    marked = update_marks(work, tuple(looks), actor.name, at)
    tell_weighed(work, {one.pmid for one in changed}, at)
    answered = [pmid for pmid in asked if pmid in fetched or pmid not in told]
    tell_lost(work, list_lost(answered, fetched, is_whole=source.profile.is_whole), at)
    work.commit(
        _entry(done, version_id, source.profile.name, actor.name, at),
        *_entries(done, actor.name, at),
        *marked,
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


def choose_fresh(fetched: Mapping[Pmid, Citation], stored: Mapping[Pmid, Citation]) -> dict[Pmid, Citation]:
    """The records as the source has them, without those that it has in an older version.

    A record that came under another number is not put in the place of the one that was asked for.
    """
    return {
        pmid: record
        for pmid, record in fetched.items()
        if record.pmid == pmid and not _is_older(record, stored[pmid])
    }


def _is_older(record: Citation, stored: Citation) -> bool:
    return bool(record.revised_on and stored.revised_on and record.revised_on < stored.revised_on)


def _load_shown(work: UnitOfWork, version_id: int) -> list[_Shown]:
    """Every claim of the version, dismissed ones too, as the version shows it."""
    closed = load_closed(work, version_id)
    if closed is not None:
        return [_Shown(dossier.claim, dossier.findings, dossier.judgements) for dossier in closed]
    claims = work.claims.list_claims(version_id)
    ids = [claim.id for claim in claims]
    findings, judgements = work.searches.load_findings(ids), work.assessments.load_judgements(ids)
    return [_Shown(claim, findings[claim.id], judgements[claim.id]) for claim in claims]


def _store_looks(
    work: UnitOfWork,
    version_id: int,
    looks: Mapping[Pmid, RetractionCheck],
    fresh: Mapping[Pmid, Citation],
    is_open: bool,
) -> None:
    """Keep what was seen: of each paper, and for the claims as they now stand, be it in a newer version."""
    work.citations.save_standings(looks)
    ids = [claim.id for claim in work.claims.list_claims(version_id)]
    for claim_id, before in work.searches.load_findings(ids).items():
        after = look_again(before, looks, fresh, is_open)
        if after != before:
            work.searches.revise_findings(claim_id, after)


def read_looks(
    fetched: Mapping[Pmid, Citation],
    fresh: Mapping[Pmid, Citation],
    before: Mapping[Pmid, RetractionCheck],
    at: datetime,
) -> dict[Pmid, RetractionCheck]:
    """How the papers stand by the records that came; one whose record became another, by that one.

    Its successor's number then stands as the notice. A successor of which nothing is known says nothing of
    the paper, unless it said something before.
    """
    looks = {pmid: read_retraction(record, at) for pmid, record in fresh.items()}
    for pmid, record in fetched.items():
        if record.pmid != pmid:
            look, known = read_retraction(record, at), before.get(pmid)
            if look.status is not RetractionStatus.NONE_KNOWN or (known and known.notice == record.pmid):
                looks[pmid] = replace(look, notice=record.pmid)
    return looks


def list_lost(
    asked: Iterable[Pmid], sent: Mapping[Pmid, FetchedPart], *, is_whole: bool
) -> dict[Pmid, Pmid | None]:
    """The papers whose record a source that ``is_whole`` has no more, and under which number others came."""
    lost: dict[Pmid, Pmid | None] = {}
    for pmid in asked:
        part = sent.get(pmid)
        if part is None and is_whole:
            lost[pmid] = None
        elif isinstance(part, Citation) and part.pmid != pmid:
            lost[pmid] = part.pmid
    return lost


def look_again(
    findings: Iterable[Finding],
    looks: Mapping[Pmid, RetractionCheck],
    fresh: Mapping[Pmid, Citation],
    is_open: bool,
) -> tuple[Finding, ...]:
    """The findings as their papers stand, in an open version only with what their records still quote."""
    return tuple(
        _look_at(finding, looks.get(finding.pmid), fresh.get(finding.pmid), is_open) for finding in findings
    )


def _look_at(
    finding: Finding, look: RetractionCheck | None, record: Citation | None, is_open: bool
) -> Finding:
    if look is None:
        return finding
    looked = replace(finding, retraction=look)
    if record is None or not is_open:
        return looked
    rationales = tuple(one for one in finding.rationales if one.stands_in(record.abstract_text))
    return replace(looked, rationales=rationales)


def _count_rationales(findings: Iterable[Finding]) -> int:
    return sum(len(finding.rationales) for finding in findings)


def _list_changed(shown: _Shown, after: Iterable[Finding]) -> list[ChangedStanding]:
    claim, bearing = shown.claim, find_attached(shown.judgements)
    return [
        ChangedStanding(
            claim.id, claim.number, then.pmid, then.pmid in bearing, then.retraction, now.retraction
        )
        for then, now in zip(shown.findings, after, strict=True)
        if then.retraction.own is not now.retraction.own
    ]


def _tell_fallen(work: UnitOfWork, version_id: int, changed: Iterable[ChangedStanding], at: datetime) -> None:
    for one in changed:
        if (one.before.status in FALLEN) is not (one.after.status in FALLEN):
            tell_standing(work, version_id, one.claim_id, one.pmid, one.after.status in FALLEN, at)


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
                ("before", one.before.own.value),
                ("after", one.after.own.value),
                ("notice", one.after.notice or ""),
            ),
        )
        for one in done.changed
    ]
