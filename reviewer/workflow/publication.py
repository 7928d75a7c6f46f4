"""A version as it goes to its readers: its text, what was decided of it, and by whom it was reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from claims.records.article import Original
from claims.records.decision import Decision, VersionState
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.closing import load_declarations
from reviewer.workflow.loading import load_version
from reviewer.workflow.review_days import load_review_day
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.states import load_state


@dataclass(frozen=True, slots=True)
class PublicReviewer:
    """Who graded or adjudicated: name and qualification, "" unless they agreed to be named."""

    full_name: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """A version with its claims as they are open to everybody, and the file that it was read from, if kept.

    ``approved_at`` is when the text was approved last, ``None`` unless that still holds. ``under_review`` are
    the claims that need review after publication; by ``review_on`` the evidence is to be looked at again.
    """

    version: ArticleVersion
    state: VersionState
    dossiers: tuple[Dossier, ...]
    reviewers: tuple[PublicReviewer, ...]
    original: Original | None = None
    approved_at: datetime | None = None
    under_review: frozenset[int] = frozenset()
    review_on: date | None = None


def load_publication(work: UnitOfWork, version_id: int) -> Publication:
    """The version as of the decision that closed it, else as it stands. Raises ``NotFound``.

    Whether a person is named is what they say today.
    """
    version, dossiers = load_version(work, version_id, None)
    state = load_state(work, version_id)
    original = work.articles.get_original(version_id) if work.articles.has_original(version_id) else None
    approvals = (
        decision.decided_at
        for decision in reversed(work.decisions.list_decisions(version_id))
        if state.is_signed and decision.state is VersionState.APPROVED
    )
    reviewers = tuple(_show_reviewers(work, version_id, dossiers))
    marked = frozenset(mark.claim_id for mark in load_marks(work, version_id))
    day, _ = load_review_day(work, version_id)
    again = day.due_on if day else None
    return Publication(version, state, dossiers, reviewers, original, next(approvals, None), marked, again)


def _show_reviewers(
    work: UnitOfWork, version_id: int, dossiers: Iterable[Dossier]
) -> Iterator[PublicReviewer]:
    """Everybody whose grade or decision stands under some claim, in the order of the claims."""
    people = {person.name: person for person in work.people.list_users()}
    declared = load_declarations(work, version_id)
    verdicts = [dossier.verdict for dossier in dossiers if dossier.verdict is not None]
    names = dict.fromkeys(
        name
        for verdict in verdicts
        for name in (*verdict.graders, verdict.adjudication.adjudicated_by if verdict.adjudication else "")
        if name
    )
    for name in names:
        person = people.get(name)
        if person is None or not person.may_be_named:
            yield PublicReviewer()
        else:
            told = declared[name].qualification if name in declared else person.qualification
            yield PublicReviewer(person.full_name, told)


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version with what editors decided of it, oldest first, and the file it was read from, if kept."""

    version: ArticleVersion
    state: VersionState
    decisions: tuple[Decision, ...]
    original: Original | None = None


def load_versions(work: UnitOfWork, version_id: int) -> tuple[StoredVersion, ...]:
    """The version and those before it in its article, by number. Raises ``NotFound``."""
    work.articles.get_version(version_id)
    return tuple(
        StoredVersion(
            work.articles.get_version(number),
            load_state(work, number),
            work.decisions.list_decisions(number),
            work.articles.get_original(number) if work.articles.has_original(number) else None,
        )
        for number in work.articles.list_until(version_id)
    )


def load_full_names(work: UnitOfWork) -> dict[str, str]:
    """The full name of each account, by the name that grades and flags are kept under."""
    return {person.name: person.full_name for person in work.people.list_users()}
