"""``konkyo claim``: what people make of claims by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import click

from claims.errors import NotFound
from claims.records.claim import ClaimType
from claims.records.people import User
from claims.records.proposal import Proposal, ProposedStep
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.accounts.offline import OPERATOR
from reviewer.bootstrap import Application
from reviewer.cli.choices import EnumChoice
from reviewer.cli.opening import open_chosen, pass_application
from reviewer.workflow.amending import restore_claim, restore_unit, reword_reading
from reviewer.workflow.loading import number_dropped
from reviewer.workflow.merging_splitting import add_claim, find_sentences
from reviewer.workflow.proposing import change_by_hand

_TYPES = EnumChoice(ClaimType)


@click.group()
def claim() -> None:
    """Add, merge, split, dismiss, restore, retype or reword claims by hand.

    VERSION is the number that ingest printed, NUMBER a claim's in `konkyo claims VERSION`. Every step is in
    the audit trail; grades, judgements and what was found are never lost by one. What others settled is not
    undone by one person: the step is proposed, and somebody else confirms it in the review room.
    """


@claim.command()
@click.argument("version", type=int)
@click.option("--first", required=True, help="How its first sentence begins.")
@click.option("--last", default="", help="How its last sentence begins. Default: it is one sentence.")
@click.option("--type", "kind", type=_TYPES, help="Default: what the words say.")
@pass_application
def add(application: Application, version: int, first: str, last: str, kind: ClaimType | None) -> None:
    """Make a claim of the sentences from the first to the last, worded as in the article."""
    with application.work() as work:
        start, end = find_sentences(work, version, first, last)
        _tell("added", add_claim(work, version, start, end, OPERATOR, application.now(), kind))


@claim.command()
@click.argument("version", type=int)
@click.argument("numbers", type=int, nargs=-1, required=True)
@pass_application
def merge(application: Application, version: int, numbers: tuple[int, ...]) -> None:
    """Make one claim of several that stand next to each other.

    What was found for them is suggested for it; where one was graded it is stale. Splitting it again puts
    them back as they were.
    """
    _take(application, "merged", version, numbers, ProposedStep.MERGE)


@claim.command()
@click.argument("version", type=int)
@click.argument("number", type=int)
@click.option("--reading", "readings", multiple=True, help="A stand-alone wording; give it twice or more.")
@pass_application
def split(application: Application, version: int, number: int, readings: tuple[str, ...]) -> None:
    """Make several claims of one: one for each --reading, or without any one for each sentence.

    Claims of several readings keep the whole sentence as their text. What was found for the claim is
    suggested for each; where it was graded they are stale. Merging them puts it back as it was.
    """
    _take(application, "split", version, [number], ProposedStep.SPLIT, readings)


@claim.command()
@click.argument("version", type=int)
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it is no claim for this review.")
@pass_application
def dismiss(application: Application, version: int, number: int, reason: str) -> None:
    """Take a claim out of the review, for a reason."""
    _take(application, "dismissed", version, [number], ProposedStep.DISMISS, [reason])


@claim.command()
@click.argument("version", type=int)
@click.argument("number")
def restore(version: int, number: str) -> None:
    """Bring back a dismissed claim (NUMBER 12), or make a claim of a dropped unit (NUMBER d3).

    `konkyo claims VERSION --all` shows both numbers.
    """
    place = number.removeprefix("d")
    if not (place.isascii() and place.isdigit()):
        raise click.BadParameter("give a number as `konkyo claims VERSION --all` shows it: 12 or d3")
    application = open_chosen()
    if place == number:
        _change(application, "restored", version, int(place), restore_claim)
        return
    with application.work() as work:
        dropped = number_dropped(work, version).get(int(place))
        if dropped is None:
            raise NotFound("unit_number_missing", number=place, version=version)
        _tell("restored", restore_unit(work, dropped, OPERATOR, application.now()))


@claim.command()
@click.argument("version", type=int)
@click.argument("number", type=int)
@click.argument("kind", metavar="TYPE", type=_TYPES)
@pass_application
def retype(application: Application, version: int, number: int, kind: ClaimType) -> None:
    """Give a claim another type. Its grade stays; evidence levels follow the type.

    TYPE is efficacy, mechanism, comparison, safety, epidemiology, guideline, regulatory, definition,
    testimonial.
    """
    _take(application, "retyped", version, [number], ProposedStep.RETYPE, [kind.value])


@claim.command()
@click.argument("version", type=int)
@click.argument("number", type=int)
@click.argument("reading")
@pass_application
def reword(application: Application, version: int, number: int, reading: str) -> None:
    """Give a claim another stand-alone wording; the article's own stays beside it.

    A grade stays and is flagged until it is given to the new wording.
    """
    _change(
        application,
        "reworded",
        version,
        number,
        lambda work, seen, *by: reword_reading(work, seen, reading, *by),
    )


def _take(
    application: Application,
    told: str,
    version: int,
    numbers: Sequence[int],
    step: ProposedStep,
    words: Sequence[str] = (),
) -> None:
    """Take a step that may need a second person, and say what came of it."""
    with application.work() as work:
        seen = [_find_claim(work, version, number) for number in numbers]
        done = change_by_hand(work, step, seen, words, OPERATOR, application.now())
    if isinstance(done, Proposal):
        click.echo("proposed: others settled this; a second person confirms it in the review room")
    else:
        _tell(told, *done)


def _change(
    application: Application,
    told: str,
    version: int,
    number: int,
    step: Callable[[UnitOfWork, ReviewClaim, User, datetime], ReviewClaim],
) -> None:
    """Take one step on one claim and say what came of it."""
    with application.work() as work:
        seen = _find_claim(work, version, number)
        _tell(told, step(work, seen, OPERATOR, application.now()))


def _find_claim(work: UnitOfWork, version: int, number: int) -> ReviewClaim:
    work.articles.get_version(version)
    for known in work.claims.list_claims(version):
        if known.number == number:
            return known
    raise NotFound("claim_number_missing", number=number, version=version)


def _tell(step: str, *claims: ReviewClaim) -> None:
    for known in claims:
        words = known.claim
        reading = f"  [{words.read_as}]" if words.read_as != words.text else ""
        told = f"{known.number}  {known.status.value}  {words.type.value}  {words.text}{reading}"
        click.echo(f"{step}: {told}")
