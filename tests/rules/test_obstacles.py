"""What keeps a claim from publication, and what each obstacle is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from claims.records.assessment import CitationJudgement, ClaimStatus, SupportGrade
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.claim import ClaimType
from claims.records.decision import Keeping, ObstacleKind
from claims.records.document import Document, DocumentDetails, JudgedDocument
from claims.records.flag import Flag, FlagReason, FlagResolution
from reviewer.rules.dossier import Dossier
from reviewer.rules.obstacles import list_obstacles, may_be_kept
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_judgement, make_moment, make_pmid

TODAY = date(2026, 11, 28)


def graded(grade: SupportGrade, type: ClaimType = ClaimType.EFFICACY, *, kept: bool = False) -> Dossier:
    dossier = a_dossier(1)
    claim = replace(dossier.claim, status=ClaimStatus.GRADED, claim=replace(dossier.claim.claim, type=type))
    keeping = Keeping(1, grade, "仮説", "editor", make_moment(), claim.text_hash) if kept else None
    return replace(dossier, claim=claim, assessments=(make_assessment(grade=grade),), kept=keeping)


def told(dossier: Dossier, *flags: Flag) -> list[tuple[ObstacleKind, str]]:
    obstacles = list(list_obstacles(dossier, flags, TODAY))
    assert all(obstacle.claim == dossier.claim for obstacle in obstacles)
    return [(obstacle.kind, obstacle.about) for obstacle in obstacles]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (ClaimStatus.EXTRACTED, ObstacleKind.UNGRADED),
        (ClaimStatus.IN_REVIEW, ObstacleKind.UNGRADED),
        (ClaimStatus.STALE, ObstacleKind.STALE_GRADE),
        (ClaimStatus.CONFLICT, ObstacleKind.OPEN_CONFLICT),
    ],
)
def test_without_a_grade_that_stands_the_obstacle_says_why_there_is_none(
    status: ClaimStatus, kind: ObstacleKind
) -> None:
    dossier = a_dossier(1)
    assert told(replace(dossier, claim=replace(dossier.claim, status=status))) == [(kind, "")]


@pytest.mark.parametrize("type", [ClaimType.EFFICACY, ClaimType.SAFETY])
@pytest.mark.parametrize("grade", list(SupportGrade))
def test_a_grade_below_partly_supported_is_in_the_way_and_names_itself(
    grade: SupportGrade, type: ClaimType
) -> None:
    passing = (SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED, SupportGrade.NOT_CHECKABLE)
    contradicted_safety = grade is SupportGrade.CONTRADICTED and type is ClaimType.SAFETY
    kind = ObstacleKind.LOW_GRADE
    if grade is SupportGrade.CANNOT_JUDGE:
        kind = ObstacleKind.CANNOT_JUDGE
    elif contradicted_safety:
        kind = ObstacleKind.SAFETY_CONTRADICTED
    expected = [] if grade in passing else [(kind, grade.value)]
    assert told(graded(grade, type)) == expected
    assert may_be_kept(graded(grade, type)) is not contradicted_safety
    kept = told(graded(grade, type, kept=True))
    assert kept == ([] if kind is ObstacleKind.LOW_GRADE else expected)


def test_a_safety_claim_that_nobody_graded_is_no_contradicted_one() -> None:
    dossier = a_dossier(1)
    safety = replace(dossier.claim, claim=replace(dossier.claim.claim, type=ClaimType.SAFETY))
    assert may_be_kept(replace(dossier, claim=safety))


@pytest.mark.parametrize(
    ("check", "kind"),
    [
        (RetractionCheck(RetractionStatus.RETRACTED, make_moment()), ObstacleKind.RETRACTED_CITATION),
        (RetractionCheck(RetractionStatus.RETRACTED), ObstacleKind.RETRACTED_CITATION),
        (RetractionCheck(RetractionStatus.UNCHECKED, make_moment()), ObstacleKind.UNCHECKED_CITATION),
        (RetractionCheck(RetractionStatus.NONE_KNOWN), ObstacleKind.UNCHECKED_CITATION),
        (RetractionCheck(RetractionStatus.CORRECTED, make_moment()), None),
    ],
)
def test_each_attached_citation_must_stand_and_be_checked(
    check: RetractionCheck, kind: ObstacleKind | None
) -> None:
    dossier = graded(SupportGrade.SUPPORTED)
    dossier = replace(dossier, findings=(replace(dossier.findings[0], retraction=check),))
    assert told(dossier) == []
    attached = replace(dossier, judgements=(make_judgement(1),))
    assert told(attached) == ([(kind, make_pmid(1))] if kind else [])


@pytest.mark.parametrize(
    ("days", "judgement", "expired"),
    [
        (-1, CitationJudgement.SUPPORTING, True),
        (0, CitationJudgement.PARTLY, True),
        (1, CitationJudgement.SUPPORTING, False),
        (None, CitationJudgement.SUPPORTING, False),
        (-1, CitationJudgement.NOT_RELEVANT, False),
    ],
)
def test_each_attached_document_must_hold_today(
    days: int | None, judgement: CitationJudgement, expired: bool
) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    document = Document(
        7, 1, DocumentDetails("見本の添付文書", "見本製薬", expires_on=until), "a", make_moment()
    )
    judged = JudgedDocument(7, judgement, "a", make_moment())
    dossier = replace(graded(SupportGrade.SUPPORTED), documents=(document,), document_judgements=(judged,))
    assert told(dossier) == ([(ObstacleKind.EXPIRED_DOCUMENT, "7")] if expired else [])


def test_each_open_flag_is_in_the_way_by_its_key_and_a_settled_one_is_not() -> None:
    opened = Flag(1, "hedge_dropped", FlagReason.HEDGE_DROPPED, 0, 1)
    settled = FlagResolution(1, "other", True, "確認", "editor", make_moment(), "")
    closed = replace(opened, key="other", resolutions=(settled,))
    dossier = graded(SupportGrade.SUPPORTED)
    assert told(dossier, closed, opened) == [(ObstacleKind.OPEN_FLAG, "hedge_dropped")]
