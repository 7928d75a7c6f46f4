"""Who is who in a revised article: what stays, what is back, what begins and is stale."""

from __future__ import annotations

from dataclasses import replace

from claims.anchoring.succession import Beginning, Succession, Successor, decide_succession, draw_lines
from claims.records.assessment import ClaimStatus
from claims.records.claim import Claim
from claims.records.lineage import Anchor, Anchoring, Descent, Relation
from claims.records.review import ReviewClaim
from tests.factories import make_claim

WORDS, OTHER = make_claim(), make_claim("別の主張。")


def known(id: int, claim: Claim = WORDS) -> ReviewClaim:
    return ReviewClaim(id, 1, id, claim, ClaimStatus.GRADED, 1)


def test_an_untouched_claim_is_the_same_claim_and_tells_whether_it_is_read_anew() -> None:
    for reread in (False, True):
        anchor = Anchor(Relation.MOVED, (1,), (OTHER,), reread=reread)
        decided = decide_succession(Anchoring((anchor,), ()), {1: known(1)}, {1}, ())
        assert decided == Succession((Successor(known(1), OTHER, reread, anchor),), (), ())


def test_a_claim_begins_stale_where_one_that_it_came_of_was_graded() -> None:
    merged = Anchor(Relation.MERGED, (1, 2), (WORDS,))
    new = Anchor(Relation.NEW, (), (OTHER,))
    former = {1: known(1), 2: known(2)}
    begun = decide_succession(Anchoring((merged, new), ()), former, {2}, ()).begun
    assert begun == (
        Beginning(WORDS, ClaimStatus.STALE, merged),
        Beginning(OTHER, ClaimStatus.EXTRACTED, new),
    )
    assert decide_succession(Anchoring((merged,), ()), former, {3}, ()).begun[0].status is (
        ClaimStatus.EXTRACTED
    )


def test_words_that_are_back_are_the_claim_they_were_and_reread_under_another_heading() -> None:
    anchor = Anchor(Relation.NEW, (), (WORDS,))
    for section, reread in ((WORDS.section, False), ("別の見出し", True)):
        was = known(7, replace(WORDS, section=section))
        decided = decide_succession(Anchoring((anchor,), ()), {}, (), (was,))
        assert [(one.known.id, one.reread) for one in decided.back] == [(7, reread)]
        assert decided.begun == ()


def test_lines_lead_from_each_former_claim_to_what_came_of_it() -> None:
    anchors = (
        Anchor(Relation.UNCHANGED, (1,), (WORDS,)),
        Anchor(Relation.REMOVED, (2,), ()),
        Anchor(Relation.MERGED, (3, 4), (WORDS,)),
        Anchor(Relation.NEW, (), (OTHER,)),
    )
    drawn = draw_lines(5, Anchoring(anchors, ()), [(8, anchors[2]), (9, anchors[3])])
    assert list(drawn) == [
        Descent(5, Relation.UNCHANGED, 1, 1),
        Descent(5, Relation.REMOVED, 2, None),
        Descent(5, Relation.MERGED, 3, 8),
        Descent(5, Relation.MERGED, 4, 8),
        Descent(5, Relation.NEW, None, 9),
    ]
