"""Kinds of faults that real pages showed: each with the case that was found and others of the same kind."""

from __future__ import annotations

import pytest

from claims.articles.reading import parse_document
from claims.extraction import extract_claims
from claims.records.claim import Certainty, Claim, ClaimType


def read_page(body: str, suffix: str = "txt") -> tuple[Claim, ...]:
    if suffix == "html":
        body = f"<!DOCTYPE html><html><head><title>t</title></head><body>{body}</body></html>"
    return extract_claims(parse_document(body.encode(), f"page.{suffix}").article).claims


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            "<p>以前は、目尻に打つことで<br>しわが出ないようにしたり、<br><br>ふくらはぎを細くするために<br>使われました。</p>",
            "以前は、目尻に打つことでしわが出ないようにしたり、ふくらはぎを細くするために使われました。",
        ),
        (
            "<div>長年の喫煙が</div><div>肺気腫の原因に</div><div>なります。</div>",
            "長年の喫煙が肺気腫の原因になります。",
        ),
        (
            "<p>抗生物質の<br>副作用として<br>下痢が起こることが<br>あります。</p>",
            "抗生物質の副作用として下痢が起こることがあります。",
        ),
        (
            "<p>睡眠薬による<br><br>ふらつきにも<br>注意が必要です。</p>",
            "睡眠薬によるふらつきにも注意が必要です。",
        ),
        (
            "<p>薬の副作用による<br>多汗症の可能性もあります。</p>",
            "薬の副作用による多汗症の可能性もあります。",
        ),
    ],
)
def test_lines_broken_by_hand_are_one_sentence(lines: str, sentence: str) -> None:
    assert [claim.text for claim in read_page(lines, "html")] == [sentence]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Who Is a Good Candidate?</h2><p>You may be a candidate if:</p><ul>"
        "<li>You have tried conventional treatments without adequate relief</li>"
        "<li>You are a woman over 35 experiencing symptoms of hormonal imbalance</li></ul>",
        "<h2>Am I a candidate?</h2><p>You might benefit from laser treatment if:</p><ul>"
        "<li>You are over 40 and suffer from dry eyes</li><li>You notice thinning hair</li></ul>",
        "<h3>Signs you may need testosterone therapy</h3><ul>"
        "<li>Your sex drive is lower than it used to be</li><li>You struggle to lose belly fat</li></ul>",
        "<h2>Is PRP right for me?</h2><p>Consider PRP if any of these apply:</p><ul>"
        "<li>Your knee pain has lasted more than six months</li><li>You would rather avoid surgery</li></ul>",
        "<h2>Who should consider weight loss injections?</h2><ul><li>Adults with a BMI over 30</li>"
        "<li>You have high blood pressure linked to your weight</li></ul>",
    ],
)
def test_points_that_describe_the_reader_are_no_claims(page: str) -> None:
    told = [claim.text for claim in read_page(f"{page}<p>Estrogen relieves hot flashes.</p>", "html")]
    assert told == ["Estrogen relieves hot flashes."]


def test_points_of_benefits_that_speak_to_the_reader_are_claims() -> None:
    page = "<h2>Benefits of magnesium</h2><ul><li>Your cramps ease.</li><li>Your skin heals faster.</li></ul>"
    assert len(read_page(page, "html")) == 2


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("妊娠中は静脈瘤がよく発生します。", ClaimType.EPIDEMIOLOGY),
        ("乳児ではアトピー性皮膚炎が多く発症します。", ClaimType.EPIDEMIOLOGY),
        ("こむら返りは妊婦さんによく生じる症状です。", ClaimType.EPIDEMIOLOGY),
        ("思春期の男子ではにきびが頻繁に見られます。", ClaimType.EPIDEMIOLOGY),
        ("グルコサミンは軟骨の減少を抑えます。", ClaimType.EFFICACY),
        ("コラーゲンは骨密度の低下を防ぎます。", ClaimType.EFFICACY),
        ("デュタステリドは毛髪の減少を食い止めます。", ClaimType.EFFICACY),
        ("低濃度アトロピンは近視の進行を遅らせます。", ClaimType.EFFICACY),
        ("週に1回以上発汗することがある場合は、多汗症の可能性が高いです。", ClaimType.DEFINITION),
        ("週3回以上の頭痛が3か月続く場合は、慢性片頭痛の可能性があります。", ClaimType.DEFINITION),
        ("夜間に2回以上トイレに起きる方は、夜間頻尿の可能性が高いでしょう。", ClaimType.DEFINITION),
        (
            "Chronic fatigue that does not improve with rest is a symptom of low estrogen.",
            ClaimType.MECHANISM,
        ),
        ("A cough that does not respond to antibiotics is a symptom of asthma.", ClaimType.MECHANISM),
        ("Brain fog, poor sleep and night sweats are signs of declining estrogen.", ClaimType.MECHANISM),
        ("Pain that never eases at night may be a symptom of bone disease.", ClaimType.MECHANISM),
        ("It rarely causes scars in adults.", ClaimType.SAFETY),
        ("The gel seldom leaves marks on the skin.", ClaimType.SAFETY),
    ],
)
def test_the_type_goes_by_what_is_asked_of_the_evidence(sentence: str, kind: ClaimType) -> None:
    heading = "Hormones" if sentence.isascii() else "治療の話"
    (claim,) = read_page(f"{heading}\n\n{sentence}\n")
    assert (claim.type, claim.certainty is Certainty.NEGATED) == (kind, False)


