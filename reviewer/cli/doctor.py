"""``konkyo doctor``: what is set up, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version

import click

from claims.errors import KonkyoError, StoreError
from claims.network import list_faults
from reviewer.bootstrap import Application, open_application
from reviewer.cli.checkup import (
    Line,
    State,
    check_answer,
    check_database,
    check_fonts,
    check_home,
    check_lexicon,
    check_library,
    check_mail,
    check_trail_head,
)
from reviewer.error_messages import describe_error
from reviewer.home import list_open_to_others
from reviewer.i18n import format_count
from reviewer.settings import Settings, load_settings
from reviewer.wording_rules import load_wording_rules

OWN_PACKAGES = ("claims", "db", "reviewer", "app")


@click.command()
@click.option("--online", is_flag=True, help="Also ask NCBI one question; nothing is asked otherwise.")
def doctor(online: bool) -> None:
    """Say what is set up, and what is missing.

    Each line that is not "ok" says what to do: "note" is worth looking after, "absent" is not needed,
    "WRONG" is in the way. Ends with exit code 1 when something is WRONG.
    """
    sound = True
    for state, line in _look(load_settings(), online):
        click.echo(f"{state.value:8}{line}")
        sound = sound and state is not State.WRONG
    sys.exit(0 if sound else 1)


def find_strangers() -> dict[str, list[str]]:
    """Our package names that another distribution claims too, with all who claim them."""
    owners = packages_distributions()
    return {
        name: sorted(set(owners[name]))
        for name in OWN_PACKAGES
        if name in owners and set(owners[name]) != {"konkyo"}
    }


def _look(settings: Settings, online: bool) -> Iterator[Line]:
    yield State.OK, f"konkyo {version('konkyo')}"
    strangers = find_strangers()
    for name, owners in strangers.items():
        yield (
            State.WRONG,
            f"package {name} is claimed by {', '.join(owners)}: use a virtual environment of its own",
        )
    if not strangers:
        yield State.OK, "packages claims, db, reviewer are konkyo's alone"
    for fault in list_faults(settings.entrez_url):
        yield State.WRONG, f"network: {describe_error(fault)}"
    try:
        rules = load_wording_rules(settings.wording_rules).rules
    except KonkyoError as error:
        yield State.WRONG, f"wording rules: {describe_error(error)}"
        return
    if settings.wording_rules is not None:
        yield State.OK, f"wording rules {settings.wording_rules}: {format_count(len(rules), 'rule')}"
    open_before = list_open_to_others(settings)
    try:
        application = open_application(settings)
    except KonkyoError as error:
        of = "database" if isinstance(error, StoreError) else f"home {settings.home}"
        yield State.WRONG, f"{of}: {describe_error(error)}"
        yield from _check_settings(settings)
        return
    yield from check_home(settings, open_before)
    yield from _check_parts(application)
    yield from _check_settings(settings)
    if online:
        yield from check_answer(application, "pubmed", application.now)


def _check_parts(application: Application) -> Iterator[Line]:
    for check in (check_database, check_trail_head, check_fonts, check_lexicon, check_library, check_mail):
        yield from check(application)


def _check_settings(settings: Settings) -> Iterator[Line]:
    yield State.OK, f"entrez {settings.entrez_url}"
    if settings.ncbi_email:
        yield State.OK, "NCBI_EMAIL set"
    else:
        yield State.ABSENT, "NCBI_EMAIL: add NCBI_EMAIL=you@example.org to .env to search PubMed"
    if settings.ncbi_api_key:
        yield State.OK, "NCBI_API_KEY set"
    else:
        yield State.ABSENT, "NCBI_API_KEY: 3 requests a second instead of 10"
