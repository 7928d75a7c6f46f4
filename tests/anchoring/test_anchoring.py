"""Each relation by example, as an editor would tell it."""

from __future__ import annotations

from claims.anchoring import re_anchor
from claims.articles import parse_article
from claims.records.claim import DropReason
from claims.records.lineage import Anchoring, FormerClaim, Relation
from tests.anchoring.editing import cut, former_claims

PRP = "PRP療法は毛包を刺激し、発毛を促します。"
GROWTH = "ミノキシジルは毛包の成長期を延長します。"
STEM = "幹細胞は分泌物を介して組織の修復を助けます。"
SLEEP = "睡眠不足は肥満のリスクを高めます。"
KNEE = "膝の痛みは運動療法で軽くなります。"
SMOKE = "喫煙は傷の治りを遅らせます。"
ROW = "| ミノキシジル | 発毛を促す |"
TABLE = f"| 治療 | 効果 |\n|---|---|\n{ROW}\n| PRP療法 | 毛包を刺激する |"


def anchor(
    before: tuple[str, ...], after: tuple[str, ...], worked_on: bool = True
) -> tuple[list[FormerClaim], Anchoring]:
    former, present = (cut(parse_article("\n\n".join(lines), title="見本")) for lines in (before, after))
    claims = former_claims(former, worked_on)
    return claims, re_anchor(former, claims, present)


def tell(before: tuple[str, ...], after: tuple[str, ...], worked_on: bool = True) -> list[str]:
    """``relation: old texts → new texts`` of all that is not unchanged."""
    claims, anchoring = anchor(before, after, worked_on)
    texts = {claim.id: claim.claim.text for claim in claims}
    return [
        f"{found.relation.value}: {' + '.join(texts[id] for id in found.former)}"
        f" → {' + '.join(claim.text for claim in found.claims)}"
        for found in anchoring.anchors
        if found.relation is not Relation.UNCHANGED
    ]


def test_what_stands_around_a_claim_does_not_touch_it() -> None:
    assert tell((PRP, GROWTH), ("はじめに述べます。", PRP, "## 新しい見出し", GROWTH)) == []


def test_a_claim_that_changed_places_is_moved_and_the_fewest_are() -> None:
    assert tell((PRP, GROWTH, STEM), (GROWTH, STEM, PRP)) == [f"moved: {PRP} → {PRP}"]


def test_a_claim_in_other_words_is_reworded() -> None:
    new = "PRP療法は毛包を刺激し、発毛を促す可能性があります。"
    assert tell((PRP, GROWTH), (new, GROWTH)) == [f"reworded: {PRP} → {new}"]


def test_a_claim_in_other_words_elsewhere_is_reworded() -> None:
    new = "PRP療法は毛包を刺激し、発毛を促す可能性があります。"
    assert tell((PRP, GROWTH, STEM), (GROWTH, STEM, new)) == [f"reworded: {PRP} → {new}"]


def test_another_number_is_another_wording() -> None:
    old, new = "12週間の試験で毛髪密度が30%増えました。", "12週間の試験で毛髪密度が3%増えました。"
    assert tell((old,), (new,)) == [f"reworded: {old} → {new}"]


def test_a_claim_in_two_sentences_is_split_and_two_in_one_are_merged() -> None:
    whole = "PRP療法は毛包を刺激して発毛を促し、炎症を抑える作用も報告されています。"
    parts = ("PRP療法は毛包を刺激して発毛を促します。", "炎症を抑える作用も報告されています。")
    assert tell((GROWTH, whole), (GROWTH, *parts)) == [f"split: {whole} → {' + '.join(parts)}"]
    assert tell((GROWTH, *parts), (GROWTH, whole)) == [f"merged: {' + '.join(parts)} → {whole}"]


def test_a_claim_that_is_gone_is_removed_and_an_unrelated_one_in_its_place_is_new() -> None:
    assert tell((PRP, SLEEP), (SLEEP, KNEE)) == [f"removed: {PRP} → ", f"new:  → {KNEE}"]
    assert tell((PRP, GROWTH), (SMOKE, GROWTH)) == [f"removed: {PRP} → ", f"new:  → {SMOKE}"]


