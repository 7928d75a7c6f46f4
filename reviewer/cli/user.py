"""``konkyo user``: the accounts of the review room."""

from __future__ import annotations

import sys

import click

from claims.records.people import Role, User
from reviewer.accounts.elsewhere import link_account, unlink_account
from reviewer.accounts.managing import (
    add_user,
    change_password,
    change_roles,
    close_account,
    load_accounts,
)
from reviewer.accounts.naming import set_naming
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.choices import EnumChoice
from reviewer.cli.opening import pass_application

_ROLES = click.option(
    "--role", "roles", multiple=True, required=True, type=EnumChoice(Role), help="May be repeated."
)


@click.group()
def user() -> None:
    """Make, list, change and close the accounts of the review room."""


@user.command()
@click.argument("name")
@_ROLES
@click.option("--full-name", default="", help="As it is shown to colleagues.")
@click.option("--qualification", default="", help='For the report: "board-certified dermatologist".')
@click.option("--email", default="", help="To recognise who signs in elsewhere (OIDC).")
@pass_application
def add(
    application: Application,
    name: str,
    roles: tuple[Role, ...],
    full_name: str,
    qualification: str,
    email: str,
) -> None:
    """Make an account. The password is asked for, or read from standard input where that is no terminal."""
    with application.work() as work:
        made = add_user(
            work, OPERATOR, name, _read_password(), roles, application.now(), full_name, qualification, email
        )
    click.echo(_tell(made))
    click.echo(f"{name}: chooses a password of their own at the first sign-in", err=True)


@user.command("list")
@pass_application
def list_users(application: Application) -> None:
    """List all accounts."""
    with application.work() as work:
        for person in load_accounts(work, OPERATOR):
            click.echo(_tell(person))


@user.command()
@click.argument("name")
@_ROLES
@pass_application
def roles(application: Application, name: str, roles: tuple[Role, ...]) -> None:
    """Give an account these roles instead of those it has; a closed one is opened again."""
    with application.work() as work:
        click.echo(_tell(change_roles(work, OPERATOR, name, roles, True, application.now())))


@user.command()
@click.argument("name")
@pass_application
def password(application: Application, name: str) -> None:
    """Give an account a new password and end its sign-ins."""
    with application.work() as work:
        change_password(work, OPERATOR, name, _read_password(), application.now())
    click.echo(f"{name}: new password until the next sign-in, signed out everywhere")


@user.command()
@click.argument("name")
@click.option("--allow/--refuse", "allowed", required=True, help="What the person said.")
@pass_application
def naming(application: Application, name: str, allowed: bool) -> None:
    """Record whether NAME agreed, in writing, to be named in articles; each can say so under "My account"."""
    with application.work() as work:
        set_naming(work, OPERATOR, name, allowed, application.now())
    click.echo(f"{name}: {'may' if allowed else 'may not'} be named in articles")


@user.command()
@click.argument("name")
@pass_application
def close(application: Application, name: str) -> None:
    """Close an account: nobody signs in with it, and what it did stays."""
    with application.work() as work:
        click.echo(_tell(close_account(work, OPERATOR, name, application.now())))


@user.command()
@click.argument("name")
@click.argument("issuer")
@click.argument("subject")
@pass_application
def link(application: Application, name: str, issuer: str, subject: str) -> None:
    """Let who signs in elsewhere as SUBJECT of ISSUER come in as NAME, and nobody else."""
    with application.work() as work:
        link_account(work, OPERATOR, name, issuer, subject, application.now())
    click.echo(f"{name}: {subject} of {issuer}")


@user.command()
@click.argument("name")
@pass_application
def unlink(application: Application, name: str) -> None:
    """Forget who comes in as NAME from elsewhere; its verified e-mail address is linked anew."""
    with application.work() as work:
        unlink_account(work, OPERATOR, name, application.now())
    click.echo(f"{name}: linked to nobody, signed out everywhere")


def _read_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password (at least 12 characters)", hide_input=True, confirmation_prompt=True))


def _tell(person: User) -> str:
    closed = "" if person.active else "  (closed)"
    return f"{person.name}  {', '.join(person.roles)}  {person.full_name}{closed}"
