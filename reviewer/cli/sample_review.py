"""What the demo's people say of the sample article: grades, a decision, flags, and a next version."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVarTuple

from claims.articles import parse_article
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.decision import VersionState
from claims.records.flag import AnswerKind
from claims.records.people import User
from claims.records.plan import ReviewPlan
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.accounts.naming import set_naming
from reviewer.accounts.sample_people import SAMPLE_PASSWORD
from reviewer.accounts.signing_in import sign_by_password
from reviewer.bootstrap import Application
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.ingesting import Ingested, ingest_article
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.publishing import decide_version
from reviewer.workflow.states import load_state

_REVIEWERS = {"a": "reviewer-a", "b": "reviewer-b"}
Values = TypeVarTuple("Values")
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SampleReview:
    """The house in which the sample people review, and what the file says that they do."""

    application: Application
    said: Said

    def review(self, version: ArticleVersion) -> bool:
        """Whether the version was reviewed now: one that anybody has graded already is left alone."""
        with self.application.work() as work:
            claims = work.claims.list_claims(version.id)
            if any(work.assessments.load_assessments([claim.id for claim in claims]).values()):
                return False
        plan = ReviewPlan(tuple(_REVIEWERS.values()), "adjudicator", needed=2)
        self._act("editor", assign_review, version.id, plan)
        for said in self.said["claims"]:
            self._review_claim(_find_claim(claims, said["begins"]), said)
        return True

    def approve(self, version: ArticleVersion) -> None:
        """Let the editor sign the approval, once; the reviewers consent to be named in the article."""
        with self.application.work() as work:
            if load_state(work, version.id).is_signed:
                return
            editor, now = work.people.get_user("editor"), self.application.now()
            for name in _REVIEWERS.values():
                set_naming(work, work.people.get_user(name), name, True, now)
            signature = sign_by_password(work, editor, SAMPLE_PASSWORD, self.application.secret, now)
            state, comment = VersionState.APPROVED, self.said["approval"]
            decide_version(work, version.id, version.version_hash, state, comment, editor, now, signature)

    def revise(self, version: ArticleVersion) -> Ingested:
        """The author's next version, with what was asked for."""
        text = version.article.text
        for former, wording in self.said["revision"].items():
            if former not in text:
                raise ValueError(f"the sample article has no {former!r}")
            text = text.replace(former, wording)
        article = parse_article(text, version.article.title, version.article.origin)
        with self.application.work() as work:
            author, now = work.people.get_user("author"), self.application.now()
            return ingest_article(work, article, author, now, revises=version.id)

    def _review_claim(self, claim: ReviewClaim, said: Said) -> None:
        for name, person in _REVIEWERS.items():
            for pmid, judgement in said.get("judged", {}).items():
                judged = CitationJudgement(judgement)
                self._act(person, judge_citation, claim.id, pmid, judged, Basis.ABSTRACT)
            grade, comment = SupportGrade(said[name]["grade"]), said[name]["comment"]
            self._act(person, record_grade, claim.id, grade, comment)
        if decision := said.get("decision"):
            self._decide(claim.id, SupportGrade(decision["view"]), decision["reason"])
        if flag := said.get("flag"):
            self._raise_flag(claim.id, flag)
        for answer in said.get("answers", ()):
            self._answer(claim.id, answer)

    def _decide(self, claim_id: int, grade: SupportGrade, reason: str) -> None:
        self._act("adjudicator", write_view, claim_id, grade, reason)
        with self.application.work() as work:
            revision = work.claims.get_claim(claim_id).revision
        self._act("adjudicator", adjudicate, claim_id, revision, grade, reason)

    def _raise_flag(self, claim_id: int, flag: Said) -> None:
        with self.application.work() as work:
            person, now = work.people.get_user(_REVIEWERS["a"]), self.application.now()
            raise_flag(work, claim_id, flag["words"], person, now, flag["suggestion"])

    def _answer(self, claim_id: int, answer: Said) -> None:
        with self.application.work() as work:
            author = work.people.get_user("author")
            dossiers = load_dossiers(work, (work.claims.get_claim(claim_id),), author)
            flags = load_flags(work, dossiers, author)[claim_id]
        key = next(flag.key for flag in flags if flag.reason.value == answer["flag"])
        self._act("author", answer_flag, claim_id, key, AnswerKind(answer["kind"]), answer["words"])
        if answer.get("settled"):
            self._act("editor", resolve_flag, claim_id, key, True, "")

    def _act(
        self, name: str, step: Callable[[UnitOfWork, *Values, User, datetime], object], *values: *Values
    ) -> None:
        """One step of one person, as in the room."""
        with self.application.work() as work:
            step(work, *values, work.people.get_user(name), self.application.now())


def read_sample_review(application: Application, file: Path) -> SampleReview:
    """What the file says that the sample people do."""
    return SampleReview(application, tomllib.loads(file.read_text(encoding="utf-8")))


def _find_claim(claims: tuple[ReviewClaim, ...], beginning: str) -> ReviewClaim:
    (found,) = (claim for claim in claims if claim.claim.text.startswith(beginning))
    return found
