"""``konkyo demo``: the sample article through everything, without a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from claims.errors import SettingsError
from claims.records.review import ArticleVersion
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import Application, open_application
from reviewer.cli.ingest import ingest_source
from reviewer.cli.report import write_report
from reviewer.cli.sample_review import read_sample_review
from reviewer.cli.search import search_version
from reviewer.cli.serve import serve_dashboard
from reviewer.cli.telling import tell_command
from reviewer.i18n import format_count
from reviewer.rules.dossier import Dossier
from reviewer.settings import load_settings
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.states import load_state

SAMPLES = Path("samples")
ARTICLE = SAMPLES / "article_ja.md"


@click.command()
@click.option("--serve/--no-serve", default=True, help="Open the review room afterwards.")
@click.option("--review/--no-review", default=True, help="Let the sample people review half of the article.")
def demo(serve: bool, review: bool) -> None:
    """Run the sample article through everything: claims, evidence, report, review room.

    The sample people have graded half of version 1, with a conflict, a decision and answered flags; version 2
    is what the author made of it, version 3 an article in English, version 4 a short one that the editor has
    approved. The rest is left to be graded.

    Uses a home of its own inside KONKYO_HOME, so that no sample record ever mixes with real work. Run it in
    the project's folder. The report's path is the last line of standard output; without the review room,
    standard error ends with the command that opens it.
    """
    if not ARTICLE.is_file():
        raise SettingsError("samples_missing")
    settings = load_settings()
    home = settings.home / "demo"
    application = open_application(
        replace(settings, home=home, database_url=f"sqlite:///{home / 'konkyo.db'}", demo=True)
    )
    imported = application.library.import_files(sorted((SAMPLES / "library").glob("*.xml")))
    click.echo(
        f"sample library: {format_count(imported.read, 'record')}, every one a marked sample", err=True
    )
    version = ingest_source(application, str(ARTICLE)).version
    search_version(application, version.id, "library")
    with application.work() as work:
        add_sample_people(work, application.now())
        declare_sample_interests(work, version.id, application.now())
    if review:
        _show_review(application, version)
    with application.work() as work:
        dossiers = load_dossiers(work, work.claims.list_claims(version.id), OPERATOR)
    _print_table(dossiers)
    out = home / "report.csv"
    write_report(application, version.id, out)
    click.echo(str(out.absolute()))
    if serve:
        serve_dashboard(application.settings)
    click.echo(f"to open the review room with it: {tell_command(application.settings, 'serve')}", err=True)


def _show_review(application: Application, version: ArticleVersion) -> None:
    """Have the article reviewed and revised, and two others beside it: one in English, one approved."""
    sample = read_sample_review(application, SAMPLES / "review.toml")
    if sample.review(version):
        search_version(application, sample.revise(version).version.id, "library")
    english = _bring_in(application, "article_en.md")
    read_sample_review(application, SAMPLES / "review_en.toml").review(english)
    short = _bring_in(application, "article_ja_short.md")
    sample = read_sample_review(application, SAMPLES / "review_short.toml")
    sample.review(short)
    sample.approve(short)


def _bring_in(application: Application, name: str) -> ArticleVersion:
    """The sample article with its citations, about which the sample people have no interests to declare."""
    version = ingest_source(application, str(SAMPLES / name)).version
    with application.reading() as work:
        if load_state(work, version.id).is_signed:
            return version
    search_version(application, version.id, "library")
    with application.work() as work:
        declare_sample_interests(work, version.id, application.now())
    return version


def _print_table(dossiers: tuple[Dossier, ...]) -> None:
    """Print each claim with its best citation, or with how its search ended where it has none."""
    found = sum(bool(d.found) for d in dossiers)
    title = f"{format_count(len(dossiers), 'claim')}, {found} with citations"
    table = Table(title=title, box=SIMPLE, expand=True)
    table.add_column("no.", justify="right")
    table.add_column("claim", overflow="fold", ratio=1)
    for column in ("type", "best citation"):
        table.add_column(column, no_wrap=True)
    table.add_column("study", overflow="fold", max_width=18)
    for dossier in dossiers:
        claim, best = dossier.claim.claim, next(iter(dossier.found), None)
        study = f"{best.study.design.value}, {best.study.species.value}" if best else ""
        cited = best.pmid if best else dossier.search_status.value
        table.add_row(str(dossier.claim.number), claim.text, claim.type.value, cited, study)
    Console().print(table)
