"""A room with one short article: three claims, each with two sample records, graded by two."""

from __future__ import annotations

from pathlib import Path

from claims.articles import parse_article
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.citation import Pmid
from claims.records.finding import ClaimEvidence
from claims.records.plan import ReviewPlan
from reviewer.accounts.sample_people import add_sample_people, declare_sample_interests
from reviewer.bootstrap import Application, open_application
from reviewer.settings import Settings
from reviewer.workflow.assigning import assign_review
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.ingesting import ingest_article
from tests.databases import make_database
from tests.factories import make_audit_entry, make_evidence, make_pmid

TEXT = """# 見本成分の話
見本成分は毛の密度を増やします。
見本成分は必ず毛を太くします。
見本成分は頭皮の血流を改善します。
"""
REVISED = TEXT.replace("必ず毛を太くします", "毛を太くする可能性があります")


def open_short_room(home: Path, text: str = TEXT, evidence: ClaimEvidence | None = None) -> Application:
    """A fresh house in ``home`` with the article as version 1, its claims 1 to 3, and the sample people.

    The sample reviewers grade it, the sample adjudicator settles what differs. Each claim has the
    ``evidence``, two sample records where none is given.
    """
    application = open_application(Settings(home, make_database(home / "konkyo.db"), demo=True))
    with application.work() as work:
        people = {user.name: user for user in add_sample_people(work, application.now())}
    with application.work() as work:
        ingested = ingest_article(work, parse_article(text), people["author"], application.now())
    version_id = ingested.version.id
    with application.work() as work:
        for claim in ingested.claims:
            work.searches.record_evidence(claim.id, evidence or make_evidence(1, 2))
        work.commit(make_audit_entry())
    with application.work() as work:
        plan = ReviewPlan(("reviewer-a", "reviewer-b"), "adjudicator", needed=2)
        assign_review(work, version_id, plan, people["editor"], application.now())
    with application.work() as work:
        declare_sample_interests(work, version_id, application.now())
    return application


def grade_both(
    application: Application, claim_id: int, *grades: SupportGrade, pmid: Pmid | None = None
) -> None:
    """Let sample reviewers A and B judge one record as supporting, and give their grades; of one, A."""
    for name, grade in zip(("reviewer-a", "reviewer-b"), grades, strict=False):
        with application.work() as work:
            who = work.people.get_user(name)
            judge_citation(
                work,
                claim_id,
                pmid or make_pmid(1),
                CitationJudgement.SUPPORTING,
                Basis.ABSTRACT,
                who,
                application.now(),
            )
        with application.work() as work:
            record_grade(work, claim_id, grade, f"{name} の理由", who, application.now())


def revise(application: Application) -> int:
    """The claim that claim 2 became in version 2, in which the author softened its words."""
    with application.work() as work:
        author = work.people.get_user("author")
        revised = ingest_article(work, parse_article(REVISED), author, application.now(), revises=1)
    return next(claim.id for claim in revised.claims if claim.number == 2)
