"""All that a page needs to know of one claim, or of one version before its publication, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from claims.articles.docx.comments import WordThread
from claims.records.assessment import TakenFrom
from claims.records.decision import Decision, ObstacleKind, VersionState
from claims.records.draft import Draft
from claims.records.effort import EffortSum
from claims.records.flag import Flag
from claims.records.living import LivingLook
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.proposal import Proposal
from claims.records.recheck import LostGround, ReviewMark
from claims.records.retrieval import SearchPlan
from claims.records.review import ArticleVersion, NewerVersion
from claims.records.review_day import ReviewDay, SetDay
from claims.records.standard_wording import StandardWording
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.obstacles import Obstacle
from reviewer.rules.tasks import Task, find_task
from reviewer.workflow.assigning import Given, list_own_judges, load_given, load_plan
from reviewer.workflow.changes_since import ChangesSince, load_changes
from reviewer.workflow.drafting import load_draft
from reviewer.workflow.effort import EffortStatistics, load_effort, load_own_effort
from reviewer.workflow.gate import find_obstacles
from reviewer.workflow.holding import is_open_version
from reviewer.workflow.known_claims import Alike, find_alike
from reviewer.workflow.loading import load_shown, load_version
from reviewer.workflow.new_records import NO_FLOW, Flow, NewToClaim, load_flow, load_new_records
from reviewer.workflow.overview import count_progress
from reviewer.workflow.proposing import list_proposals
from reviewer.workflow.queue_lists import WHOLE, QueueList
from reviewer.workflow.repeats import NO_REPEATS, Repeats, find_repeats
from reviewer.workflow.replying import Said, load_threads
from reviewer.workflow.review_days import load_review_day
from reviewer.workflow.review_marks import load_marks
from reviewer.workflow.standard_wordings import find_wording
from reviewer.workflow.states import load_state
from reviewer.workflow.surroundings import Surroundings, load_surroundings
from reviewer.workflow.taking_over import find_offer
from reviewer.workflow.word_comments import load_word_comments


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as its viewer may see it, in its place in the article; ``task`` is what is theirs to do at it.

    ``plan`` is ``None`` where nobody searched. ``offer`` is where the same words were settled, so that the
    viewer may take that grade over: how they were settled is not told.
    """

    around: Surroundings
    dossier: Dossier
    task: Task
    plan: SearchPlan | None
    flags: tuple[Flag, ...]
    draft: Draft
    effort: EffortSum
    full_names: Mapping[str, str]
    word_comments: tuple[WordThread, ...] = ()
    thread: tuple[Said, ...] = ()
    is_open: bool = True
    alike: tuple[Alike, ...] = ()
    offer: TakenFrom | None = None
    repeats: Repeats = NO_REPEATS
    new_records: tuple[NewToClaim, ...] = ()
    looks: tuple[LivingLook, ...] = ()
    wording: StandardWording | None = None


def view_claim(
    work: UnitOfWork, claim_id: int, viewer: User, asked: QueueList = WHOLE, takes_over: bool = False
) -> ClaimView:
    """The claim as it stands for ``viewer``, who reads it alone where its version is open no longer.

    It is shown in its place in the list ``asked`` for. ``takes_over``: the house lets grades be taken over.

    Raises ``NotFound``.
    """
    claim = work.claims.get_claim(claim_id)
    declared = viewer.name in work.plans.load_declarations(claim.version_id)
    dossier = load_shown(work, claim, viewer)
    is_open = is_open_version(work, claim.version_id)
    flags, threads = load_threads(work, (dossier,), viewer)
    task = find_task(dossier, viewer, declared) if is_open else Task.READS
    offers = takes_over and task is Task.GRADES
    return ClaimView(
        load_surroundings(work, claim, viewer, asked, dossier.plan),
        dossier,
        task,
        work.searches.load_plans([claim_id]).get(claim_id),
        flags[claim_id],
        load_draft(work, claim_id, viewer),
        load_own_effort(work, claim_id, viewer),
        {person.name: person.full_name for person in work.people.list_users()},
        load_word_comments(work, claim.version_id, (claim,)).by_claim.get(claim_id, ()),
        threads[claim_id],
        is_open,
        find_alike(work, dossier, viewer),
        find_offer(work, dossier, viewer) if offers else None,
        find_repeats(work, dossier, viewer) if is_open else NO_REPEATS,
        *load_new_records(work, claim_id),
        find_wording(work, claim),
    )


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """Who reviews an article, who could, and what was graded by now; ``own_judges`` may grade what they
    brought in. Where the version is not open, nobody is assigned any more."""

    title: str
    plan: ReviewPlan
    own_judges: Sequence[User]
    users: Sequence[User]
    given: Given
    is_open: bool


