"""``konkyo tick``: what is due by the clock, for cron and for houses whose server is not up at night."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import tzinfo

import click

from claims.records.job import JobOrder, JobState
from claims.records.living import LivingRun
from claims.search.ports import EvidenceSource
from db.unit_of_work import UnitOfWork
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, do_job
from reviewer.cli.opening import pass_application
from reviewer.cli.search import SOURCE
from reviewer.error_messages import describe_code
from reviewer.jobs import JobRunner
from reviewer.labels import MET_LABELS
from reviewer.moments import write_moment
from reviewer.settings import LIVING_DAYS, RECHECK_HOURS
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.living_runs import KEY as LIVING
from reviewer.workflow.living_runs import find_living, list_living_runs, order_living
from reviewer.workflow.recheck_runs import KEY, ToldRun, find_due, find_pause, list_rechecks, order_recheck
from reviewer.workflow.review_days import KeptDays, keep_days

_SHOWN_RUNS, _SHOWN_NOTES = 5, 200


@click.command()
@click.option("--now", "at_once", is_flag=True, help="Whether due or not, and in NCBI's busy hours too.")
@click.option(
    "--source", "where", type=SOURCE, help="Default: pubmed once NCBI_EMAIL is set, else the library."
)
@click.option("--status", "only_tell", is_flag=True, help="Do nothing: tell of the latest runs.")
@pass_application
def tick(application: Application, at_once: bool, where: str | None, only_tell: bool) -> None:
    """Do what is due by the clock: remind of reviews, look again at papers, search for new ones.

    For cron, every few minutes or once a night: a recheck is due KONKYO_RECHECK_HOURS after the last one
    began (24), and one that was left open is gone on with where it stopped. NCBI is not asked on weekdays
    from 5:00 to 21:00 US Eastern time. Two ticks at once do it once. Told are papers that were retracted,
    corrected or updated, records that are gone or became others, and what got no answer; published claims
    whose paper fell are marked, and editor and author are told. Exit code 1: the source is away, and the next
    tick goes on.

    By when the evidence of each published version is to be looked at again is counted, by rules and by
    KONKYO_REVIEW_MONTHS. Editors and authors are told KONKYO_REVIEW_SOON_DAYS before (30) and on the day, and
    the claims whose day has come are marked.

    Then the searches of published claims are asked again for what is new (KONKYO_LIVING_DAYS, 30), with
    the same pauses and budget; a claim without an answer is told as such, never as one without new papers.
    """
    zone = application.settings.time_zone
    if not only_tell:
        kept = keep_days(application.work, application.review_rules, application.now(), OPERATOR.name)
        if kept != KeptDays():
            click.echo(
                f"days of the next review: {kept.counted} counted, {kept.told} told of; "
                f"claims that need review: {kept.raised} more, {kept.lifted} no longer"
            )
        chosen = where or application.whole_source
        for name, find, order, key in _list_due(application, chosen):
            told, failed = _do(application, chosen, at_once, find, order, key)
            click.echo(f"{name}: {told}", err=failed)
            if failed:
                sys.exit(1)
    with application.reading() as work:
        runs = list_rechecks(work, OPERATOR, _SHOWN_RUNS if only_tell else 1, _SHOWN_NOTES)
        living = list_living_runs(work, OPERATOR, _SHOWN_RUNS if only_tell else 1)
    for run in runs:
        for line in _describe(run, zone):
            click.echo(line)
    for one in living:
        click.echo(_describe_living(one, zone))


def _list_due(
    application: Application, where: str
) -> tuple[tuple[str, Callable[[UnitOfWork, EvidenceSource], JobOrder | None], JobOrder, str], ...]:
    """What is done in turn: its name, how it is found to be due, its order whether due or not, its key."""
    settings, name = application.settings, OPERATOR.name
    hours, days = settings.recheck_hours or RECHECK_HOURS, settings.living_days or LIVING_DAYS
    return (
        (
            "recheck",
            lambda work, source: find_due(work, source, hours, application.now(), name),
            order_recheck(where, 0, name),
            KEY,
        ),
        (
            "new papers",
            lambda work, source: find_living(work, source, days, application.now(), name),
            order_living(where, 0, name),
            LIVING,
        ),
    )


def _do(
    application: Application,
    where: str,
    at_once: bool,
    find: Callable[[UnitOfWork, EvidenceSource], JobOrder | None],
    order: JobOrder | None,
    key: str,
) -> tuple[str, bool]:
    """What was done, and whether the source was away."""
    source = application.open_source(where)
    if not at_once:
        pause = find_pause(source, application.now())
        if pause is not None:
            until = write_moment(pause, application.settings.time_zone)
            return f"waiting: NCBI's busy hours last until {until}", False
        with application.reading() as work:
            order = find(work, source)
    if order is None:
        return "nothing is due", False
    desk = JobDesk(application.work)
    before = desk.start(order)
    JobRunner(desk, lambda job: do_job(application, job)).run(key)
    job = desk.find(key)
    if job is None or (job.number == before.number and not job.is_over):
        return "another process is at work at it", False
    if job.state is JobState.FAILED:
        told = describe_code(job.failure, dict(job.failure_values))
        return f"stopped, and gone on with at a later tick: {told}", True
    return "done what was due", False


def _describe(told: ToldRun, zone: tzinfo) -> list[str]:
    run = told.run
    state = f"ended {write_moment(run.ended_at, zone)}" if run.ended_at else "still open"
    if run.failure:
        state += f", held up: {run.failure}"
    line = (
        f"recheck {run.id} by {run.source}, begun {write_moment(run.begun_at, zone)}, {state}: "
        f"{run.done} of {run.total} papers, {run.checked} told of, {run.changed} changed"
    )
    return [line, *(f"  PMID {one.pmid}: {MET_LABELS[one.met]} {one.about}".rstrip() for one in told.notes)]


def _describe_living(run: LivingRun, zone: tzinfo) -> str:
    state = f"ended {write_moment(run.ended_at, zone)}" if run.ended_at else "still open"
    if run.failure:
        state += f", held up: {run.failure}"
    return (
        f"new papers {run.id} by {run.source}, begun {write_moment(run.begun_at, zone)}, {state}: "
        f"{run.done} of {run.total} claims, {run.found} new on topic, {run.failed} without an answer"
    )