@pytest.mark.parametrize(
    ("before", "sentence", "read_as"),
    [
        (
            "Needling\n\nThe needles are small and the process is straightforward for tirzepatide.",
            "Common side effects include nausea.",
            "tirzepatide: Common side effects include nausea.",
        ),
        (
            "Hair\n\nThe foam is easy to apply for minoxidil users.",
            "Rare side effects include itching.",
            "minoxidil: Rare side effects include itching.",
        ),
        (
            "Skin\n\nThe course is gentle and the results are natural with botulinum toxin.",
            "The most common side effects are drooping eyelids and headache.",
            "botulinum toxin: The most common side effects are drooping eyelids and headache.",
        ),
        (
            "Hormones\n\nUnlike synthetic hormones, which can carry risks, "
            "bioidentical hormones fit your receptors.",
            "Research supports their use for hot flashes.",
            "Research supports their(bioidentical hormones) use for hot flashes.",
        ),
        (
            "Joints\n\nCompared with steroid shots, hyaluronic acid injections last longer.",
            "Evidence supports their safety in older adults.",
            "Evidence supports their(hyaluronic acid injections) safety in older adults.",
        ),
        (
            "Pain\n\nWhile opioids can cause dependence, topical NSAIDs act locally.",
            "Studies confirm their effect on knee pain.",
            "Studies confirm their(topical NSAIDs) effect on knee pain.",
        ),
    ],
)
def test_what_a_sentence_is_about_is_named(before: str, sentence: str, read_as: str) -> None:
    claims = read_page(f"{before}\n\n{sentence}\n")
    assert claims[-1].read_as == read_as


def test_numbers_of_references_before_a_latin_stop_end_a_japanese_sentence() -> None:
    claims = read_page(
        "頭痛\n\n片頭痛は吐き気を伴います 3. 女性の有病率は男性の約3倍に達します 3, 18. "
        "また、体重は3.5kg増えました。\n"
    )
    assert [claim.text for claim in claims][:2] == [
        "片頭痛は吐き気を伴います 3.",
        "女性の有病率は男性の約3倍に達します 3, 18.",
    ]
    assert claims[0].read_as == "片頭痛は吐き気を伴います."


def test_a_sentence_that_begins_with_a_small_letter_stands_alone() -> None:
    page = "Skin\n\nMicroneedling improves texture by stimulating collagen. microneedling reduces wrinkles.\n"
    assert [claim.text for claim in read_page(page)][1:] == ["microneedling reduces wrinkles."]


@pytest.mark.parametrize(
    "line",
    [
        "足の外来では、装具による歩行の指導も行っています。",
        "手術の翌週に、傷の治り具合を確認いたします。",
        "痛みが苦手な方には、笑気麻酔による対応も可能です。",
        "（医療用の強力な美白剤）",
        "Our river spa also offers caffeine wraps.",
        "Every plan is reviewed by a nurse and filled by a partner pharmacy.",
        "Your provider will go through your allergies and medications.",
    ],
)
def test_what_the_house_does_and_names_in_brackets_are_no_claims(line: str) -> None:
    fact = "Sage tea lowers blood sugar." if line.isascii() else "禁煙は血圧を下げます。"
    assert [claim.text for claim in read_page(f"{fact[:8]}\n\n{fact}\n\n{line}\n")] == [fact]


def test_what_is_rated_by_what_is_no_claim() -> None:
    page = (
        "# 育毛剤\n\n亜鉛は抜け毛を減らします。\n\n## 評価基準\n\n本記事では以下の基準で評価しています：\n\n"
        "- 効果：有効成分の濃度で評価\n- 安全性：副作用の報告数で評価\n"
    )
    assert [claim.text for claim in read_page(page, "md")] == ["亜鉛は抜け毛を減らします。"]
