"""Claims added, merged and split by hand: what takes their place knows where it came from."""

from __future__ import annotations

import pytest

from claims.errors import RuleRefused, VersionConflict
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import ClaimType
from claims.records.lineage import HandStep, Relation
from claims.records.review import ReviewClaim
from reviewer.workflow.amending import dismiss_claim, reword_reading
from reviewer.workflow.grading import record_grade
from reviewer.workflow.ingesting import Ingested
from reviewer.workflow.merging_splitting import add_claim, merge_claims, split_claim
from tests.conftest import OpenWork
from tests.factories import make_moment, make_pmid
from tests.workflow.articles import (
    EDITOR,
    GROWTH,
    HELLO,
    SATO,
    SLEEP,
    STEM,
    find,
    ingest,
    list_claims,
    load,
    work_on,
)

AT = make_moment(5)
OFFER = "お気軽にご相談ください。"


@pytest.fixture
def first(open_work: OpenWork) -> Ingested:
    """A version whose paragraph holds two claims, with one more below and two dropped units between."""
    return ingest(open_work, GROWTH + STEM, HELLO + OFFER, SLEEP)


def add(open_work: OpenWork, ingested: Ingested, words: str) -> ReviewClaim:
    start = ingested.version.article.text.index(words)
    with open_work() as work:
        return add_claim(work, ingested.version.id, start, start + len(words), EDITOR, AT)


def merge(open_work: OpenWork, *claims: ReviewClaim) -> ReviewClaim:
    with open_work() as work:
        return merge_claims(work, claims, SATO, AT)


def split(open_work: OpenWork, claim: ReviewClaim, *readings: str) -> tuple[ReviewClaim, ...]:
    with open_work() as work:
        return split_claim(work, claim, readings, SATO, AT)


def texts(open_work: OpenWork, ingested: Ingested) -> list[str]:
    return [claim.claim.text for claim in list_claims(open_work, ingested.version.id)]


def test_a_claim_is_added_from_its_first_to_its_last_sentence(open_work: OpenWork, first: Ingested) -> None:
    added = add(open_work, first, HELLO + OFFER)
    assert (added.claim.text, added.number, added.by_hand) == (HELLO + OFFER, 3, (HandStep.ADDED,))
    text = first.version.article.text
    assert text[added.claim.start : added.claim.end] == HELLO + OFFER
    with open_work() as work:
        (entry,) = work.audit.list_entries(f"claim:{added.id}")
    assert entry.action is AuditAction.CLAIM_ADDED


def test_a_claim_added_from_a_dropped_unit_takes_it_off_the_list_and_a_type_can_be_said(
    open_work: OpenWork, first: Ingested
) -> None:
    start = first.version.article.text.index(HELLO)
    with open_work() as work:
        added = add_claim(work, first.version.id, start, start + len(HELLO), EDITOR, AT, ClaimType.GUIDELINE)
    assert added.claim.type is ClaimType.GUIDELINE
    with open_work() as work:
        dropped = work.claims.list_dropped(first.version.id)
    assert [unit.claim_id for unit in dropped] == [added.id, None]


def test_what_is_no_claim_of_the_article_is_not_added(open_work: OpenWork) -> None:
    ingested = ingest(open_work, GROWTH, "## 見出しの見本", STEM)
    text = ingested.version.article.text
    with pytest.raises(RuleRefused, match="claim_exists"):
        add(open_work, ingested, GROWTH)
    with pytest.raises(RuleRefused, match="span_over_heading"):
        add(open_work, ingested, text)
    with open_work() as work, pytest.raises(RuleRefused, match="span_without_sentence"):
        add_claim(work, ingested.version.id, len(text), len(text) + 9, EDITOR, AT)
    assert texts(open_work, ingested) == [GROWTH, STEM]


