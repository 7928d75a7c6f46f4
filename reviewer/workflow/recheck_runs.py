"""Looking again at all papers under live claims, batch by batch: each run goes on where it was left.

What is due, how far a run is and what it met stands in its row. A batch is one transaction with its place in
the run, so that whoever takes a run up does what is left and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claims.errors import KonkyoError, SourceError
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import Pmid, is_sample
from claims.records.job import JobKind, JobOrder
from claims.records.living import LivingRun
from claims.records.people import User
from claims.records.recheck import Met, RecheckNote, RecheckRun
from claims.search.busy_hours import find_quiet_hours
from claims.search.ports import EvidenceSource, RemoteSource
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.recheck_batches import OpenWork, move_on, note_failed, store_batch

KEY = "recheck"
# Batches in a row without an answer after which the source is asked whether it is there at all: by what any
# source knows a record of.
MOST_FAILED, _KNOWN_ANYWHERE = 3, "humans"
# What an ended run says of itself whose source was changed before it was done.
UNFINISHED = "run_unfinished"
# So long a source that was away is left alone.
_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run with the papers that it tells of."""

    run: RecheckRun
    notes: tuple[RecheckNote, ...]


def is_due(latest: RecheckRun | LivingRun | None, hours: int, now: datetime) -> bool:
    """Whether a run is to be begun or gone on with, by the latest there was and how often that is to be.

    An open run is gone on with, after a pause where the source was away. A moment that lies ahead was told by
    a clock that jumped: it holds nothing up.
    """
    if latest is None:
        return True
    if latest.is_open:
        return not latest.failure or not latest.tried_at <= now < latest.tried_at + _PAUSE
    return not latest.begun_at <= now < latest.begun_at + timedelta(hours=hours)


def find_due(
    work: UnitOfWork, source: EvidenceSource, hours: int, now: datetime, actor: str
) -> JobOrder | None:
    """The job that looks again, ``None`` while nothing is due or the source's busy hours last."""
    if not is_due(_find_latest(work), hours, now) or find_pause(source, now):
        return None
    return order_recheck(source.profile.name, hours, actor)


def order_recheck(source: str, hours: int, actor: str) -> JobOrder:
    """The job that looks again where that is due by then; with 0 hours whenever it is asked for."""
    values = (("source", source), ("hours", str(hours)))
    return JobOrder(KEY, JobKind.RECHECK, 0, 1, actor, values)


def find_pause(source: EvidenceSource, now: datetime) -> datetime | None:
    """When the busy hours of a source that is asked over the network end; ``None`` outside of them."""
    return find_quiet_hours(now) if isinstance(source, RemoteSource) else None


def list_rechecks(
    work: UnitOfWork, viewer: User, most: int, most_notes: int | None = None
) -> tuple[ToldRun, ...]:
    """The latest runs, the newest first, with what they tell."""
    require_permission(viewer, Permission.TRACE_EVIDENCE)
    return tuple(
        ToldRun(run, work.rechecks.list_notes(run.id, most_notes)) for run in work.rechecks.list_latest(most)
    )


def run_recheck(
    open_work: OpenWork,
    source: EvidenceSource,
    now: Callable[[], datetime],
    order: JobOrder,
    keeps_hours: bool,
) -> Iterator[RecheckRun]:
    """The run after each batch that was stored; with ``keeps_hours`` it stops, open, in NCBI's busy hours.

    Batches in a row without an answer, of a source that is there, are told of and passed. Raises
    ``SourceError`` when it is away: what was stored stands, and the run goes on from there;
    ``VersionConflict`` (``recheck_taken_over``) when somebody else went on with it meanwhile.
    """
    run = _begin(open_work, source, order, now())
    if run is None:
        return
    with open_work() as work:
        papers = work.rechecks.list_papers(run.cursor)
    asked = [pmid for pmid in papers if source.profile.holds_samples or not is_sample(pmid)]
    failed: list[tuple[Sequence[Pmid], SourceError]] = []
    has_answered = False
    size = source.profile.fetch_batch
    for batch in (asked[start : start + size] for start in range(0, len(asked), size)):
        if keeps_hours and find_quiet_hours(now()):
            return
        try:
            sent = source.fetch(batch)
        except SourceError as error:
            failed.append((batch, error))
            if len(failed) % MOST_FAILED == 0:
                if not is_there(source):
                    _note_failure(open_work, run, error, now())
                    raise
                has_answered = True
            continue
        run = store_batch(
            open_work, run, batch, sent, failed, order.asked_by, now(), is_whole=source.profile.is_whole
        )
        failed, has_answered = [], True
        yield run
    if failed and not has_answered and not is_there(source):
        _note_failure(open_work, run, failed[-1][1], now())
        raise failed[-1][1]
    _end(open_work, run, failed, order.asked_by, now())


def is_there(source: EvidenceSource) -> bool:
    """Whether the source answers at all, so that what got no answer failed by itself."""
    try:
        source.fetch(source.search(_KNOWN_ANYWHERE, 1).pmids)
    except SourceError:
        return False
    return True


def _find_latest(work: UnitOfWork) -> RecheckRun | None:
    return next(iter(work.rechecks.list_latest(1)), None)


def _begin(open_work: OpenWork, source: EvidenceSource, order: JobOrder, at: datetime) -> RecheckRun | None:
    """The source's own run that is open, else a new one; ``None`` where somebody else has done what was due.

    The open run of another source is ended as unfinished: this one asks for every paper itself.
    """
    with open_work() as work:
        latest = _find_latest(work)
        is_open = latest is not None and latest.is_open
        if latest is not None and latest.is_open:
            if latest.source == source.profile.name:
                return latest
            move_on(work, latest, replace(latest, ended_at=at, failure=UNFINISHED))
            told = (("source", latest.source), ("papers", f"{latest.done} / {latest.total}"))
            subject = f"recheck:{latest.id}"
            work.commit(AuditEntry(at, order.asked_by, AuditAction.RECHECK_ENDED, subject, told))
        hours = int(order.get("hours") or 0)
        if hours and not is_open and not is_due(latest, hours, at):
            return None
        papers = work.rechecks.list_papers()
        total = sum(source.profile.holds_samples or not is_sample(pmid) for pmid in papers)
        run = work.rechecks.begin(source.profile.name, total, at)
        values = (("source", run.source), ("papers", str(total)))
        work.commit(AuditEntry(at, order.asked_by, AuditAction.RECHECK_BEGUN, f"recheck:{run.id}", values))
    return run


def _note_failure(open_work: OpenWork, run: RecheckRun, error: KonkyoError, at: datetime) -> None:
    with open_work() as work:
        move_on(work, run, replace(run, failure=error.code, tried_at=at))
        work.commit_passing()


def _end(
    open_work: OpenWork,
    run: RecheckRun,
    failed: Sequence[tuple[Sequence[Pmid], SourceError]],
    actor: str,
    at: datetime,
) -> None:
    notes = tuple(note_failed(failed))
    after = replace(run, done=run.done + len(notes), ended_at=at, tried_at=at, failure="")
    with open_work() as work:
        move_on(work, run, after, notes)
        met = [note.met for note in work.rechecks.list_notes(run.id)]
        values = (
            ("source", run.source),
            ("checked", str(after.checked)),
            ("changed", str(after.changed)),
            *((kind.value, str(met.count(kind))) for kind in Met if kind is not Met.CHANGED and kind in met),
        )
        work.commit(AuditEntry(at, actor, AuditAction.RECHECK_ENDED, f"recheck:{run.id}", values))
