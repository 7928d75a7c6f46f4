from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from claims.errors import NotFound, VersionConflict
from claims.records.assessment import ClaimStatus
from claims.records.claim import Extraction
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_audit_entry,
    make_claim,
    make_extraction,
    make_moment,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]


def store_extraction(begin: Begin, extraction: Extraction) -> tuple[ReviewClaim, ...]:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claims = work.claims.add_extraction(version.id, extraction)
        work.commit(make_audit_entry())
    return claims


def test_claims_are_numbered_in_the_articles_order_and_come_back_whole(begin: Begin) -> None:
    extraction = make_extraction(claims=3, dropped=2)
    stored = store_extraction(begin, extraction)
    with begin() as work:
        listed = work.claims.list_claims(stored[0].version_id)
        dropped = work.claims.list_dropped(stored[0].version_id)
    assert listed == stored
    assert [known.number for known in listed] == [1, 2, 3]
    assert tuple(known.claim for known in listed) == extraction.claims
    assert {(known.status, known.revision, known.reason) for known in listed} == {
        (ClaimStatus.EXTRACTED, 1, "")
    }
    assert tuple(known.unit for known in dropped) == extraction.dropped
    assert {known.claim_id for known in dropped} == {None}


def test_a_change_of_status_grows_the_revision_and_keeps_the_reason(begin: Begin) -> None:
    (claim,) = store_extraction(begin, make_extraction(claims=1))
    with begin() as work:
        dismissed = work.claims.change_status(claim.id, ClaimStatus.DISMISSED, 1, reason="比喩である")
        back = work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 2)
        work.commit(make_audit_entry())
    assert (dismissed.status, dismissed.revision, dismissed.reason) == (
        ClaimStatus.DISMISSED,
        2,
        "比喩である",
    )
    assert (back.status, back.revision, back.reason) == (ClaimStatus.IN_REVIEW, 3, "比喩である")
    with begin() as work:
        assert work.claims.get_claim(claim.id) == back


def test_a_change_decided_on_an_older_revision_is_refused(begin: Begin) -> None:
    (claim,) = store_extraction(begin, make_extraction(claims=1))
    with begin() as work:
        work.claims.change_status(claim.id, ClaimStatus.IN_REVIEW, 1)
        with pytest.raises(VersionConflict) as refused:
            work.claims.change_status(claim.id, ClaimStatus.DISMISSED, 1)
        assert work.claims.get_claim(claim.id).status is ClaimStatus.IN_REVIEW
    assert refused.value.code == "claim_changed"
    assert refused.value.values == {"id": claim.id, "expected": 1, "found": 2}


def test_what_does_not_exist_is_told(begin: Begin) -> None:
    with begin() as work:
        with pytest.raises(NotFound, match="claim_not_found"):
            work.claims.get_claim(404)
        with pytest.raises(NotFound, match="claim_not_found"):
            work.claims.change_status(404, ClaimStatus.GRADED, 1)
        with pytest.raises(NotFound, match="dropped_not_found"):
            work.claims.restore(404, make_claim())
        assert work.claims.list_claims(404) == ()
        assert work.claims.list_dropped(404) == ()


@pytest.mark.parametrize(("start", "number"), [(0, 2), (5, 2), (15, 3), (25, 4)])
def test_a_restored_unit_takes_its_place_in_the_article(begin: Begin, start: int, number: int) -> None:
    stored = store_extraction(begin, make_extraction(claims=3, dropped=1))
    version_id = stored[0].version_id
    with begin() as work:
        (dropped,) = work.claims.list_dropped(version_id)
        restored = work.claims.restore(dropped.id, make_claim("戻した。", start=start))
        work.commit(make_audit_entry())
    with begin() as work:
        listed = work.claims.list_claims(version_id)
        (dropped,) = work.claims.list_dropped(version_id)
    assert restored.number == number
    assert [known.number for known in listed] == [1, 2, 3, 4]
    assert listed[number - 1] == restored
    assert [known.claim.start for known in listed] == sorted(known.claim.start for known in listed)
    assert dropped.claim_id == restored.id


def test_restoring_one_unit_leaves_the_other_claims_open_to_those_who_hold_them(begin: Begin) -> None:
    stored = store_extraction(begin, make_extraction(claims=2, dropped=1))
    with begin() as work:
        (dropped,) = work.claims.list_dropped(stored[0].version_id)
        work.claims.restore(dropped.id, make_claim("戻した。", start=5))
        moved = work.claims.change_status(stored[1].id, ClaimStatus.IN_REVIEW, stored[1].revision)
    assert moved.number == 3


def test_a_unit_is_restored_once(begin: Begin) -> None:
    stored = store_extraction(begin, make_extraction(claims=1, dropped=1))
    with begin() as work:
        (dropped,) = work.claims.list_dropped(stored[0].version_id)
        restored = work.claims.restore(dropped.id, make_claim("戻した。", start=5))
        with pytest.raises(VersionConflict) as refused:
            work.claims.restore(dropped.id, make_claim("戻した。", start=5))
    assert refused.value.values == {"id": dropped.id, "claim_id": restored.id}


def test_restoring_into_an_article_without_claims_gives_its_first(begin: Begin) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, make_extraction(claims=0, dropped=1))
        (dropped,) = work.claims.list_dropped(version.id)
        assert work.claims.restore(dropped.id, make_claim(start=5)).number == 1


@pytest.mark.parametrize("claims", [1, 120])
def test_storing_and_listing_take_as_many_queries_for_many_claims_as_for_one(
    engine: Engine, begin: Begin, claims: int
) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        with count_statements(engine) as sent:
            work.claims.add_extraction(version.id, make_extraction(claims, dropped=claims))
        assert len(sent) == 6
        with count_statements(engine) as sent:
            assert len(work.claims.list_claims(version.id)) == claims
            assert len(work.claims.list_dropped(version.id)) == claims
        assert len(sent) == 2
        dropped = work.claims.list_dropped(version.id)[0]
        with count_statements(engine) as sent:
            work.claims.restore(dropped.id, make_claim(start=0))
        assert len(sent) <= 9