def view_assignment(work: UnitOfWork, version_id: int) -> AssignmentView:
    """The plan of a version as an editor sees it. Raises ``NotFound``."""
    plan = load_plan(work, version_id)
    return AssignmentView(
        work.articles.get_version(version_id).article.title,
        plan,
        list_own_judges(work, version_id, plan),
        work.people.list_users(),
        load_given(work, version_id),
        is_open_version(work, version_id),
    )


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version on its way to publication; ``graded`` counts its claims by the day, decisions come oldest
    first, ``marks`` tell which of its published claims need review, ``review_day`` by when its evidence is to
    be looked at again, ``set_day`` that an editor said so, ``changes`` what is different under marked claims.
    ``to_open`` tells why claims are to be graded anew that an editor has still to open: in the version under
    way, where there is one.
    """

    version: ArticleVersion
    state: VersionState
    dossiers: Sequence[Dossier]
    assignment: AssignmentView
    obstacles: Sequence[Obstacle]
    proposals: Sequence[Proposal]
    decisions: Sequence[Decision]
    graded: Mapping[date, int]
    effort: Sequence[EffortStatistics]
    marks: Sequence[ReviewMark] = ()
    has_newer: bool = False
    review_day: ReviewDay | None = None
    set_day: SetDay | None = None
    changes: Sequence[ChangesSince] = ()
    to_open: Sequence[LostGround] = ()
    flow: Flow = NO_FLOW


def view_version(work: UnitOfWork, version_id: int, viewer: User, zone: tzinfo) -> VersionView:
    """The version as ``viewer`` may see it, its days counted in ``zone``. Raises ``NotFound``."""
    version, dossiers = load_version(work, version_id, viewer)
    marks, obstacles = load_marks(work, version_id), find_obstacles(work, version_id, zone=zone)
    newer, state = work.articles.find_newer(version_id), load_state(work, version_id)
    return VersionView(
        version,
        state,
        dossiers,
        view_assignment(work, version_id),
        obstacles,
        list_proposals(work, version_id),
        work.decisions.list_decisions(version_id),
        count_progress(work, version_id, zone),
        load_effort(work, version_id, viewer),
        marks,
        newer is not None,
        *load_review_day(work, version_id),
        load_changes(work, version_id, marks, viewer),
        _list_to_open(work, marks, newer, obstacles if state.is_open else ()),
        load_flow(work, [dossier.claim.id for dossier in dossiers]),
    )


def _list_to_open(
    work: UnitOfWork, marks: Sequence[ReviewMark], newer: NewerVersion | None, obstacles: Sequence[Obstacle]
) -> tuple[LostGround, ...]:
    """Why claims are to be opened: of an open version its own, of the published one those of the next."""
    if newer is None and marks:
        return tuple(dict.fromkeys(mark.cause for mark in marks))
    if newer is not None:
        is_open = marks and load_state(work, newer.id).is_open
        obstacles = find_obstacles(work, newer.id) if is_open else ()
    held = (one.about for one in obstacles if one.kind is ObstacleKind.NEEDS_REVIEW)
    return tuple(dict.fromkeys(map(LostGround, held)))
