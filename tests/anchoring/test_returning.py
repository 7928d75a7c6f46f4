"""Which earlier claim words that are back belong to."""

from __future__ import annotations

from claims.anchoring.returning import find_returning, stand_again
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim, ClaimType
from claims.records.lineage import HandStep
from claims.records.review import ReviewClaim
from tests.factories import make_claim


def earlier(id: int, claim: Claim, *by_hand: HandStep) -> ReviewClaim:
    return ReviewClaim(id, 1, 0, claim, ClaimStatus.GRADED, 1, by_hand=by_hand)


def found(claims: list[Claim], *known: ReviewClaim) -> list[int | None]:
    return [None if claim is None else claim.id for claim in find_returning(claims, known)]


def test_each_earlier_claim_comes_back_once_and_the_latest_first() -> None:
    known = (earlier(1, make_claim()), earlier(2, make_claim()))
    assert found([make_claim(start=9), make_claim(), make_claim()], *known) == [2, 1, None]
    assert found([make_claim("別の主張。")], *known) == [None]


def test_the_one_that_was_read_the_same_comes_first() -> None:
    known = (earlier(1, make_claim(read_as="読み")), earlier(2, make_claim()))
    assert found([make_claim(read_as="読み")], *known) == [1]


def test_one_of_several_readings_comes_back_for_its_own_alone() -> None:
    part = earlier(1, make_claim(read_as="一つの読み"), HandStep.SPLIT)
    assert found([make_claim()], part) == [None]
    assert found([make_claim(read_as="一つの読み")], part) == [1]


def test_it_stands_at_the_new_place_typed_and_worded_as_people_did() -> None:
    known = make_claim(type=ClaimType.SAFETY, read_as="人の読み")
    now = make_claim(start=40, type=ClaimType.EFFICACY, read_as="機械の読み")
    worded = stand_again(earlier(1, known, HandStep.REWORDED), now)
    assert (worded.start, worded.type, worded.read_as) == (40, ClaimType.SAFETY, "人の読み")
    assert stand_again(earlier(1, known), now).read_as == "機械の読み"