def test_merged_claims_are_one_with_their_evidence_suggested_and_their_history(
    open_work: OpenWork, first: Ingested
) -> None:
    graded = work_on(open_work, find(first, GROWTH))
    merged = merge(open_work, graded.claim, find(first, STEM))
    dossier = load(open_work, merged.id)
    assert texts(open_work, first) == [GROWTH + STEM, SLEEP]
    assert (dossier.claim.status, dossier.verdict, dossier.attached) == (ClaimStatus.STALE, None, ())
    assert [f.pmid for f in dossier.findings] == [make_pmid(1), make_pmid(2)]
    assert [f.assessments for f in dossier.former] == [(), graded.assessments]
    with open_work() as work:
        lines = [line for line in work.lineage.list_lines(first.version.id) if line.by_hand]
        assert {(d.relation, d.claim_id) for d in lines} == {(Relation.MERGED, merged.id)}
        replaced = work.claims.list_replaced(first.version.id)
    assert [claim.id for claim in replaced] == [graded.claim.id, find(first, STEM).id]
    with open_work() as work, pytest.raises(RuleRefused, match="claim_replaced"):
        record_grade(work, graded.claim.id, SupportGrade.CANNOT_JUDGE, "理由", SATO, AT)


def test_ungraded_claims_merge_into_one_that_is_to_be_graded(open_work: OpenWork, first: Ingested) -> None:
    merged = merge(open_work, find(first, STEM), find(first, GROWTH))
    assert merged.status is ClaimStatus.EXTRACTED


def test_splitting_a_merged_claim_puts_the_same_claims_back_with_their_grades(
    open_work: OpenWork, first: Ingested
) -> None:
    graded = work_on(open_work, find(first, GROWTH))
    with open_work() as work:
        reworded = reword_reading(work, find(first, STEM), "見本の読み", EDITOR, AT)
    parts = split(open_work, merge(open_work, graded.claim, reworded))
    assert [part.id for part in parts] == [graded.claim.id, reworded.id]
    assert texts(open_work, first) == [GROWTH, STEM, SLEEP]
    back = load(open_work, graded.claim.id)
    assert (back.verdict, back.claim.status, back.findings) == (
        graded.verdict,
        ClaimStatus.GRADED,
        graded.findings,
    )


def test_claims_of_several_readings_share_the_sentence(open_work: OpenWork, first: Ingested) -> None:
    graded = work_on(open_work, find(first, GROWTH))
    parts = split(open_work, graded.claim, "成長期を延長する", "毛包に作用する", "成長期を延長する")
    assert [part.claim.read_as for part in parts] == ["成長期を延長する", "毛包に作用する"]
    assert {(p.claim.text, p.claim.start, p.claim.end) for p in parts} == {
        (GROWTH, graded.claim.claim.start, graded.claim.claim.end)
    }
    assert [part.number for part in parts] == [1, 2]
    assert {part.status for part in parts} == {ClaimStatus.STALE}
    for part in parts:
        dossier = load(open_work, part.id)
        assert [f.pmid for f in dossier.findings] == [make_pmid(1), make_pmid(2)]
        assert dossier.former[0].assessments == graded.assessments
        assert dossier.verdict is None


def test_merging_several_readings_puts_the_claim_back_and_splitting_it_again_the_readings(
    open_work: OpenWork, first: Ingested
) -> None:
    graded = work_on(open_work, find(first, GROWTH))
    parts = split(open_work, graded.claim, "成長期を延長する", "毛包に作用する")
    back = merge(open_work, *parts)
    assert (back.id, back.status) == (graded.claim.id, ClaimStatus.GRADED)
    again = split(open_work, back, "成長期を延長する", "別の読み")
    assert again[0].id == parts[0].id
    assert again[1].id not in {part.id for part in parts}


