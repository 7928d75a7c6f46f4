"""A clinic for tests: an article under review, its people, and a clock that moves with each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from claims.records.plan import ReviewPlan
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.assigning import assign_review, declare_interests
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.queueing import Queue
from tests.databases import fill_database, make_database
from tests.factories import (
    make_article,
    make_audit_entry,
    make_evidence,
    make_extraction,
    make_moment,
    make_pmid,
    make_user,
)

A, B, C = (make_user(name, Role.REVIEWER) for name in ("a", "b", "c"))
JUDGE, OTHER_JUDGE = (make_user(name, Role.ADJUDICATOR) for name in ("judge", "other-judge"))
EDITOR, AUTHOR, ADMIN = (make_user(role.value, role) for role in (Role.EDITOR, Role.AUTHOR, Role.ADMIN))
PEOPLE = (A, B, C, JUDGE, OTHER_JUDGE, EDITOR, AUTHOR, ADMIN)
DECLARED = (A, B, C, JUDGE, OTHER_JUDGE)
TWO_REVIEWERS = ReviewPlan(("a", "b"), "", needed=2)
_folder = TemporaryDirectory(prefix="konkyo-clinic-")


@dataclass
class Clinic:
    """One article with searched claims (two citations each), and everybody's interests declared."""

    open_work: Callable[[], UnitOfWork]
    version_id: int = 0
    claim_ids: tuple[int, ...] = ()
    minutes: Iterator[int] = field(default_factory=lambda: count(1))

    def now(self) -> datetime:
        return make_moment(next(self.minutes))

    def assign(self, plan: ReviewPlan) -> None:
        with self.open_work() as work:
            assign_review(work, self.version_id, plan, EDITOR, self.now())

    def declare(self, *people: User) -> None:
        for person in people:
            with self.open_work() as work:
                declare_interests(work, self.version_id, "なし", person.qualification, person, self.now())

    def judge(
        self,
        who: User,
        judgement: CitationJudgement = CitationJudgement.SUPPORTING,
        number: int = 1,
        claim: int = 0,
    ) -> None:
        with self.open_work() as work:
            judge_citation(
                work, self.claim_ids[claim], make_pmid(number), judgement, Basis.ABSTRACT, who, self.now()
            )

    def grade(self, who: User, grade: SupportGrade, comment: str = "", claim: int = 0) -> None:
        with self.open_work() as work:
            record_grade(work, self.claim_ids[claim], grade, comment, who, self.now())

    def write_view(self, who: User, grade: SupportGrade = SupportGrade.OVERSTATED, claim: int = 0) -> None:
        with self.open_work() as work:
            write_view(work, self.claim_ids[claim], grade, "見解", who, self.now())

    def adjudicate(
        self,
        who: User,
        grade: SupportGrade,
        revision: int | None = None,
        claim: int = 0,
        reason: str = "裁定",
    ) -> None:
        read = self.see(who, claim).claim.revision if revision is None else revision
        with self.open_work() as work:
            adjudicate(work, self.claim_ids[claim], read, grade, reason, who, self.now())

    def see(self, who: User | None, claim: int = 0) -> Dossier:
        with self.open_work() as work:
            return load_dossiers(work, (work.claims.get_claim(self.claim_ids[claim]),), who)[0]

    def actions(self, subject: str) -> list[AuditAction]:
        with self.open_work() as work:
            return [entry.action for entry in work.audit.list_entries(subject)]


def open_clinic(open_work: Callable[[], UnitOfWork], claims: int = 2) -> Clinic:
    """A clinic that opens in the morning of the tests' day."""
    with open_work() as work:
        version = work.articles.add_version(make_article(), make_moment())
        stored = work.claims.add_extraction(version.id, make_extraction(claims))
        for claim in stored:
            work.searches.record_evidence(claim.id, make_evidence(1, 2))
        for person in PEOPLE:
            work.people.add_user(person.name, person.full_name, person.roles, "", person.qualification)
        work.commit(make_audit_entry())
    clinic = Clinic(open_work, version.id, tuple(claim.id for claim in stored))
    clinic.declare(*DECLARED)
    return clinic


def copy_clinic(
    url: str,
    open_work: Callable[[], UnitOfWork],
    claims: int = 2,
    build: Callable[[Callable[[], UnitOfWork], int], Clinic] = open_clinic,
) -> Clinic:
    """What ``build`` makes of so many claims, in place of all that the SQLite database at the address holds.

    It is built once a process.
    """
    template, built = _make_template(build, claims)
    fill_database(url, template)
    return replace(built, open_work=open_work, minutes=copy(built.minutes))


@cache
def _make_template(
    build: Callable[[Callable[[], UnitOfWork], int], Clinic], claims: int
) -> tuple[Path, Clinic]:
    path = Path(_folder.name) / f"{build.__module__}_{claims}.db"
    engine = open_engine(make_database(path))
    clinic = build(partial(UnitOfWork, engine), claims)
    engine.dispose()
    return path, clinic


def find_neighbours(queue: Queue, claim_id: int) -> tuple[int | None, int | None]:
    """The claims before and after this one in the queue, ``None`` at either end and for one not in it."""
    ids = [None, *(claim.id for claim in queue.claims), None]
    at = ids.index(claim_id) if claim_id in ids else 0
    return (ids[at - 1], ids[at + 1]) if at else (None, None)
