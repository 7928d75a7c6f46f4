"""The queue: a version's claims with what a person may know of each before opening it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.records.adjudication import Adjudication
from claims.records.assessment import Assessment, ClaimStatus, JudgedCitation, SupportGrade
from claims.records.document import JudgedDocument
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.queue import MOST_COUNTED, QueueCounts, Waiting
from claims.records.review import ArticleVersion, ReviewClaim
from db.repositories.queue_lists import QueueListReader
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_attached, find_judged, find_unjudged_documents
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.loading import load_version
from reviewer.workflow.queue_lists import FILTERS, WHOLE, QueueLine, QueueList, count_shown, list_lines
from reviewer.workflow.repeats import name_words

NO_CLAIMS = QueueCounts({}, {})
_OPEN = frozenset((ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.STALE))


@dataclass(frozen=True, slots=True)
class Queue:
    """The claims of a version as a list of them shows them, the dismissed ones left out.

    ``lines`` are the first of the list, which has ``listed`` of them. Of all claims of the version are
    ``count``, ``graded``, whose grade the viewer knows (it stands or is their own), and ``shown``, how
    many each filter shows. ``following`` is the first of the list that waits. ``counts`` are those of an
    open version. Of many that are found by words not all are counted: the list has more than ``listed``
    unless it ``is_counted``.
    """

    version: ArticleVersion
    lines: tuple[QueueLine, ...]
    listed: int
    count: int
    graded: int
    shown: Mapping[str, int]
    following: int | None
    counts: QueueCounts = NO_CLAIMS
    is_counted: bool = True

    @property
    def claims(self) -> tuple[ReviewClaim, ...]:
        """The claims of the lines."""
        return tuple(line.claim for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Viewer:
    """Somebody before the queue of one version, and what the plan lets them do."""

    user: User
    plan: ReviewPlan

    @property
    def waiting(self) -> Waiting:
        """When a claim of an open version waits for them; for who has no part in it, until it is settled."""
        grades = may(self.user, Permission.GRADE) and self.plan.lets_grade(self.user.name)
        adjudicates = may(self.user, Permission.ADJUDICATE) and self.plan.lets_adjudicate(self.user.name)
        in_conflict = frozenset((ClaimStatus.CONFLICT,))
        if not grades and not adjudicates:
            return Waiting(self.user.name, always=_OPEN, unless_graded=in_conflict)
        return Waiting(
            self.user.name,
            unless_graded=in_conflict if adjudicates else frozenset(),
            unless_done=_OPEN if grades else frozenset(),
        )


def load_queue(
    work: UnitOfWork, version_id: int, viewer: User, asked: QueueList = WHOLE, most: int | None = None
) -> Queue:
    """A list of the queue of a version, ``most`` lines of it, as ``viewer`` may see it. Raises ``NotFound``.

    Of an open version no more is read than is shown. A closed one is read whole, as its decision kept it.
    """
    version = work.articles.get_version(version_id)
    if work.decisions.find_closing(version_id) is not None:
        return _load_closed(work, version, viewer, asked, most)
    who = _Viewer(viewer, load_plan(work, version_id))
    counts, ask, waiting = work.queues.count(version_id, viewer.name), asked.ask, who.waiting
    shown = {name: counts.count_shown(of, waiting) for name, of in FILTERS.items()}
    reader = work.queues.open_list(version_id, ask, waiting)
    ids = reader.list_ids(most)
    listed, is_counted = shown[asked.show], True
    if ask.words:
        listed, is_counted = _count_found(reader, len(ids), most)
    claims = work.queues.load(version_id, ids)
    alike = work.queues.load_alike(version_id, [claim.id for claim in claims]) if counts.repeated else {}
    lines = tuple(
        replace(line, alike=alike.get(line.claim.id, ()))
        for line in read_lines(work, claims, viewer, who.plan)
    )
    following = next((line.claim.id for line in lines if line.is_open), None)
    if following is None and len(lines) < listed and ask.shown.is_open is not False and shown["open"]:
        following = next(iter(reader.list_ids(1, are_open=True)), None)
    return Queue(version, lines, listed, counts.count, counts.graded, shown, following, counts, is_counted)


def _count_found(reader: QueueListReader, read: int, most: int | None) -> tuple[int, bool]:
    """How many claims a list has of which so many were read, and whether that is all of them."""
    if most is None or read < most:
        return read, True
    counted = reader.count(read + MOST_COUNTED)
    return min(counted, read + MOST_COUNTED), counted <= read + MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person chose of a list: ``listed`` are all of it, ``chosen`` theirs, both in its order.

    ``reviewers`` are those of the article, told to whom may assign its claims.
    """

    listed: tuple[int, ...] = ()
    chosen: tuple[ReviewClaim, ...] = ()
    reviewers: tuple[User, ...] = ()


