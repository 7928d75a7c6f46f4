"""The sample room in the middle of its work, so that each page has something of everything to draw."""

from __future__ import annotations

from claims.articles import parse_article
from claims.records.assessment import Basis, BodyCertainty, CitationJudgement, SupportGrade
from claims.records.decision import VersionState
from claims.records.flag import AnswerKind
from claims.records.people import User
from reviewer.bootstrap import Application
from reviewer.workflow.adjudicating import adjudicate, write_view
from reviewer.workflow.effort import record_effort
from reviewer.workflow.flagging import answer_flag, load_flags, raise_flag, resolve_flag
from reviewer.workflow.grading import judge_citation, record_grade
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.overriding import enter_guideline, override_level
from reviewer.workflow.publishing import decide_version
from tests.journeys.clinic import assign_two
from tests.journeys.room import ROOT

SAMPLE = ROOT / "samples" / "article_ja.md"
CONFLICT, REWORDED = 7, 28
_FOR = CitationJudgement.SUPPORTING
# Claim → what the two sample reviewers give.
_GRADES = {
    1: (SupportGrade.SUPPORTED, SupportGrade.SUPPORTED),
    2: (SupportGrade.OVERSTATED, SupportGrade.OVERSTATED),
    3: (SupportGrade.PARTIALLY_SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED),
    5: (SupportGrade.CANNOT_JUDGE, SupportGrade.CANNOT_JUDGE),
    6: (SupportGrade.SUPPORTED, SupportGrade.OVERSTATED),
    CONFLICT: (SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED),
    REWORDED: (SupportGrade.OVERSTATED, SupportGrade.OVERSTATED),
}


def fill_room(application: Application) -> int:
    """The claim that the article's second version reworded, so that its grades are former ones.

    In the first version, which was returned, claim 6 was adjudicated and the grades of ``CONFLICT`` differ.
    """
    assign_two(application)
    a, b, judge, author, editor = (
        _find(application, name) for name in ("reviewer-a", "reviewer-b", "adjudicator", "author", "editor")
    )
    _annotate(application, a)
    for claim_id, grades in _GRADES.items():
        for person, grade in zip((a, b), grades, strict=True):
            _grade(application, claim_id, person, grade)
    _settle(application, judge)
    _discuss(application, a, author, editor)
    return _revise(application, author, editor)


def _find(application: Application, name: str) -> User:
    with application.work() as work:
        return work.people.get_user(name)


def _grade(application: Application, claim_id: int, who: User, grade: SupportGrade) -> None:
    with application.work() as work:
        (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), who)
    if dossier.findings:
        with application.work() as work:
            judge_citation(
                work, claim_id, dossier.findings[0].pmid, _FOR, Basis.ABSTRACT, who, application.now()
            )
    with application.work() as work:
        comment = f"全文を確認する必要があります({who.name})。"
        record_grade(work, claim_id, grade, comment, who, application.now(), BodyCertainty.LOW)
    with application.work() as work:
        record_effort(work, claim_id, 40.0, 5, who, application.now())


def _annotate(application: Application, who: User) -> None:
    """A level set by hand and a guideline's grade."""
    with application.work() as work:
        (dossier,) = load_dossiers(work, (work.claims.get_claim(CONFLICT),), who)
    with application.work() as work:
        override_level(work, CONFLICT, dossier.findings[0].pmid, 3, "盲検ではない", who, application.now())
    with application.work() as work:
        enter_guideline(work, CONFLICT, "B", "見本学会 2017", who, application.now())


def _settle(application: Application, judge: User) -> None:
    with application.work() as work:
        write_view(work, 6, SupportGrade.OVERSTATED, "見解", judge, application.now())
    with application.work() as work:
        revision = work.claims.get_claim(6).revision
        adjudicate(work, 6, revision, SupportGrade.OVERSTATED, "裁定の理由", judge, application.now())


def _discuss(application: Application, reviewer: User, author: User, editor: User) -> None:
    """Flags of a person and of the rules, answered, settled and opened again."""
    with application.work() as work:
        raise_flag(work, 2, "動物の結果だけです。", reviewer, application.now(), "「動物では」と書く")
    with application.work() as work:
        dossiers = load_dossiers(work, work.claims.list_claims(1), editor)
        open_flags = [flag for flags in load_flags(work, dossiers, editor).values() for flag in flags]
    for flag in open_flags[:3]:
        with application.work() as work:
            answer_flag(
                work, flag.claim_id, flag.key, AnswerKind.REWRITE, "言い換えます。", author, application.now()
            )
    for flag, settled in zip(open_flags[:2], (True, False), strict=True):
        with application.work() as work:
            resolve_flag(work, flag.claim_id, flag.key, settled, "確認しました。", editor, application.now())


def _revise(application: Application, author: User, editor: User) -> int:
    with application.work() as work:
        version = work.articles.get_version(1)
        decide_version(
            work,
            1,
            version.version_hash,
            VersionState.CHANGES_REQUESTED,
            "先に指摘へ。",
            editor,
            application.now(),
        )
    text = SAMPLE.read_text(encoding="utf-8").replace("必ず髪を太くします", "髪を太くする可能性があります")
    with application.work() as work:
        revised = ingest_article(work, parse_article(text), author, application.now(), None, 1)
    return next(claim.id for claim in revised.claims if claim.number == REWORDED)
