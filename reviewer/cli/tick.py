"""``konkyo tick``: what is due by the clock, for cron and for houses whose server is not up at night."""

from __future__ import annotations

import sys
from datetime import tzinfo

import click

from claims.records.job import JobOrder, JobState
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application, do_job
from reviewer.cli.opening import pass_application
from reviewer.cli.search import SOURCE
from reviewer.error_messages import describe_code
from reviewer.jobs import JobRunner
from reviewer.labels import MET_LABELS
from reviewer.moments import write_moment
from reviewer.settings import RECHECK_HOURS
from reviewer.workflow.jobs import JobDesk
from reviewer.workflow.recheck_runs import KEY, ToldRun, find_due, find_pause, list_rechecks, order_recheck
from reviewer.workflow.review_days import KeptDays, keep_days

_SHOWN_RUNS, _SHOWN_NOTES = 5, 200


@click.command()
@click.option("--now", "at_once", is_flag=True, help="Whether due or not, and in NCBI's busy hours too.")
@click.option("--source", "where", type=SOURCE, help="Default: the library once there is one, else pubmed.")
@click.option("--status", "only_tell", is_flag=True, help="Do nothing: tell of the latest runs.")
@pass_application
def tick(application: Application, at_once: bool, where: str | None, only_tell: bool) -> None:
    """Do what is due by the clock: look again at the papers under live claims, remind of reviews.

    For cron, every few minutes or once a night: a recheck is due KONKYO_RECHECK_HOURS after the last one
    began (24), and one that was left open is gone on with where it stopped. NCBI is not asked on weekdays
    from 5:00 to 21:00 US Eastern time. Two ticks at once do it once. Told are papers that were retracted,
    corrected or updated, records that are gone or became others, and what got no answer; published claims
    whose paper fell are marked, and editor and author are told. Exit code 1: the source is away, and the next
    tick goes on.

    By when the evidence of each published version is to be looked at again is counted, by rules and by
    KONKYO_REVIEW_MONTHS. Editors and authors are told KONKYO_REVIEW_SOON_DAYS before (30) and on the day, and
    the claims whose day has come are marked.
    """
    zone = application.settings.time_zone
    if not only_tell:
        kept = keep_days(application.work, application.review_rules, application.now(), OPERATOR.name)
        if kept != KeptDays():
            click.echo(
                f"days of the next review: {kept.counted} counted, {kept.told} told of; "
                f"claims that need review: {kept.raised} more, {kept.lifted} no longer"
            )
        told, failed = _do(application, where or application.default_source, at_once)
        click.echo(told, err=failed)
        if failed:
            sys.exit(1)
    with application.reading() as work:
        runs = list_rechecks(work, OPERATOR, _SHOWN_RUNS if only_tell else 1, _SHOWN_NOTES)
    for run in runs:
        for line in _describe(run, zone):
            click.echo(line)


def _do(application: Application, where: str, at_once: bool) -> tuple[str, bool]:
    """What was done, and whether the source was away."""
    source = application.open_source(where)
    order: JobOrder | None = order_recheck(where, 0, OPERATOR.name)
    if not at_once:
        pause = find_pause(source, application.now())
        if pause is not None:
            until = write_moment(pause, application.settings.time_zone)
            return f"waiting: NCBI's busy hours last until {until}", False
        hours = application.settings.recheck_hours or RECHECK_HOURS
        with application.reading() as work:
            order = find_due(work, source, hours, application.now(), OPERATOR.name)
    if order is None:
        return "nothing is due", False
    desk = JobDesk(application.work)
    before = desk.start(order)
    JobRunner(desk, lambda job: do_job(application, job)).run(KEY)
    job = desk.find(KEY)
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