def test_a_second_copy_is_new_and_of_two_copies_one_stays() -> None:
    assert tell((PRP, GROWTH), (PRP, GROWTH, PRP)) == [f"new:  → {PRP}"]
    assert tell((PRP, GROWTH, PRP), (PRP, GROWTH)) == [f"removed: {PRP} → "]


def test_of_two_copies_the_one_whose_neighbours_are_there_stays() -> None:
    claims, anchoring = anchor((STEM, PRP, SLEEP, KNEE, PRP, SMOKE), (KNEE, PRP, SMOKE))
    second = [claim.id for claim in claims if claim.claim.text == PRP][1]
    kept = {a.former[0] for a in anchoring.anchors if a.relation.keeps_claim}
    assert second in kept
    assert len(kept) == 3


def test_a_row_is_the_same_row_in_another_order_of_the_table() -> None:
    first, second = TABLE.splitlines()[2:]
    told = tell((TABLE,), (TABLE.replace(f"{first}\n{second}", f"{second}\n{first}"),))
    assert [line.partition(":")[0] for line in told] == ["moved"]


def test_marks_of_emphasis_and_of_a_list_are_no_change() -> None:
    assert tell((PRP, GROWTH), ("**PRP療法**は毛包を刺激し、発毛を促します。", f"- {GROWTH}")) == []


def test_a_claim_stays_one_in_a_section_that_the_extractor_leaves_out() -> None:
    claims, anchoring = anchor((PRP, GROWTH), ("## アクセス", f"{PRP}{GROWTH}お電話ください。"))
    assert [a.relation for a in anchoring.anchors] == [Relation.UNCHANGED] * 2
    assert [d.text for d in anchoring.dropped] == ["アクセス", "お電話ください。"]
    assert [a.claims[0].text for a in anchoring.anchors] == [claim.claim.text for claim in claims]


def test_what_people_worked_on_is_followed_into_a_sentence_that_is_no_claim() -> None:
    question = "PRP療法は毛包を刺激し、発毛を促すのでしょうか？"
    assert tell((PRP, GROWTH), (question, GROWTH)) == [f"reworded: {PRP} → {question}"]
    _, anchoring = anchor((PRP, GROWTH), (question, GROWTH), worked_on=False)
    assert [a.relation for a in anchoring.anchors] == [Relation.REMOVED, Relation.UNCHANGED]
    assert [d.reason for d in anchoring.dropped] == [DropReason.QUESTION]


def test_spans_count_in_the_new_text() -> None:
    after = ("はじめに述べます。", "## 見出し", GROWTH, PRP, TABLE)
    text = "\n\n".join(after)
    _, anchoring = anchor((PRP, GROWTH, TABLE), after)
    for claim in (claim for found in anchoring.anchors for claim in found.claims):
        source = text[claim.start : claim.end]
        assert source == claim.text or source.strip("| ") == claim.text
        assert all(text[risk.start : risk.end] == risk.words for risk in claim.wording_risks)


def test_a_sentence_that_points_back_is_read_anew_and_is_the_same_claim() -> None:
    that = "この治療は炎症を抑えると報告されています。"
    _, anchoring = anchor(("## PRP療法", that), ("## エクソソーム療法", that))
    (found,) = anchoring.anchors
    assert (found.relation, found.reread) == (Relation.UNCHANGED, True)
    assert "エクソソーム" in found.claims[0].read_as


def test_a_thousand_rewritten_sentences_are_compared_at_once() -> None:
    before = tuple(f"見本{n}番の成分は発毛を促します。" for n in range(1_000))
    after = tuple(text.replace("を促します", "を強く促すとされます") for text in before)
    told = tell(before, after)
    assert told == [f"reworded: {old} → {new}" for old, new in zip(before, after, strict=True)]
