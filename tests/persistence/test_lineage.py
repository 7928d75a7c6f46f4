from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import Anchor, Anchoring, Descent, HandStep, Relation
from claims.records.review import ReviewClaim
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_assessment,
    make_audit_entry,
    make_claim,
    make_evidence,
    make_extraction,
    make_judgement,
    make_moment,
    make_pmid,
)
from tests.persistence.counting import count_statements

Begin = Callable[[], UnitOfWork]


@pytest.fixture
def first(begin: Begin) -> tuple[ReviewClaim, ...]:
    """Five claims of a first version."""
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        claims = work.claims.add_extraction(version.id, make_extraction(claims=5, dropped=0))
        work.commit(make_audit_entry())
    return claims


def revise(
    begin: Begin, anchors: list[Anchor], former: tuple[ReviewClaim, ...], stale: tuple[int, ...] = ()
) -> tuple[int, dict[int, tuple[int, ...]]]:
    """A next version with these anchors: its number, and what came of what."""
    with begin() as work:
        text = f"次の版{len(work.articles.list_versions())}。"
        version = work.articles.add_version(make_article(text), make_moment(5))
        by_id = {claim.id: claim for claim in former}
        anchoring = Anchoring(tuple(anchors), ())
        origins = work.lineage.add_anchoring(version.id, anchoring, by_id, stale, (), make_moment(5))
        work.commit(make_audit_entry())
    return version.id, origins


def place(text: str, start: int) -> tuple[Claim, ...]:
    return (make_claim(text, start=start),)


