"""``konkyo worker``: searches that the review room starts, done beside its servers."""

from __future__ import annotations

import click

from reviewer.bootstrap import open_worker
from reviewer.monitoring.logs import start_logging
from reviewer.settings import load_settings


@click.command()
@click.option(
    "--concurrency",
    default=2,
    show_default=True,
    type=click.IntRange(1, 32),
    help="How many searches are done at once.",
)
def worker(concurrency: int) -> None:
    """Do the searches that the review room starts, as one of many workers on PostgreSQL.

    Runs until it is stopped with Ctrl+C or SIGTERM; what it was at work at is given back, and another worker
    goes on with it. Servers hand their searches to workers where KONKYO_QUEUE=workers is set.
    """
    settings = load_settings()
    start_logging(settings)
    working = open_worker(settings, concurrency)
    click.echo(f"working, {concurrency} at once (stop with Ctrl+C)", err=not settings.log_json)
    working.run()
