"""Whatever is done to an article, every untouched claim is kept, and no claim is lost or invented."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.anchoring import CutArticle, re_anchor
from claims.articles import parse_article
from claims.errors import ArticleError
from claims.records.lineage import Anchoring, FormerClaim, Relation
from tests.anchoring.editing import (
    MESSAGES,
    Draft,
    Sentence,
    a_draft,
    an_edit,
    cut,
    former_claims,
    write_draft,
)
from tests.examples import at_most

ONE, SEVERAL = range(1, 2), range(2, 1000)
SHAPES = {
    Relation.UNCHANGED: (ONE, ONE),
    Relation.MOVED: (ONE, ONE),
    Relation.REWORDED: (ONE, ONE),
    Relation.SPLIT: (ONE, SEVERAL),
    Relation.MERGED: (SEVERAL, ONE),
    Relation.REMOVED: (ONE, range(1)),
    Relation.NEW: (range(1), ONE),
}


def check_whole(claims: list[FormerClaim], present: CutArticle, anchoring: Anchoring) -> None:
    """Every former claim and every sentence of the present article is accounted for, once."""
    taken = [id for anchor in anchoring.anchors for id in anchor.former]
    assert sorted(taken) == [claim.id for claim in claims]
    for anchor in anchoring.anchors:
        olds, news = SHAPES[anchor.relation]
        assert len(anchor.former) in olds
        assert len(anchor.claims) in news
    standing = {(c.start, c.end) for anchor in anchoring.anchors for c in anchor.claims}
    dropped = {(d.start, d.end) for d in anchoring.dropped}
    assert standing.isdisjoint(dropped)
    assert standing | dropped == {(c.unit.start, c.unit.end) for c in present.units}


@st.composite
def a_revision(draw: st.DrawFn) -> tuple[Draft, Draft]:
    draft = draw(a_draft())
    return draft, draw(an_edit(draft))


COPIES = [[Sentence(MESSAGES[0], -5)], [Sentence(MESSAGES[1], -4)], [Sentence("## アクセス", -3)]]


@settings(max_examples=at_most(600), deadline=None)
@given(a_revision())
@example(([*COPIES, [Sentence(MESSAGES[0], -2), Sentence(MESSAGES[1], -1)]], COPIES[:2]))
def test_any_edit_script_keeps_every_untouched_claim(revision: tuple[Draft, Draft]) -> None:
    before, after = revision
    if not after:
        return
    (old_article, old_starts), (new_article, new_starts) = write_draft(before), write_draft(after)
    former, present = cut(old_article), cut(new_article)
    claims = former_claims(former)
    anchoring = re_anchor(former, claims, present)
    check_whole(claims, present, anchoring)
    kept = {a.former[0]: a.claims[0] for a in anchoring.anchors if a.relation.keeps_claim}
    by_start = {start: id for id, start in old_starts.items()}
    repeated = Counter(s.text.lstrip("- ") for draft in revision for s in {s for p in draft for s in p})
    untouched = [c for c in claims if by_start[c.claim.start] in new_starts]
    for claim in untouched:
        if repeated[claim.claim.text] <= 2:
            assert kept[claim.id].start == new_starts[by_start[claim.claim.start]]
    survived = Counter(claim.text for claim in kept.values())
    assert survived >= Counter(claim.claim.text for claim in untouched)
    assert all(kept[id].text == claim.claim.text for claim in claims if (id := claim.id) in kept)


_LINES = st.lists(
    st.one_of(
        st.text(st.sampled_from("髪が増す。「」、PRP は1|-・#:\t"), max_size=12),
        st.sampled_from(["PRPは毛を増やす。", "| a | b |", "- 副作用はない", "Q. 何ですか?", "料金"]),
    ),
    max_size=12,
)


@settings(max_examples=at_most(300), deadline=None)
@given(_LINES, _LINES)
def test_any_two_texts_have_each_claim_in_one_relation(one: list[str], other: list[str]) -> None:
    try:
        former, present = (cut(parse_article("\n".join(lines))) for lines in (one, other))
    except ArticleError:
        return
    claims = former_claims(former)
    anchoring = re_anchor(former, claims, present)
    check_whole(claims, present, anchoring)
    kept = {anchor.former[0] for anchor in anchoring.anchors if anchor.relation.keeps_claim}
    before, there = (Counter(unit.key for unit in article.units) for article in (former, present))
    keys = [unit.key for unit in former.units for _ in unit.claims]
    untouched = {n for n, key in enumerate(keys, start=1) if there[key] >= before[key]}
    assert untouched <= kept


@settings(max_examples=at_most(60), deadline=None)
@given(a_draft())
def test_the_same_article_again_changes_nothing(draft: Draft) -> None:
    article = cut(write_draft(draft)[0])
    claims = former_claims(article)
    anchoring = re_anchor(article, claims, article)
    assert [a.claims[0] for a in anchoring.anchors] == [claim.claim for claim in claims]
    assert {(a.relation, a.reread) for a in anchoring.anchors} <= {(Relation.UNCHANGED, False)}