def test_untouched_claims_are_the_same_claims_and_the_others_begin(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    a, b, c, d, e = (claim.id for claim in first)
    version_id, origins = revise(
        begin,
        [
            Anchor(Relation.MOVED, (a,), place("主張0。", 40)),
            Anchor(Relation.UNCHANGED, (b,), place("主張1。", 0), reread=True),
            Anchor(Relation.REWORDED, (c,), place("別の主張。", 10)),
            Anchor(Relation.MERGED, (d, e), place("一つの主張。", 20)),
            Anchor(Relation.NEW, (), place("新しい主張。", 30)),
        ],
        first,
        stale=(c, e),
    )
    with begin() as work:
        listed = work.claims.list_claims(version_id)
        before = work.claims.list_claims(first[0].version_id)
        lines = work.lineage.list_lines(version_id)
    assert before == first
    assert [claim.number for claim in listed] == [1, 2, 3, 4, 5]
    assert [listed[0].id, listed[4].id] == [b, a]
    reworded, merged, new = (claim.id for claim in listed[1:4])
    assert [claim.status for claim in listed[1:4]] == [
        ClaimStatus.STALE,
        ClaimStatus.STALE,
        ClaimStatus.EXTRACTED,
    ]
    assert origins == {reworded: (c,), merged: (d, e)}
    assert [claim.read_since for claim in listed] == [make_moment(5), None, None, None, None]
    assert {(line.relation, line.former_id, line.claim_id) for line in lines} == {
        (Relation.MOVED, a, a),
        (Relation.UNCHANGED, b, b),
        (Relation.REWORDED, c, reworded),
        (Relation.MERGED, d, merged),
        (Relation.MERGED, e, merged),
        (Relation.NEW, None, new),
    }


def test_a_claim_is_loaded_where_it_now_stands_and_its_status_is_the_same_everywhere(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    claim = first[0]
    version_id, _ = revise(begin, [Anchor(Relation.MOVED, (claim.id,), place("主張0。", 90))], first)
    with begin() as work:
        assert work.claims.get_claim(claim.id).version_id == version_id
        work.claims.change_status(claim.id, ClaimStatus.GRADED, claim.revision)
        assert work.claims.list_claims(claim.version_id)[0].status is ClaimStatus.GRADED
        assert work.claims.list_claims(version_id)[0].claim.start == 90


def test_what_was_said_of_a_claim_is_said_of_it_in_every_version(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    claim = first[0]
    with begin() as work:
        work.searches.record_evidence(claim.id, make_evidence(1))
        work.assessments.add(make_assessment(claim.id))
        work.commit(make_audit_entry())
    version_id, _ = revise(begin, [Anchor(Relation.UNCHANGED, (claim.id,), (claim.claim,))], first)
    with begin() as work:
        (kept,) = work.claims.list_claims(version_id)
        assert work.assessments.load_assessments([kept.id])[kept.id] == (make_assessment(claim.id),)
        assert [f.pmid for f in work.searches.load_findings([kept.id])[kept.id]] == [make_pmid(1)]


def test_ancestors_are_found_through_all_versions_and_circles_end(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    a, b, *_ = (claim.id for claim in first)
    second, origins = revise(begin, [Anchor(Relation.MERGED, (a, b), place("一つ。", 0))], first)
    (merged,) = origins
    with begin() as work:
        formers = work.claims.list_claims(second)
    third, origins = revise(
        begin, [Anchor(Relation.SPLIT, (merged,), (*place("一。", 0), *place("二。", 9)))], formers
    )
    one, two = origins
    with begin() as work:
        work.lineage.replace_by_hand(
            third, Relation.MERGED, (one, two), place("一つ。", 0), ClaimStatus.EXTRACTED
        )
        (whole,) = (claim.id for claim in work.claims.list_claims(third))
        work.lineage.replace_by_hand(third, Relation.SPLIT, (whole,), (), ClaimStatus.EXTRACTED, (one, two))
        work.commit(make_audit_entry())
        found = work.lineage.load_ancestors([one, merged, a])
    assert found == {one: (whole, two, merged, b, a), merged: (b, a), a: ()}


def test_claims_replaced_by_hand_leave_the_list_and_come_back_whole(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    version_id, ids = first[0].version_id, [claim.id for claim in first]
    with begin() as work:
        (merged,) = work.lineage.replace_by_hand(
            version_id, Relation.MERGED, ids[:2], place("二つで一つ。", 0), ClaimStatus.STALE
        )
        listed = work.claims.list_claims(version_id)
        replaced = work.claims.list_replaced(version_id)
        work.commit(make_audit_entry())
    assert [claim.id for claim in listed] == [merged, *ids[2:]]
    assert (listed[0].status, listed[0].by_hand) == (ClaimStatus.STALE, (HandStep.MERGED,))
    assert [(claim.id, claim.number) for claim in replaced] == [(ids[0], 0), (ids[1], 0)]
    with begin() as work:
        work.lineage.replace_by_hand(version_id, Relation.SPLIT, [merged], (), ClaimStatus.STALE, ids[:2])
        work.commit(make_audit_entry())
    with begin() as work:
        assert work.claims.list_claims(version_id) == first
        lines = work.lineage.list_lines(version_id)
    assert lines == tuple(
        Descent(version_id, relation, former, claim, by_hand=True)
        for relation, former, claim in (
            (Relation.MERGED, ids[0], merged),
            (Relation.MERGED, ids[1], merged),
            (Relation.SPLIT, merged, ids[0]),
            (Relation.SPLIT, merged, ids[1]),
        )
    )


def test_what_was_found_for_former_claims_is_suggested_once_each_at_its_best(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    a, b, c, *_ = (claim.id for claim in first)
    with begin() as work:
        work.searches.record_evidence(a, make_evidence(1, 2, 3))
        work.searches.record_evidence(b, make_evidence(4, 1))
        work.searches.carry_findings({c: (a, b)})
        work.commit(make_audit_entry())
    with begin() as work:
        found = work.searches.load_findings([a, b, c])
    assert [(f.pmid, f.rank) for f in found[c]] == [
        (make_pmid(number), rank) for rank, number in enumerate((1, 4, 2, 3), start=1)
    ]
    assert [f.pmid for f in found[a]] == [make_pmid(n) for n in (1, 2, 3)]


def test_a_new_search_keeps_what_was_judged_for_a_former_claim(
    begin: Begin, first: tuple[ReviewClaim, ...]
) -> None:
    a, *_ = (claim.id for claim in first)
    with begin() as work:
        work.searches.record_evidence(a, make_evidence(1, 2))
        work.assessments.add_judgement(a, make_judgement(2))
        work.commit(make_audit_entry())
    _, origins = revise(begin, [Anchor(Relation.REWORDED, (a,), place("別の主張。", 0))], first)
    (reworded,) = origins
    with begin() as work:
        work.searches.carry_findings(origins)
        work.searches.record_evidence(reworded, make_evidence(3))
        work.commit(make_audit_entry())
        found = work.searches.load_findings([reworded])[reworded]
    assert [finding.pmid for finding in found] == [make_pmid(3), make_pmid(2)]


@pytest.mark.parametrize("claims", [1, 120])
def test_a_revision_takes_as_many_queries_for_many_claims_as_for_one(
    engine: Engine, begin: Begin, claims: int
) -> None:
    with begin() as work:
        version = work.articles.add_version(make_article("前。"), make_moment())
        former = work.claims.add_extraction(version.id, make_extraction(2 * claims, dropped=0))
        for claim in former[:3]:
            work.searches.record_evidence(claim.id, make_evidence(1, 2))
        work.commit(make_audit_entry())
    kept, changed = former[:claims], former[claims:]
    anchors = [
        *(Anchor(Relation.UNCHANGED, (claim.id,), (claim.claim,)) for claim in kept),
        *(Anchor(Relation.REWORDED, (claim.id,), (replace(claim.claim, text="別。"),)) for claim in changed),
    ]
    with begin() as work:
        following = work.articles.add_version(make_article("後。"), make_moment(5))
        by_id = {claim.id: claim for claim in former}
        with count_statements(engine) as sent:
            origins = work.lineage.add_anchoring(
                following.id, Anchoring(tuple(anchors), ()), by_id, (), (), make_moment(5)
            )
            work.searches.carry_findings(origins)
        assert len(sent) <= 9
        with count_statements(engine) as sent:
            listed = work.claims.list_claims(following.id)
            work.claims.load_claims([claim.id for claim in listed])
            work.lineage.load_ancestors([claim.id for claim in listed])
            work.lineage.list_lines(following.id)
        assert len(listed) == 2 * claims
        assert len(sent) == 4
