"""``konkyo doctor``: what is set up, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from importlib.metadata import packages_distributions, version

import click

from claims.errors import KonkyoError
from claims.network import list_faults
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import open_application
from reviewer.error_messages import describe_error
from reviewer.i18n import format_count
from reviewer.settings import Settings, load_settings
from reviewer.wording_rules import load_wording_rules
from reviewer.workflow.overview import list_versions

OWN_PACKAGES = ("claims", "db", "reviewer", "app")


class _State(Enum):
    """How a thing stands: it is there, it is not and need not be, or it hinders the work."""

    OK = "ok"
    ABSENT = "absent"
    WRONG = "WRONG"


@click.command()
def doctor() -> None:
    """Say what is set up, and what is missing.

    Ends with exit code 1 when something needed is wrong; what is merely absent is said with its remedy.
    """
    sound = True
    for state, line in _look(load_settings()):
        click.echo(f"{state.value:8}{line}")
        sound = sound and state is not _State.WRONG
    sys.exit(0 if sound else 1)


def find_strangers() -> dict[str, list[str]]:
    """Our package names that another distribution claims too, with all who claim them."""
    owners = packages_distributions()
    return {
        name: sorted(set(owners[name]))
        for name in OWN_PACKAGES
        if name in owners and set(owners[name]) != {"konkyo"}
    }


def _look(settings: Settings) -> Iterator[tuple[_State, str]]:
    yield _State.OK, f"konkyo {version('konkyo')}"
    strangers = find_strangers()
    for name, owners in strangers.items():
        yield (
            _State.WRONG,
            f"package {name} is claimed by {', '.join(owners)}: use a virtual environment of its own",
        )
    if not strangers:
        yield _State.OK, "packages claims, db, reviewer are konkyo's alone"
    for fault in list_faults(settings.entrez_url):
        yield _State.WRONG, f"network: {describe_error(fault)}"
    yield _State.OK, f"home {settings.home}"
    try:
        rules = load_wording_rules(settings.wording_rules).rules
    except KonkyoError as error:
        yield _State.WRONG, f"wording rules: {describe_error(error)}"
        return
    if settings.wording_rules is not None:
        yield _State.OK, f"wording rules {settings.wording_rules}: {format_count(len(rules), 'rule')}"
    try:
        application = open_application(settings)
        with application.reading() as work:
            versions = list_versions(work, OPERATOR)
    except KonkyoError as error:
        yield _State.WRONG, f"database: {describe_error(error)}"
        return
    kind = settings.database_url.split(":", 1)[0]
    yield _State.OK, f"database {kind}: {format_count(len(versions), 'article version')}"
    if application.library.exists:
        yield _State.OK, f"library: {format_count(application.library.count(), 'record')}"
    else:
        yield _State.ABSENT, "library: none yet (konkyo library import FILE...)"
    yield _State.OK, f"entrez {settings.entrez_url}"
    if settings.ncbi_email:
        yield _State.OK, "NCBI_EMAIL set"
    else:
        yield _State.ABSENT, "NCBI_EMAIL: add NCBI_EMAIL=you@example.org to .env to search PubMed"
    if settings.ncbi_api_key:
        yield _State.OK, "NCBI_API_KEY set"
    else:
        yield _State.ABSENT, "NCBI_API_KEY: 3 requests a second instead of 10"
