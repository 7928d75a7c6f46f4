"""Searching published claims again for what is new, claim by claim: each run goes on where it was left.

The claim's own searches are asked with the day since which records came, and what they bring is read as any
search is: a record counts that is on topic and was under the claim neither before nor as new once already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from claims.errors import SourceError, VersionConflict
from claims.lexicon.lexicon import Lexicon
from claims.pipeline import find_evidence
from claims.records.article import Language
from claims.records.audit import AuditAction, AuditEntry
from claims.records.claim import Claim
from claims.records.finding import ClaimEvidence
from claims.records.job import JobKind, JobOrder
from claims.records.living import LivingLook, LivingRun, NewRecord
from claims.records.people import User
from claims.records.retrieval import SearchRun, SearchStatus
from claims.search.busy_hours import find_quiet_hours
from claims.search.caching import CachedSource
from claims.search.ports import DatedSource, EvidenceSource
from claims.search.since import limit_to_new
from db.repositories.living import PublishedClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.recheck_runs import MOST_FAILED, UNFINISHED, find_pause, is_due, is_there

KEY = "living"
# A day ends where NCBI is later than here, and a record may be found a day after it was made.
_OVERLAP = timedelta(days=3)
OpenWork = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One claim that is asked for: since which day, and what was under it before."""

    place: PublishedClaim
    claim: Claim
    language: Language
    since: date
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Answered:
    """What the source said: ``failed`` is the run that got no answer, or not all of it."""

    asked: _Asked
    evidence: ClaimEvidence
    tried_at: datetime

    @property
    def failed(self) -> SearchRun | None:
        """The first search that failed or lost records on the way."""
        runs = self.evidence.runs
        return next((run for run in runs if run.status is SearchStatus.FAILED or run.losses), None)


def find_living(
    work: UnitOfWork, source: EvidenceSource, days: int, now: datetime, actor: str
) -> JobOrder | None:
    """The job that asks for what is new, ``None`` while none is due or the source's busy hours last."""
    latest = next(iter(work.living.list_latest(1)), None)
    if not is_due(latest, days * 24, now) or find_pause(source, now):
        return None
    return order_living(source.profile.name, days, actor)


def order_living(source: str, days: int, actor: str) -> JobOrder:
    """The job that asks for what is new where that is due by then; with 0 days whenever it is asked for."""
    values = (("source", source), ("days", str(days)))
    return JobOrder(KEY, JobKind.LIVING_SEARCH, 0, 1, actor, values)


def list_living_runs(work: UnitOfWork, viewer: User, most: int) -> tuple[LivingRun, ...]:
    """The latest runs, the newest first."""
    require_permission(viewer, Permission.TRACE_EVIDENCE)
    return work.living.list_latest(most)


def run_living(
    open_work: OpenWork,
    source: EvidenceSource,
    lexicon: Lexicon,
    now: Callable[[], datetime],
    order: JobOrder,
    keeps_hours: bool,
) -> Iterator[LivingRun]:
    """The run after each claim that was stored; with ``keeps_hours`` it stops, open, in NCBI's busy hours.

    Claims in a row without an answer, of a source that is there, are stored as failed and passed. Raises
    ``SourceError`` when it is away: what was stored stands, and the run goes on from there;
    ``VersionConflict`` (``living_taken_over``) when somebody else went on with it meanwhile.
    """
    if not isinstance(source, DatedSource):
        raise SourceError("source_without_days", source=source.profile.name)
    run = _begin(open_work, source, order, now())
    if run is None:
        return
    with open_work() as work:
        claims = work.living.list_claims(run.cursor)
    sources: dict[date, CachedSource] = {}
    failed: list[_Answered] = []
    has_answered = False
    for place in claims:
        if keeps_hours and find_quiet_hours(now()):
            return
        with open_work() as work:
            asked = _prepare(work, place, source.profile.name, now())
        known = sources.setdefault(asked.since, CachedSource(limit_to_new(source, asked.since), now))
        tried_at = now()
        (evidence,) = find_evidence((asked.claim,), asked.language, known, lexicon)
        answered = _Answered(asked, evidence, tried_at)
        if answered.failed is None:
            run = _store(open_work, run, (*failed, answered), order.asked_by)
        else:
            failed.append(answered)
            if len(failed) < MOST_FAILED:
                continue
            if not is_there(source):
                raise _hold_up(open_work, run, source, failed, now())
            run = _store(open_work, run, failed, order.asked_by)
        failed, has_answered = [], True
        yield run
    if failed and not has_answered and not is_there(source):
        raise _hold_up(open_work, run, source, failed, now())
    if failed:
        run = _store(open_work, run, failed, order.asked_by)
        yield run
    _end(open_work, run, order.asked_by, now())


def _hold_up(
    open_work: OpenWork, run: LivingRun, source: EvidenceSource, failed: Sequence[_Answered], at: datetime
) -> SourceError:
    """What is raised where the source is away, once the run that waits for it says so."""
    lost = failed[-1].failed
    code = (lost and lost.failure) or "source_unreachable"
    with open_work() as work:
        _move_on(work, run, replace(run, failure=code, tried_at=at))
        work.commit_passing()
    return SourceError("living_held_up", source=source.profile.name)