def load_selection(
    work: UnitOfWork, version_id: int, viewer: User, asked: QueueList, marked: Collection[int]
) -> Selection:
    """What of the list is ``marked``. As long as nothing is, nothing of it is read."""
    if not marked:
        return Selection()
    if work.decisions.find_closing(version_id) is not None:
        lines = list_lines(_load_closed_lines(work, version_id, viewer), asked)
        claims = tuple(line.claim for line in lines)
        return Selection(tuple(c.id for c in claims), tuple(c for c in claims if c.id in marked))
    plan = load_plan(work, version_id)
    listed = work.queues.open_list(version_id, asked.ask, _Viewer(viewer, plan).waiting).list_ids(None)
    assigns = may(viewer, Permission.ASSIGN) and plan.reviewers
    users = {user.name: user for user in work.people.list_users()} if assigns else {}
    return Selection(
        listed,
        work.queues.load(version_id, [id for id in listed if id in marked]),
        tuple(users[name] for name in plan.reviewers if name in users),
    )


def count_open(work: UnitOfWork, version_id: int, viewer: User) -> int:
    """How many claims of the version wait for the viewer: of a closed one none."""
    if work.decisions.find_closing(version_id) is not None:
        return 0
    waiting = _Viewer(viewer, load_plan(work, version_id)).waiting
    return work.queues.count(version_id, viewer.name).count_open(waiting)


def find_ways(
    work: UnitOfWork, claim: ReviewClaim, viewer: User, asked: QueueList, plan: ReviewPlan
) -> tuple[int | None, int | None, int | None]:
    """The claims before and after this one in the list, and the next of it that waits for the viewer.

    The claim has its place in the list, whether it is in it or not; a dismissed one has none.
    """
    if work.decisions.find_closing(claim.version_id) is None:
        waiting = _Viewer(viewer, plan).waiting
        return work.queues.open_list(claim.version_id, asked.ask, waiting).find_ways(claim.id)
    lines = list_lines(_load_closed_lines(work, claim.version_id, viewer), asked, keep=claim.id)
    ids = [None, *(line.claim.id for line in lines), None]
    at = ids.index(claim.id) if claim.id in ids else 0
    return (ids[at - 1], ids[at + 1], None) if at else (None, None, None)


def _load_closed(
    work: UnitOfWork, version: ArticleVersion, viewer: User, asked: QueueList, most: int | None
) -> Queue:
    lines = _load_closed_lines(work, version.id, viewer)
    listed = list_lines(lines, asked)
    graded = sum(line.grade is not None for line in lines)
    return Queue(version, listed[:most], len(listed), len(lines), graded, count_shown(lines), None)


def _load_closed_lines(work: UnitOfWork, version_id: int, viewer: User) -> tuple[QueueLine, ...]:
    _, dossiers = load_version(work, version_id, viewer)
    return note_alike([_read_line(dossier, viewer) for dossier in dossiers])


