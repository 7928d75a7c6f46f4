"""The queue: a version's claims with what a person may know of each before opening it."""

from __future__ import annotations

from dataclasses import dataclass

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

# Where claims outside the order of grades stand among them: after unsupported, after all that are below 3.
_NOTHING_FOUND, _BESIDE_THE_ORDER, _NOT_KNOWN = 1.5, 2.5, 2.7


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A claim in the queue. ``own_grade`` is the viewer's for the present wording, nobody else's.

    ``standing`` is the grade of a settled claim, which everybody may see. ``is_open``: the claim waits for
    the viewer; for one who neither grades nor settles it, for anybody.
    """

    claim: ReviewClaim
    search_status: SearchStatus
    own_grade: Assessment | None
    is_open: bool
    standing: SupportGrade | None = None

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

    def find_neighbours(self, claim_id: int) -> tuple[int | None, int | None]:
        """The claims before and after this one; ``None`` at either end, and for one not in the queue."""
        ids = [line.claim.id for line in self.lines]
        if claim_id not in ids:
            return None, None
        place = ids.index(claim_id)
        before = ids[place - 1] if place else None
        after = ids[place + 1] if place + 1 < len(ids) else None
        return before, after

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
        return Queue(version, tuple(_read_line(dossier, viewer) for dossier in dossiers))
    claims = [
        claim for claim in work.claims.list_claims(version_id) if claim.status is not ClaimStatus.DISMISSED
    ]
    ids = [claim.id for claim in claims]
    status, reopened = work.searches.load_status(ids), work.adjudications.load_reopened(ids)
    decided = work.adjudications.load_decided(ids)
    grades, judgements = work.assessments.load_assessments(ids), work.assessments.load_judgements(ids)
    documents = work.documents.load_judgements(ids)
    who = _Viewer(viewer, load_plan(work, version_id))
    lines = []
    for claim in claims:
        since = reopened[claim.id].sequence if claim.id in reopened else None
        own = find_own_grade(claim, grades[claim.id], viewer.name, since)
        judged = tuple(j for j in judgements[claim.id] if since is None or j.sequence > since)
        standing = _find_standing(claim, grades[claim.id], decided.get(claim.id))
        papers = tuple(j for j in documents[claim.id] if since is None or j.sequence > since)
        waits = _waits(claim, who, own, judged, papers)
        lines.append(QueueLine(claim, status[claim.id], own, waits, standing))
    return Queue(version, tuple(lines))


def _read_line(dossier: Dossier, viewer: User) -> QueueLine:
    """The line of a claim of a closed version: nothing of it waits."""
    standing = dossier.verdict.grade if dossier.verdict else None
    own = dossier.find_grade(viewer.name)
    return QueueLine(dossier.claim, dossier.search_status, own, is_open=False, standing=standing)


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
