"""The queue: a version's claims with what a person may know of each before opening it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.records.adjudication import Adjudication
from claims.records.assessment import Assessment, ClaimStatus, JudgedCitation, SupportGrade
from claims.records.document import JudgedDocument
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier, find_attached, find_judged, find_unjudged_documents
from reviewer.rules.permissions import Permission, may
from reviewer.workflow.assigning import load_plan
from reviewer.workflow.loading import load_version
from reviewer.workflow.repeats import name_words

# Where claims outside the order of grades stand among them: after unsupported, after all that are below 3.
_NOTHING_FOUND, _BESIDE_THE_ORDER, _NOT_KNOWN = 1.5, 2.5, 2.7
_LOOKED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A claim in the queue. ``own_grade`` is the viewer's for the present wording, nobody else's.

    ``standing`` is the grade of a settled claim, which everybody may see. ``is_open``: the claim waits for
    the viewer; for one who neither grades nor settles it, for anybody. ``papers`` counts what the searches
    found on topic, ``best_level`` is the lowest evidence level among them as the machine read it.
    ``has_comment``: a grade that the viewer knows has one. ``alike`` are the numbers of the claims in the
    same words, its own among them; none where it stands alone.
    """

    claim: ReviewClaim
    search_status: SearchStatus
    own_grade: Assessment | None
    is_open: bool
    standing: SupportGrade | None = None
    papers: int = 0
    best_level: int | None = None
    has_comment: bool = False
    alike: tuple[int, ...] = ()

    @property
    def grade(self) -> SupportGrade | None:
        """The grade that stands, else the viewer's own."""
        return self.standing or (self.own_grade.grade if self.own_grade else None)


@dataclass(frozen=True, slots=True)
class Queue:
    """The claims of a version in the article's order, the dismissed ones left out."""

    version: ArticleVersion
    lines: tuple[QueueLine, ...]

    @property
    def claims(self) -> tuple[ReviewClaim, ...]:
        """The claims of the lines."""
        return tuple(line.claim for line in self.lines)

    @property
    def count(self) -> int:
        """The number of claims."""
        return len(self.lines)

    @property
    def graded(self) -> int:
        """The number of claims whose grade the viewer knows: it stands, or is the viewer's own."""
        return sum(line.grade is not None for line in self.lines)

    def list_worst_first(self) -> tuple[QueueLine, ...]:
        """The lines by how badly the claim stands, as far as the viewer knows, else in the article's order.

        A claim without a grade stands where its search puts it: nothing on topic is as good as unsupported.
        """
        return tuple(sorted(self.lines, key=_rate))

    def list_alike_together(self) -> tuple[QueueLine, ...]:
        """The lines in the article's order, but that claims in the same words follow the first of them."""
        return tuple(sorted(self.lines, key=lambda line: (line.alike or (line.claim.number,))[0]))

    def find_next_open(self) -> int | None:
        """The first claim that still waits, ``None`` when none does."""
        return next((line.claim.id for line in self.lines if line.is_open), None)


@dataclass(frozen=True, slots=True)
class _Viewer:
    """Somebody before the queue of one version, and what the plan lets them do."""

    user: User
    plan: ReviewPlan

    @property
    def grades(self) -> bool:
        return may(self.user, Permission.GRADE) and self.plan.lets_grade(self.user.name)

    @property
    def adjudicates(self) -> bool:
        return may(self.user, Permission.ADJUDICATE) and self.plan.lets_adjudicate(self.user.name)


def load_queue(work: UnitOfWork, version_id: int, viewer: User) -> Queue:
    """The queue of a version as ``viewer`` may see it. Raises ``NotFound``."""
    version = work.articles.get_version(version_id)
    if work.decisions.find_closing(version_id) is not None:
        _, dossiers = load_version(work, version_id, viewer)
        return Queue(version, _note_alike([_read_line(dossier, viewer) for dossier in dossiers]))
    claims = [
        claim for claim in work.claims.list_claims(version_id) if claim.status is not ClaimStatus.DISMISSED
    ]
    return Queue(version, _note_alike(list(_read_lines(work, version_id, claims, viewer))))


def _note_alike(lines: Sequence[QueueLine]) -> tuple[QueueLine, ...]:
    """The lines, with the numbers of those in the same words."""
    numbers: dict[str, list[int]] = {}
    for line in lines:
        numbers.setdefault(name_words(line.claim.claim), []).append(line.claim.number)
    alike = (tuple(numbers[name_words(line.claim.claim)]) for line in lines)
    return tuple(
        replace(line, alike=same) if len(same) > 1 else line for line, same in zip(lines, alike, strict=True)
    )


def find_waiting(
    work: UnitOfWork, claims: Sequence[ReviewClaim], viewer: User, plan: ReviewPlan
) -> int | None:
    """The first of these claims of an open version that waits for ``viewer``, ``None`` where none does."""
    unsettled = [claim for claim in claims if not claim.status.is_settled]
    who = _Viewer(viewer, plan)
    for at in range(0, len(unsettled), _LOOKED_AT_ONCE):
        for given in _load_given(work, unsettled[at : at + _LOOKED_AT_ONCE], who):
            if given.waits:
                return given.claim.id
    return None


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said of a claim: all grades, the viewer's own, and whether it waits for the viewer."""

    claim: ReviewClaim
    grades: tuple[Assessment, ...]
    own: Assessment | None
    waits: bool


def _load_given(work: UnitOfWork, claims: Sequence[ReviewClaim], who: _Viewer) -> Iterator[_Given]:
    ids = [claim.id for claim in claims]
    reopened, documents = work.adjudications.load_reopened(ids), work.documents.load_judgements(ids)
    grades, judgements = work.assessments.load_assessments(ids), work.assessments.load_judgements(ids)
    for claim in claims:
        since = reopened[claim.id].sequence if claim.id in reopened else None
        own = find_own_grade(claim, grades[claim.id], who.user.name, since)
        judged = tuple(j for j in judgements[claim.id] if since is None or j.sequence > since)
        papers = tuple(j for j in documents[claim.id] if since is None or j.sequence > since)
        yield _Given(claim, grades[claim.id], own, _waits(claim, who, own, judged, papers))


def _read_lines(
    work: UnitOfWork, version_id: int, claims: Sequence[ReviewClaim], viewer: User
) -> Iterator[QueueLine]:
    ids = [claim.id for claim in claims]
    status, found = work.searches.load_status(ids), work.searches.count_papers(ids)
    decided = work.adjudications.load_decided(ids)
    for given in _load_given(work, claims, _Viewer(viewer, load_plan(work, version_id))):
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


def _rate(line: QueueLine) -> float:
    if line.grade is not None:
        return _BESIDE_THE_ORDER if line.grade.step is None else line.grade.step
    if line.search_status in (SearchStatus.NOTHING_FOUND, SearchStatus.RELATED_ONLY):
        return _NOTHING_FOUND
    return _NOT_KNOWN


def _waits(
    claim: ReviewClaim,
    who: _Viewer,
    own: Assessment | None,
    judgements: tuple[JudgedCitation, ...],
    documents: tuple[JudgedDocument, ...],
) -> bool:
    if claim.status.is_settled:
        return False
    if claim.status is ClaimStatus.CONFLICT:
        return own is None and (who.adjudicates or not who.grades)
    if who.grades:
        unjudged = find_attached(judgements) - find_judged(judgements, who.user.name)
        return own is None or bool(unjudged or find_unjudged_documents(documents, who.user.name))
    return not who.adjudicates