def note_alike(lines: Sequence[QueueLine]) -> tuple[QueueLine, ...]:
    """All lines of a queue, with the numbers of those in the same words."""
    numbers: dict[str, list[int]] = {}
    for line in lines:
        numbers.setdefault(name_words(line.claim.claim), []).append(line.claim.number)
    alike = (tuple(numbers[name_words(line.claim.claim)]) for line in lines)
    return tuple(
        replace(line, alike=same) if len(same) > 1 else line for line, same in zip(lines, alike, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said of a claim: all grades, the viewer's own, to whom it is assigned, whether it waits."""

    claim: ReviewClaim
    grades: tuple[Assessment, ...]
    own: Assessment | None
    assigned: tuple[str, ...]
    waits: bool


def _load_given(work: UnitOfWork, claims: Sequence[ReviewClaim], who: _Viewer) -> Iterator[_Given]:
    ids = [claim.id for claim in claims]
    reopened, documents = work.adjudications.load_reopened(ids), work.documents.load_judgements(ids)
    grades, judgements = work.assessments.load_assessments(ids), work.assessments.load_judgements(ids)
    assigned = work.plans.load_assigned(ids)
    for claim in claims:
        since = reopened[claim.id].sequence if claim.id in reopened else None
        own = find_own_grade(claim, grades[claim.id], who.user.name, since)
        judged = tuple(j for j in judgements[claim.id] if since is None or j.sequence > since)
        papers = tuple(j for j in documents[claim.id] if since is None or j.sequence > since)
        names = assigned.get(claim.id, ())
        waits = _waits(
            claim, who, own, judged, papers, is_of_others=bool(names) and who.user.name not in names
        )
        yield _Given(claim, grades[claim.id], own, names, waits)


def read_lines(
    work: UnitOfWork, claims: Sequence[ReviewClaim], viewer: User, plan: ReviewPlan
) -> Iterator[QueueLine]:
    """The lines of these claims of an open version, by what was said of each."""
    ids = [claim.id for claim in claims]
    status, found = work.searches.load_status(ids), work.searches.count_papers(ids)
    decided = work.adjudications.load_decided(ids)
    for given in _load_given(work, claims, _Viewer(viewer, plan)):
        claim = given.claim
        standing = _find_standing(claim, given.grades, decided.get(claim.id))
        said = given.grades if standing is not None else (given.own,)
        yield QueueLine(
            claim,
            status[claim.id],
            given.own,
            given.waits,
            standing,
            *found[claim.id],
            has_comment=any(one is not None and bool(one.comment) for one in said),
            assigned=given.assigned if may(viewer, Permission.ASSIGN) else (),
        )


def _read_line(dossier: Dossier, viewer: User) -> QueueLine:
    """The line of a claim of a closed version: nothing of it waits."""
    standing = dossier.verdict.grade if dossier.verdict else None
    own = dossier.find_grade(viewer.name)
    levels = [finding.level.level for finding in dossier.found if finding.level.level]
    found = (len(dossier.found), min(levels, default=None))
    has_comment = any(grade.comment for grade in dossier.grades)
    return QueueLine(dossier.claim, dossier.search_status, own, False, standing, *found, has_comment)


def find_own_grade(
    claim: ReviewClaim, assessments: tuple[Assessment, ...], name: str, since: int | None = None
) -> Assessment | None:
    """The grade this person gave to the claim's present wording, after the step ``since``, or ``None``."""
    own = (a for a in assessments if a.graded_by == name and a.text_hash == claim.text_hash)
    return next((a for a in own if since is None or a.sequence > since), None)


def _find_standing(
    claim: ReviewClaim, assessments: tuple[Assessment, ...], decided: Adjudication | None
) -> SupportGrade | None:
    if claim.status is ClaimStatus.ADJUDICATED and decided is not None:
        return decided.grade
    current = [given.grade for given in assessments if given.text_hash == claim.text_hash]
    return current[-1] if claim.status is ClaimStatus.GRADED and current else None


def _waits(
    claim: ReviewClaim,
    who: _Viewer,
    own: Assessment | None,
    judgements: tuple[JudgedCitation, ...],
    documents: tuple[JudgedDocument, ...],
    *,
    is_of_others: bool,
) -> bool:
    unjudged = find_attached(judgements) - find_judged(judgements, who.user.name)
    left = bool(unjudged or find_unjudged_documents(documents, who.user.name))
    return who.waiting.holds(
        claim.status, own is not None, own is not None and not left, is_of_others=is_of_others
    )
