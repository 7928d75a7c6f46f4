"""``konkyo report``: the review of a stored article as a file."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.cli.telling import tell_trail_head
from reviewer.cli.writing import writing
from reviewer.exports.exporting import export_report, export_table_into
from reviewer.exports.registry import DEFAULT_FORMAT, FORMATS, TABLES
from reviewer.exports.report_formats import REPORT_FORMATS
from reviewer.exports.table import ExportRequest
from reviewer.i18n import LOCALES
from reviewer.labels import tell_closing
from reviewer.moments import write_moment
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.closing import find_closing

# Every kind of file, those for people after those for programs.
_ENDINGS = tuple(dict.fromkeys((*FORMATS, *REPORT_FORMATS)))


OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help=f"The file to write; its ending says in which format: {', '.join(_ENDINGS)}.",
)
LANGUAGE = click.option(
    "--language",
    "--locale",
    "locale",
    type=click.Choice(LOCALES, case_sensitive=False),
    help="Of the whole report, by default the article's; of a table, that of its grade labels alone, by"
    " default en.",
)


@click.command()
@click.argument("version", type=int)
@OUT
@click.option(
    "--format",
    "form",
    type=click.Choice(_ENDINGS, case_sensitive=False),
    help=f"{', '.join(REPORT_FORMATS)}: the whole report; {', '.join(FORMATS)}: a table.  [default: csv]",
)
@click.option(
    "--table",
    type=click.Choice(list(TABLES), case_sensitive=False),
    help=f"{'; '.join(f'{name}: {table.title}' for name, table in TABLES.items())}.  [default: claims]",
)
@LANGUAGE
@click.option(
    "--columns",
    type=click.Choice(LOCALES, case_sensitive=False),
    default="en",
    help="The language of the columns' names in a table or a workbook; codes stay.  [default: en]",
)
@pass_application
def report(
    application: Application,
    version: int,
    out: Path,
    form: str | None,
    table: str | None,
    locale: str | None,
    columns: str,
) -> None:
    """Write the review report of a stored article.

    VERSION is the number that ingest printed. As csv it has one row a claim; --table asks for another table.
    Excel and LibreOffice open it as it is. The other formats hold the whole report: what was graded and what
    is open, the method with its searches, each claim with its evidence, references, agreement, interests and
    signatures; an article that nobody graded says so on its face. A grade that is still blind is in none of
    them. A version that is approved
    or published is reported as it was then; only the standing of its papers is the latest that was looked up.
    """
    ending = form or _read_ending(out)
    if table is not None and ending not in FORMATS and ending in REPORT_FORMATS:
        raise click.UsageError(f"--table is for {', '.join(FORMATS)}: {ending} holds the whole report")
    if columns != "en" and ending in REPORT_FORMATS and ending not in FORMATS:
        raise click.UsageError(f"--columns is for {', '.join(FORMATS)}: {ending} has no columns")
    write_report(application, version, out, locale, table, ending, columns)
    click.echo(str(out.absolute()))


def write_report(
    application: Application,
    version_id: int,
    out: Path,
    locale: str | None = None,
    table: str | None = None,
    ending: str = "",
    columns: str = "en",
) -> None:
    """Write the whole report, or one of ``TABLES``, to ``out``, whole or not at all.

    ``ending`` is one of ``FORMATS`` or of ``REPORT_FORMATS``, that of ``out`` where none is given; any other
    gets the default one. The trail tells of it before the file is there: nothing leaves the house untold. As
    of when a closed version is shown is said on standard error.
    """
    ending = ending or _read_ending(out)
    request = ExportRequest(version_id, OPERATOR, application.settings.time_zone, locale or "", columns)
    with writing(out) as file, application.exporting() as work:
        closing = find_closing(work, version_id)
        if table is None and ending in REPORT_FORMATS:
            file.write(export_report(work, ending, request, application.now()))
        else:
            form = ending if ending in FORMATS else DEFAULT_FORMAT
            export_table_into(file, work, table or "claims", request, application.now(), form)
        head = find_trail_head(work)
    tell_trail_head(head)
    if closing is not None:
        moment = closing.shown_as_of
        when = "" if moment is None else write_moment(moment, application.settings.time_zone)
        click.echo(tell_closing(closing.state, when, "en"), err=True)


def _read_ending(out: Path) -> str:
    return out.suffix.removeprefix(".").lower()
