"""What one batch of a run that looks at papers again brought: kept, with its place in the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from claims.appraisal.standing import FALLEN
from claims.errors import SourceError, VersionConflict
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Citation, Pmid, RetractionCheck, RetractionStatus
from claims.records.recheck import Met, RecheckNote, RecheckRun
from claims.records.retrieval import FetchedPart, UnreadableRecord
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import find_attached
from reviewer.workflow.rechecking import choose_fresh, list_lost, look_again, read_looks
from reviewer.workflow.review_marks import update_marks
from reviewer.workflow.telling import tell_standing
from reviewer.workflow.telling_papers import tell_lost, tell_weighed

OpenWork = Callable[[], UnitOfWork]


def store_batch(
    open_work: OpenWork,
    run: RecheckRun,
    batch: Sequence[Pmid],
    sent: Mapping[Pmid, FetchedPart],
    failed: Sequence[tuple[Sequence[Pmid], SourceError]],
    actor: str,
    at: datetime,
    *,
    is_whole: bool,
) -> RecheckRun:
    """The run after this batch, and after those before it that got no answer while others did."""
    with open_work() as work:
        stored, before = work.citations.load(batch), work.citations.load_standings(batch)
        fetched = {pmid: part for pmid, part in sent.items() if isinstance(part, Citation)}
        fresh = choose_fresh(fetched, stored)
        looks = read_looks(fetched, fresh, before, at)
        changed = {pmid: look for pmid, look in looks.items() if look.status is not _know(before.get(pmid))}
        work.citations.save_standings(looks, now=at)
        entries = _store_changed(work, changed, fresh, before, actor, at)
        tell_lost(work, list_lost(batch, sent, is_whole=is_whole), at)
        absent = Met.NO_RECORD if is_whole else Met.NOT_HELD
        notes = [*note_failed(failed), *_list_notes(batch, sent, fresh, stored, changed, absent)]
        skipped = sum(len(pmids) for pmids, _ in failed)
        after = replace(
            run,
            cursor=batch[-1],
            done=run.done + skipped + len(batch),
            checked=run.checked + len(fresh),
            changed=run.changed + len(changed),
            tried_at=at,
            failure="",
        )
        move_on(work, run, after, notes)
        if entries:
            work.commit(*entries)
        else:
            # That papers stand as before is no step: the run as a whole has its lines.
            work.commit_passing()
    return after


def _know(look: RetractionCheck | None) -> RetractionStatus:
    return RetractionStatus.NONE_KNOWN if look is None else look.status


def _store_changed(
    work: UnitOfWork,
    changed: Mapping[Pmid, RetractionCheck],
    fresh: Mapping[Pmid, Citation],
    before: Mapping[Pmid, RetractionCheck],
    actor: str,
    at: datetime,
) -> list[AuditEntry]:
    """Keep the records that stand otherwise, and what claims still quote of them; the lines of the trail."""
    if not changed:
        return []
    records = {pmid: fresh[pmid] for pmid in changed if pmid in fresh}
    work.citations.save(records.values())
    claim_ids = work.uses.find_by_papers(changed)
    for claim_id in claim_ids:
        work.claims.hold_claim(claim_id)
    judgements, findings = work.assessments.load_judgements(claim_ids), work.searches.load_findings(claim_ids)
    entries: list[AuditEntry] = []
    for claim_id in claim_ids:
        after = look_again(findings[claim_id], changed, records, is_open=True)
        work.searches.revise_findings(claim_id, after)
        attached = find_attached(judgements[claim_id])
        for finding in findings[claim_id]:
            if finding.pmid in changed:
                look = changed[finding.pmid]
                values = (
                    ("pmid", finding.pmid),
                    ("attached", "yes" if finding.pmid in attached else "no"),
                    ("before", _know(before.get(finding.pmid)).value),
                    ("after", look.status.value),
                    ("notice", look.notice or ""),
                )
                is_fallen = look.status in FALLEN
                if is_fallen is not (_know(before.get(finding.pmid)) in FALLEN):
                    version_id = work.claims.get_claim(claim_id).version_id
                    tell_standing(work, version_id, claim_id, finding.pmid, is_fallen, at)
                entries.append(
                    AuditEntry(at, actor, AuditAction.STANDING_CHANGED, f"claim:{claim_id}", values)
                )
    marked = update_marks(work, tuple(changed), actor, at)
    tell_weighed(work, changed.keys(), at)
    return [*entries, *marked]


def _list_notes(
    batch: Sequence[Pmid],
    sent: Mapping[Pmid, FetchedPart],
    fresh: Mapping[Pmid, Citation],
    stored: Mapping[Pmid, Citation],
    changed: Mapping[Pmid, RetractionCheck],
    absent: Met,
) -> Iterator[RecheckNote]:
    for pmid in batch:
        part = sent.get(pmid)
        if pmid in changed and pmid in fresh:
            yield RecheckNote(pmid, Met.CHANGED, changed[pmid].status.value)
        elif pmid in fresh:
            continue
        elif part is None:
            yield RecheckNote(pmid, absent)
        elif isinstance(part, UnreadableRecord):
            yield RecheckNote(pmid, Met.UNREADABLE, part.reason)
        elif part.pmid != pmid:
            yield RecheckNote(pmid, Met.ANOTHER, part.pmid)
        elif pmid in stored:
            yield RecheckNote(pmid, Met.OLDER)


def note_failed(failed: Sequence[tuple[Sequence[Pmid], SourceError]]) -> Iterator[RecheckNote]:
    """What is told of papers whose batches got no answer."""
    return (RecheckNote(pmid, Met.NOT_ASKED, error.code) for pmids, error in failed for pmid in pmids)


def move_on(
    work: UnitOfWork, before: RecheckRun, after: RecheckRun, notes: Sequence[RecheckNote] = ()
) -> None:
    """Keep the run as it is now, with what it met. Raises ``VersionConflict`` where somebody else went on."""
    if not work.rechecks.move_on(before, after, notes):
        raise VersionConflict("recheck_taken_over")
