"""``konkyo where``: the articles, versions and claims that use a paper, a sentence or a document."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import Any

import click

from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.opening import pass_application
from reviewer.moments import write_date, write_moment
from reviewer.workflow.tracing import Use, trace


@click.command()
@click.argument("what")
@click.option("--all", "with_older", is_flag=True, help="Versions that others took the place of, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"], case_sensitive=False),
    default="text",
    show_default=True,
)
@pass_application
def where(application: Application, what: str, with_older: bool, form: str) -> None:
    """Tell where a paper, a claim's sentence or a document is used.

    WHAT is a PMID, a DOI, a claim by its number in the trail (claim:7) or by its sentence, or a document
    (document:7, its address or its title). Told are each article's newest version and the one that its
    readers have. One line a use: version, its state, claim, what it is to the claim (attached: a reviewer
    judged it to bear on it; suggested; document; claim), grade, date, article and sentence. What is still
    blind is not told. As JSON lines: article, version_id, version, state, published, claim_id, claim, text,
    used_as, pmid, status, grade, needs_review, dated. That it is used nowhere is told
    on standard error.
    """
    with application.reading() as work:
        found = trace(work, what, OPERATOR, with_older)
    zone = application.settings.time_zone
    for use in found.uses:
        click.echo(
            json.dumps(_to_json(use, zone), ensure_ascii=False) if form == "jsonl" else _describe(use, zone)
        )
    if not found.uses:
        click.echo(f"used nowhere ({found.asked.kind.value})", err=True)


def _describe(use: Use, zone: tzinfo) -> str:
    claim = use.dossier.claim
    parts = (
        f"version {use.version.id}",
        use.state.value + (" (needs review)" if use.needs_review else ""),
        f"claim {claim.number}",
        f"{use.used_as.value}{f' PMID {use.pmid}' if use.pmid else ''}",
        use.grade.value if use.grade else use.status.value,
        write_date(use.dated, zone),
        f"{use.version.title}, version {use.version.number}",
        claim.claim.text,
    )
    return "\t".join(parts)


def _to_json(use: Use, zone: tzinfo) -> dict[str, Any]:
    claim = use.dossier.claim
    return {
        "article": use.version.title,
        "version_id": use.version.id,
        "version": use.version.number,
        "state": use.state.value,
        "published": use.is_published,
        "claim_id": claim.id,
        "claim": claim.number,
        "text": claim.claim.text,
        "used_as": use.used_as.value,
        "pmid": use.pmid,
        "status": use.status.value,
        "grade": use.grade.value if use.grade else None,
        "needs_review": use.needs_review,
        "dated": write_moment(use.dated, zone),
    }
