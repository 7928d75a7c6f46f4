"""A clinic whose articles repeat a sentence, for tests: settled in one, to be graded in the next."""

from __future__ import annotations

from dataclasses import replace

from claims.records.article import Article
from claims.records.assessment import Assessment, CitationJudgement, SupportGrade, TakenFrom
from claims.records.claim import Claim, Extraction
from claims.records.people import User
from reviewer.workflow.taking_over import find_offer, take_over
from tests.factories import make_article, make_audit_entry, make_evidence
from tests.workflow.clinic import DECLARED, A, C, Clinic

FIRST = "主張0。"


def add_article(clinic: Clinic, *claims: Claim, searched: bool = True, title: str = "次の記事") -> Clinic:
    """Another article of the same house that makes these claims, with the same evidence."""
    with clinic.open_work() as work:
        article: Article = make_article("".join(claim.text for claim in claims) + title, title=title)
        version = work.articles.add_version(article, clinic.now())
        stored = work.claims.add_extraction(version.id, Extraction(claims))
        for claim in stored:
            if searched:
                work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(make_audit_entry())
    other = replace(clinic, version_id=version.id, claim_ids=tuple(claim.id for claim in stored))
    other.declare(*DECLARED)
    return other


def settle(
    clinic: Clinic, grade: SupportGrade = SupportGrade.SUPPORTED, who: User = C, claim: int = 0
) -> None:
    refuted = grade is SupportGrade.CONTRADICTED
    clinic.judge(who, CitationJudgement.REFUTING if refuted else CitationJudgement.SUPPORTING, claim=claim)
    clinic.judge(who, CitationJudgement.NOT_RELEVANT, 2, claim=claim)
    clinic.grade(who, grade, "小規模", claim=claim)


def offer(clinic: Clinic, who: User = A, claim: int = 0) -> TakenFrom | None:
    """What the person is offered to take over."""
    dossier = clinic.see(who, claim)
    with clinic.open_work() as work:
        return find_offer(work, dossier, who)


def take(clinic: Clinic, who: User = A, claim: int = 0, comment: str = "") -> Assessment:
    """The grade that the person takes over, of what is offered to them."""
    offered = offer(clinic, who, claim)
    assert offered is not None
    with clinic.open_work() as work:
        return take_over(work, clinic.claim_ids[claim], offered.claim_id, True, who, clinic.now(), comment)