def test_what_is_no_merger_and_no_split_is_refused(open_work: OpenWork, first: Ingested) -> None:
    growth, stem, sleep = (find(first, text) for text in (GROWTH, STEM, SLEEP))
    other = ingest(open_work, GROWTH, title="別の記事")
    for chosen in ([growth], [growth, growth], [growth, other.claims[0]]):
        with pytest.raises(RuleRefused, match="merge_needs_two"):
            merge(open_work, *chosen)
    with pytest.raises(RuleRefused) as refused:
        merge(open_work, growth, sleep)
    assert (refused.value.code, refused.value.values) == ("claims_not_adjacent", {"number": stem.number})
    for readings in ((), ("一つだけ",), ("同じ", " 同じ ")):
        with pytest.raises(RuleRefused, match="split_needs_two"):
            split(open_work, growth, *readings)
    assert texts(open_work, first) == [GROWTH, STEM, SLEEP]
    assert list_claims(open_work, first.version.id) == first.claims


def test_a_dismissed_claim_between_is_merged_over_and_itself_never_merged(
    open_work: OpenWork,
) -> None:
    ingested = ingest(open_work, GROWTH + STEM + SLEEP)
    with open_work() as work:
        dismissed = dismiss_claim(work, find(ingested, STEM), "本筋でない", SATO, AT)
    with pytest.raises(RuleRefused, match="claim_dismissed"):
        merge(open_work, find(ingested, GROWTH), dismissed)
    merged = merge(open_work, find(ingested, GROWTH), find(ingested, SLEEP))
    assert merged.claim.text == GROWTH + STEM + SLEEP


def test_a_claim_that_changed_in_the_meantime_is_neither_merged_nor_split(
    open_work: OpenWork, first: Ingested
) -> None:
    seen = find(first, GROWTH)
    with open_work() as work:
        reword_reading(work, seen, "別の読み", EDITOR, AT)
    with pytest.raises(VersionConflict, match="claim_changed"):
        merge(open_work, seen, find(first, STEM))
    with pytest.raises(VersionConflict, match="claim_changed"):
        split(open_work, seen, "一", "二")
    assert texts(open_work, first) == [GROWTH, STEM, SLEEP]


def test_what_was_grouped_by_hand_stays_so_in_the_next_version(open_work: OpenWork, first: Ingested) -> None:
    merged = merge(open_work, find(first, GROWTH), find(first, STEM))
    parts = split(open_work, find(first, SLEEP), "肥満のリスク", "睡眠の不足")
    added = add(open_work, first, HELLO + OFFER)
    second = ingest(open_work, SLEEP, "膝の痛みは運動療法で軽くなります。", GROWTH + STEM, HELLO + OFFER)
    kept = [claim.id for claim in second.claims]
    assert kept[:2] == [part.id for part in parts]
    assert kept[3:] == [merged.id, added.id]
    assert [claim.claim.read_as for claim in second.claims][:2] == ["肥満のリスク", "睡眠の不足"]


def test_a_merged_claim_whose_sentence_was_reworded_stays_one(open_work: OpenWork, first: Ingested) -> None:
    merged = merge(open_work, find(first, GROWTH), find(first, STEM))
    work_on(open_work, merged)
    reworded = "ミノキシジルは毛包の成長期を延長すると報告されています。"
    second = ingest(open_work, reworded + STEM, HELLO + OFFER, SLEEP, minutes=9)
    assert [c.claim.text for c in second.claims] == [reworded + STEM, SLEEP]
    assert second.claims[0].status is ClaimStatus.STALE
    assert load(open_work, second.claims[0].id).former[0].claim.id == merged.id


def test_readings_of_a_sentence_that_was_reworded_are_merged_into_it(
    open_work: OpenWork, first: Ingested
) -> None:
    parts = split(open_work, find(first, SLEEP), "肥満のリスク", "睡眠の不足")
    reworded = "睡眠不足は肥満のリスクを高めるとされています。"
    second = ingest(open_work, GROWTH + STEM, HELLO + OFFER, reworded, minutes=9)
    formers = load(open_work, find(second, reworded).id).former
    assert {former.claim.id for former in formers} >= {part.id for part in parts}
