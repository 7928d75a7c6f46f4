"""Another's verdict and contradicted safety are not taken away by one person alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.adjudication import Adjudication
from claims.records.assessment import Assessment, ClaimStatus, SupportGrade
from claims.records.claim import ClaimType
from claims.records.review import ReviewClaim
from reviewer.rules.dossier import Dossier, Former
from reviewer.rules.second_person import needs_second_person
from tests.exports.test_report import a_dossier
from tests.factories import make_assessment, make_claim, make_moment

SETTLED = (ClaimStatus.GRADED, ClaimStatus.ADJUDICATED, ClaimStatus.CONFLICT)
OPEN = (ClaimStatus.EXTRACTED, ClaimStatus.IN_REVIEW, ClaimStatus.STALE)
OWN, OTHERS = make_assessment(graded_by="a"), make_assessment(graded_by="b")
AGAINST = replace(OWN, grade=SupportGrade.CONTRADICTED)
EARLIER = replace(OTHERS, text_hash="of other words")


def a_claim(status: ClaimStatus, type: ClaimType = ClaimType.EFFICACY) -> ReviewClaim:
    return ReviewClaim(1, 1, 1, make_claim(type=type), status, 1)


def decided(by: str, grade: SupportGrade = SupportGrade.SUPPORTED) -> Adjudication:
    text_hash = a_claim(ClaimStatus.ADJUDICATED).text_hash
    return Adjudication(1, grade, "裁定", by, make_moment(), text_hash, ())


def dossier(
    status: ClaimStatus, *grades: Assessment, type: ClaimType = ClaimType.EFFICACY, since: int | None = None
) -> Dossier:
    return replace(a_dossier(1), claim=a_claim(status, type), assessments=grades, since=since)


@pytest.mark.parametrize("status", SETTLED)
def test_what_another_settled_is_not_taken_away_by_one(status: ClaimStatus) -> None:
    assert needs_second_person(dossier(status, OWN, OTHERS), "a")
    assert not needs_second_person(dossier(status, OWN), "a")
    assert not needs_second_person(dossier(status, OWN, EARLIER), "a")
    assert needs_second_person(replace(dossier(status, OWN), adjudication=decided("judge")), "a")
    assert not needs_second_person(replace(dossier(status, OWN), adjudication=decided("cli:a")), "a")


@pytest.mark.parametrize("status", OPEN)
def test_what_is_graded_for_the_first_time_binds_nobody_until_it_was_opened_again(
    status: ClaimStatus,
) -> None:
    assert not needs_second_person(dossier(status, OWN, OTHERS), "a")
    assert needs_second_person(dossier(status, OWN, OTHERS, since=0), "a")


@pytest.mark.parametrize("status", [*OPEN, *SETTLED])
def test_who_contradicted_a_safety_claim_does_not_take_that_away_alone(status: ClaimStatus) -> None:
    safety = ClaimType.SAFETY
    assert needs_second_person(dossier(status, AGAINST, type=safety), "a")
    assert needs_second_person(dossier(status, type=safety), "cli:a", [AGAINST])
    assert not needs_second_person(dossier(status, type=safety), "b", [AGAINST])
    assert not needs_second_person(dossier(status, AGAINST), "a", [AGAINST])
    assert not needs_second_person(dossier(status, OWN, type=safety), "a", [OWN])


def test_who_decided_that_a_safety_claim_is_contradicted_does_not_take_that_away_alone() -> None:
    decision = decided("a", SupportGrade.CONTRADICTED)
    settled = dossier(ClaimStatus.ADJUDICATED, OWN, type=ClaimType.SAFETY)
    assert needs_second_person(replace(settled, adjudication=decision), "a")
    assert not needs_second_person(replace(dossier(ClaimStatus.ADJUDICATED, OWN), adjudication=decision), "a")


@pytest.mark.parametrize("status", list(ClaimStatus))
def test_a_claim_reworded_from_contradicted_safety_keeps_needing_two_while_it_is_ungraded(
    status: ClaimStatus,
) -> None:
    former = Former(a_claim(status, ClaimType.SAFETY), (replace(AGAINST, graded_by="c"),), ())
    reworded = replace(dossier(ClaimStatus.EXTRACTED), former=(former,))
    assert needs_second_person(reworded, "a") is (status in SETTLED)
    outdated = replace(former, assessments=(replace(AGAINST, text_hash="of other words"),))
    efficacy = replace(former, claim=a_claim(status))
    supported = replace(former, assessments=(OTHERS,))
    for other in (outdated, efficacy, supported):
        assert not needs_second_person(replace(reworded, former=(other,)), "a")
        assert needs_second_person(replace(reworded, former=(other, former)), "a") is (status in SETTLED)
    decision = replace(supported, adjudication=decided("judge", SupportGrade.CONTRADICTED))
    assert needs_second_person(replace(reworded, former=(decision,)), "a") is (status in SETTLED)
    graded = replace(dossier(ClaimStatus.GRADED, OWN), former=(former,))
    assert not needs_second_person(graded, "a")
