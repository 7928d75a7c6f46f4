"""Small articles for the workflow, brought in and worked on as people do."""

from __future__ import annotations

from claims.articles import parse_article
from claims.records.article import Article, Original
from claims.records.assessment import Basis, CitationJudgement, SupportGrade
from claims.records.flag import FlagReason
from claims.records.people import Role
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.ingesting import Ingested, ingest_article
from reviewer.workflow.loading import load_whole
from tests.conftest import OpenWork
from tests.factories import make_audit_entry, make_evidence, make_moment, make_pmid, make_user

GROWTH = "ミノキシジルは毛包の成長期を延長します。"
STEM = "幹細胞は分泌物を介して組織の修復を助けます。"
SAFE = "副作用はありません。"
SLEEP = "睡眠不足は肥満のリスクを高めます。"
SATO, EDITOR = make_user("佐藤", Role.REVIEWER), make_user("編集", Role.EDITOR)
HELLO = "こんにちは、院長の見本です。"


def write(*lines: str, title: str = "見本の記事") -> Article:
    return parse_article("\n\n".join(lines), title=title)


def ingest(
    open_work: OpenWork,
    *lines: str,
    title: str = "見本の記事",
    revises: int | None = None,
    original: Original | None = None,
    minutes: int = 0,
) -> Ingested:
    with open_work() as work:
        article = write(*lines, title=title)
        ingested = ingest_article(work, article, EDITOR, make_moment(minutes), original, revises)
    if ingested.known:
        return ingested
    with open_work() as work:
        declare_interests(work, ingested.version.id, "なし", SATO.qualification, SATO, make_moment(minutes))
    return ingested


def find(ingested: Ingested, text: str) -> ReviewClaim:
    return next(claim for claim in ingested.claims if claim.claim.text == text)


def work_on(
    open_work: OpenWork,
    claim: ReviewClaim,
    grade: SupportGrade = SupportGrade.PARTIALLY_SUPPORTED,
    minutes: int = 1,
) -> Dossier:
    """The dossier of a claim after a search, a judgement and a grade."""
    refuted = grade is SupportGrade.CONTRADICTED
    judgement = CitationJudgement.REFUTING if refuted else CitationJudgement.SUPPORTING
    with open_work() as work:
        work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(make_audit_entry())
    with open_work() as work:
        judge_citation(work, claim.id, make_pmid(1), judgement, Basis.ABSTRACT, SATO, make_moment(minutes))
    with open_work() as work:
        record_grade(work, claim.id, grade, "小規模", SATO, make_moment(minutes + 1))
    return load(open_work, claim.id)


def load(open_work: OpenWork, claim_id: int) -> Dossier:
    with open_work() as work:
        return load_whole(work, (work.claims.get_claim(claim_id),))[0]


def find_reasons(dossier: Dossier) -> set[FlagReason]:
    """Why rules flag the claim."""
    return {flag.reason for flag in raise_flags(dossier)}


def list_claims(open_work: OpenWork, version_id: int) -> tuple[ReviewClaim, ...]:
    with open_work() as work:
        return work.claims.list_claims(version_id)
