"""``konkyo query``: the concepts of a claim and the queries built from them."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from claims.articles.language import guess_language
from claims.search.query import build_plan
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application


@click.command()
@click.argument("text")
@click.option("--heading", default="", help="The heading it stands under.")
@click.option("--theme", default="", help="The theme it stands under.")
@pass_application
def query(application: Application, text: str, heading: str, theme: str) -> None:
    """Show the concepts of a claim and the queries built from them, as JSON.

    ``unmapped`` are the words without English: give them theirs with ``konkyo lexicon add``.
    """
    lexicon = application.lexicon()
    plan = build_plan(text, theme, heading, guess_language(text), lexicon)
    click.echo(json.dumps(asdict(plan), ensure_ascii=False, indent=2))