def _begin(open_work: OpenWork, source: EvidenceSource, order: JobOrder, at: datetime) -> LivingRun | None:
    """The source's own run that is open, else a new one; ``None`` where somebody else has done what was due.

    The open run of another source is ended as unfinished: this one asks for every claim itself.
    """
    with open_work() as work:
        latest = next(iter(work.living.list_latest(1)), None)
        is_open = latest is not None and latest.is_open
        if latest is not None and latest.is_open:
            if latest.source == source.profile.name:
                return latest
            _move_on(work, latest, replace(latest, ended_at=at, failure=UNFINISHED))
            told = (("source", latest.source), ("claims", f"{latest.done} / {latest.total}"))
            subject = f"living:{latest.id}"
            work.commit(AuditEntry(at, order.asked_by, AuditAction.LIVING_ENDED, subject, told))
        days = int(order.get("days") or 0)
        if days and not is_open and not is_due(latest, days * 24, at):
            return None
        run = work.living.begin(source.profile.name, len(work.living.list_claims()), at)
        values = (("source", run.source), ("claims", str(run.total)))
        work.commit(AuditEntry(at, order.asked_by, AuditAction.LIVING_BEGUN, f"living:{run.id}", values))
    return run


def _prepare(work: UnitOfWork, place: PublishedClaim, source: str, at: datetime) -> _Asked:
    """The claim as its readers have it, asked for since it was looked for last, or searched last.

    A look or a search that lies ahead was dated by a clock that jumped: what came since is not known by it.
    """
    version = work.articles.get_version(place.version_id)
    claim = next(c for c in work.claims.list_claims(place.version_id) if c.id == place.claim_id)
    looks = [look for look in work.living.load_looks([claim.id]) if look.source == source]
    asked_at = looks[0].asked_at if looks else None
    if asked_at is not None and asked_at > at:
        asked_at = None
    runs = work.searches.load_runs([claim.id])[claim.id]
    answered = [
        run.searched_at for run in runs if run.status.is_answered and not run.beside and run.searched_at <= at
    ]
    since = asked_at or max(answered, default=min(version.ingested_at, at))
    return _Asked(place, claim.claim, version.article.language, since.date() - _OVERLAP, asked_at)


def _store(open_work: OpenWork, run: LivingRun, answers: Sequence[_Answered], actor: str) -> LivingRun:
    """The run after these claims, the ones that got no answer before the one that did."""
    with open_work() as work:
        entries: list[AuditEntry] = []
        found = 0
        for answered in answers:
            new = _list_new(work, answered, run.source)
            records = {one.pmid: one for one in answered.evidence.citations}
            work.citations.save([records[one.pmid] for one in new])
            count = work.living.add(new)
            work.living.keep_look(_describe(answered, run.source))
            found += count
            if count:
                place = answered.asked.place
                values = (
                    ("source", run.source),
                    ("version", str(place.version_id)),
                    ("findings", str(count)),
                    ("from", answered.asked.since.isoformat()),
                )
                action, subject = AuditAction.NEW_RECORDS_FOUND, f"claim:{place.claim_id}"
                entries.append(AuditEntry(answered.tried_at, actor, action, subject, values))
        after = replace(
            run,
            cursor=answers[-1].asked.place.claim_id,
            done=run.done + len(answers),
            found=run.found + found,
            failed=run.failed + sum(one.failed is not None for one in answers),
            tried_at=answers[-1].tried_at,
            failure="",
        )
        _move_on(work, run, after)
        if entries:
            work.commit(*entries)
        else:
            work.commit_passing()
    return after


def _list_new(work: UnitOfWork, answered: _Answered, source: str) -> tuple[NewRecord, ...]:
    """The records on topic that are not under the claim, in the order of their relevance."""
    place = answered.asked.place
    known = {finding.pmid for finding in work.searches.load_findings([place.claim_id])[place.claim_id]}
    return tuple(
        NewRecord(
            *place,
            finding.pmid,
            source,
            finding.rung,
            1.0 if finding.relevance is None else finding.relevance,
            answered.tried_at,
        )
        for finding in answered.evidence.findings
        if finding.on_topic and finding.pmid not in known
    )


def _describe(answered: _Answered, source: str) -> LivingLook:
    """The look: one that failed is none from which the next goes on, whatever it brought."""
    lost, asked = answered.failed, answered.asked
    return LivingLook(
        asked.place.claim_id,
        source,
        answered.tried_at,
        asked.asked_at if lost else answered.tried_at,
        SearchStatus.FAILED if lost else answered.evidence.status,
        len(answered.evidence.findings),
        (lost.failure or "records_lost") if lost else "",
    )


def _end(open_work: OpenWork, run: LivingRun, actor: str, at: datetime) -> None:
    with open_work() as work:
        _move_on(work, run, replace(run, ended_at=at, tried_at=at, failure=""))
        counted = (("claims", run.done), ("findings", run.found), ("failed", run.failed))
        values = (("source", run.source), *((name, str(count)) for name, count in counted))
        work.commit(AuditEntry(at, actor, AuditAction.LIVING_ENDED, f"living:{run.id}", values))


def _move_on(work: UnitOfWork, before: LivingRun, after: LivingRun) -> None:
    if not work.living.move_on(before, after):
        raise VersionConflict("living_taken_over")
