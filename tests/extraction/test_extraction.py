"""From an article to its claims: nothing lost, offsets exact, reasons given."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import parse_article
from claims.errors import ArticleError
from claims.extraction import extract_claims
from claims.extraction.cues import TABLES, load_cues
from claims.extraction.units import list_units, read_wording
from claims.extraction.weights import load_expected, load_sign_weights
from claims.records.article import Language
from claims.records.claim import Certainty, Claim, ClaimType, DroppedUnit, DropReason
from claims.text.inflection import inflect
from claims.text.patterns import read_patterns


def only_claim(text: str) -> Claim:
    claims = extract_claims(parse_article(text)).claims
    assert len(claims) == 1, claims
    return claims[0]


def drop_reasons(text: str) -> list[DropReason]:
    return [unit.reason for unit in extract_claims(parse_article(text)).dropped]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("この薬は薄毛を改善します。", Certainty.ASSERTED),
        ("この薬は薄毛に効くかもしれません。", Certainty.HEDGED),
        ("この成分は血圧を下げる可能性があります。", Certainty.HEDGED),
        ("発毛効果があるとされています。", Certainty.HEDGED),
        ("炎症が減ることが報告されています。", Certainty.HEDGED),
        ("発毛への効果は確認されていません。", Certainty.NEGATED),
        ("水素水に美容効果があるという科学的根拠はありません。", Certainty.NEGATED),
        ("この治療に副作用はありません。", Certainty.ASSERTED),
        ("血圧だけでなく血糖も下げます。", Certainty.ASSERTED),
        ("It may improve sleep quality in adults.", Certainty.HEDGED),
        ("There is no evidence that it prevents colds.", Certainty.NEGATED),
        ("It lowers blood pressure within four weeks.", Certainty.ASSERTED),
    ],
)
def test_certainty_is_read_from_how_the_sentence_puts_it(sentence: str, certainty: Certainty) -> None:
    assert only_claim(sentence).certainty is certainty


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("この治療に副作用はありません。", ClaimType.SAFETY),
        ("注射のあとに腫れや内出血が起こることがあります。", ClaimType.SAFETY),
        ("日本人男性の約3割が薄毛を経験します。", ClaimType.EPIDEMIOLOGY),
        ("診療ガイドラインでは外用薬が強く推奨されています。", ClaimType.GUIDELINE),
        ("この薬は国内では未承認です。", ClaimType.REGULATORY),
        ("緑内障とは、視神経が傷つき視野が欠けていく病気です。", ClaimType.DEFINITION),
        ("従来の薬に比べて吸収率が高くなります。", ClaimType.COMPARISON),
        ("メラトニンは受容体に結合し、体内時計のシグナルを伝えます。", ClaimType.MECHANISM),
        ("関節の痛みを改善する効果が期待できます。", ClaimType.EFFICACY),
        ("「2週間で膝の痛みが消えました！」（60代女性）", ClaimType.TESTIMONIAL),
        ("Statins inhibit an enzyme in liver cells.", ClaimType.MECHANISM),
        ("Nausea and other side effects are common.", ClaimType.SAFETY),
        ("The FDA approved the drug for hair loss.", ClaimType.REGULATORY),
    ],
)
def test_the_type_follows_the_assertion(sentence: str, kind: ClaimType) -> None:
    assert only_claim(sentence).type is kind


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("こんにちは、院長の佐藤です。", DropReason.GREETING),
        ("この記事では、腰痛の原因を解説します。", DropReason.GREETING),
        ("本当に効くのでしょうか。", DropReason.QUESTION),
        ("お気軽にご相談ください。", DropReason.CALL_TO_ACTION),
        ("1回33,000円の治療です。", DropReason.OFFER),
        ("当院では最新のレーザーを導入しています。", DropReason.OFFER),
        ("院長は皮膚科専門医の資格を持っています。", DropReason.CREDENTIAL),
        ("いわば、土台作りです。", DropReason.METAPHOR),
        ("何より続けることが大切です。", DropReason.OPINION),
        ("主な原因は次のとおりです。", DropReason.LABEL),
        ("効果には個人差があります。", DropReason.BOILERPLATE),
        ("Book a consultation today.", DropReason.CALL_TO_ACTION),
        ("Think of it as a garden.", DropReason.METAPHOR),
    ],
)
def test_what_is_no_claim_is_dropped_with_its_reason(sentence: str, reason: DropReason) -> None:
    assert drop_reasons(sentence) == [reason]


def test_a_theme_question_is_kept_as_such() -> None:
    extraction = extract_claims(parse_article("テーマ:針治療は腰痛に効きますか?\n針は痛みを減らします。"))
    assert [unit.reason for unit in extraction.dropped] == [DropReason.THEME_QUESTION]
    assert extraction.claims[0].theme == "針治療は腰痛に効きますか?"


def test_a_row_of_prices_is_no_claim_and_a_row_reads_under_its_columns() -> None:
    text = "項目 | 従来薬 | 新薬 |\n腫れ | 起こりやすい | 起こりにくい |\n費用 | 3,000円 | 9,000円 |"
    claim = only_claim(text)
    assert claim.text == "腫れ | 起こりやすい | 起こりにくい"
    assert claim.read_as == "項目 腫れ — 従来薬: 起こりやすい; 新薬: 起こりにくい"


def test_a_label_is_the_subject_of_every_sentence_behind_it() -> None:
    text = "- アダパレン：毛穴の角化を抑えます。使い始めは赤みが出ることがあります。"
    first, second = extract_claims(parse_article(text)).claims
    assert first.read_as == first.text
    assert second.read_as == "アダパレン: 使い始めは赤みが出ることがあります。"
    assert second.context == "アダパレン (label)"


def test_numbers_become_quantities() -> None:
    claim = only_claim("６０名の試験では、12週間で痛みが約30％減少しました（n=60）。")
    assert [(q.value, q.unit) for q in claim.quantities] == [
        ("60", "名"),
        ("12", "週間"),
        ("30", "%"),
        ("60", "n"),
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_row_of_the_cues_is_found_in_its_own_example(language: Language) -> None:
    cues = load_cues(language)
    rows = list(read_patterns(TABLES / f"cues_{language.value}.tsv"))
    assert [row for row in rows if row["cue"] not in cues.find(row["example"])] == []
    assert [row for row in rows if not compile_row(row, language).search(row["example"])] == []


def compile_row(row: dict[str, str], language: Language) -> re.Pattern[str]:
    """The pattern of one row alone, where a text may have it; English words are asked for whole."""
    pattern = row["pattern"]
    if row["where"] == "word" and language is Language.JA:
        pattern = "|".join(map(inflect, pattern.split("|")))
    elif row["where"] == "word":
        pattern = rf"(?<![a-z0-9'’-])(?:{pattern})(?![a-z0-9'’-])"
    around = {"start": "^(?:{})", "end": "(?:{})$"}.get(row["where"], "(?:{})")
    return re.compile(around.format(pattern), re.NOFLAG if language is Language.JA else re.IGNORECASE)


@pytest.mark.parametrize("name", ["wording_ja", "wording_en", "topics", "unapproved_items"])
def test_every_pattern_matches_its_example(name: str) -> None:
    for row in read_patterns(TABLES / f"{name}.tsv"):
        assert re.search(row["pattern"], row["example"], re.IGNORECASE), (name, row)


def test_every_sign_that_weighs_is_explained() -> None:
    expected = load_expected()
    cues = {cue for language in Language for cue in load_cues(language).names}
    for language in Language:
        for sign in load_sign_weights(language).claim:
            assert sign in expected.claim or sign.removeprefix("above:") in cues, sign


ARTICLES = st.text(
    st.sampled_from("髪が治る効果は痛み。！?「」（）|\t\n\n- *#■〜:：テーマQAa1①%これそれ[]()."),
    min_size=1,
    max_size=200,
)


@given(text=ARTICLES)
def test_every_unit_is_a_claim_or_dropped_and_lies_where_it_says(text: str) -> None:
    try:
        article = parse_article(text)
    except ArticleError:
        return
    extraction = extract_claims(article)
    units: list[Claim | DroppedUnit] = [*extraction.claims, *extraction.dropped]
    places = sorted((unit.start, unit.end) for unit in units)
    assert places == [(unit.start, unit.end) for unit in list_units(article)]
    for claim in extraction.claims:
        source = article.text[claim.start : claim.end]
        if "|" not in source and "\t" not in source:
            assert claim.text == read_wording(source)


def test_the_same_article_gives_the_same_claims() -> None:
    text = "# 腰痛\n腰痛の8割は原因を特定できません。\n- 運動：痛みを減らします。"
    assert extract_claims(parse_article(text)) == extract_claims(parse_article(text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Your visit begins with a call to a certified nurse.", DropReason.OFFER),
        ("Our staff includes dietitians who check your blood sugar.", DropReason.OFFER),
        ("Melatonin is available in drops and gummies.", DropReason.OFFER),
        ("There are no hidden charges and no membership.", DropReason.OFFER),
        ("調査は成人920人を対象に面接で行いました。", DropReason.NOTHING_CHECKABLE),
    ],
)
def test_programme_staff_shelf_fees_and_surveys_are_no_claims(text: str, reason: DropReason) -> None:
    assert drop_reasons(text) == [reason]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("葉酸は神経管の異常を予防します。", ClaimType.EFFICACY),
        ("腹部の筋肉が引き締まってきます。", ClaimType.EFFICACY),
        ("尿検査で疑われ、腎生検で診断が確定します。", ClaimType.DEFINITION),
        ("入浴は抜歯の翌日からできます。", ClaimType.SAFETY),
        ("この薬は骨密度を下げることがあります。", ClaimType.SAFETY),
        ("緑内障は、視神経が傷む病気です。", ClaimType.DEFINITION),
        ("難聴は、伝音性と感音性に分けられます。", ClaimType.DEFINITION),
        ("大腸がんは国内のがんの約15%を占めます。", ClaimType.EPIDEMIOLOGY),
        ("高齢の男性に最も多い病気です。", ClaimType.EPIDEMIOLOGY),
        ("重い肝臓病のある方は使えません。", ClaimType.SAFETY),
        ("体重を減らすと、腰の痛みが和らぐ可能性があります。", ClaimType.EFFICACY),
        ("注射の後、まれに腰の痛みが残る可能性があります。", ClaimType.SAFETY),
        ("妊娠を望む女性は、風しんワクチンを接種しておいた方がよいとされています。", ClaimType.GUIDELINE),
        ("ビタミンKの多い食品は控えることが重要です。", ClaimType.GUIDELINE),
        ("尿もれは大きく3つのタイプに分けられます。", ClaimType.DEFINITION),
        ("Women are especially prone to migraine.", ClaimType.EPIDEMIOLOGY),
        ("Dialysis works by filtering the blood through a membrane.", ClaimType.MECHANISM),
        ("One trial found that volunteers had less back pain.", ClaimType.EFFICACY),
        ("Unlike tablets, the patch bypasses the stomach.", ClaimType.COMPARISON),
        ("Retinol delivers smoother skin and brightens the face.", ClaimType.EFFICACY),
        ("Retinoids are not suitable for pregnant women.", ClaimType.SAFETY),
        ("Cocoa contains a compound that is identical to caffeine.", ClaimType.DEFINITION),
    ],
)
def test_the_type_is_what_the_evidence_must_answer(text: str, kind: ClaimType) -> None:
    assert [claim.type for claim in extract_claims(parse_article(text)).claims] == [kind]


def test_a_heading_on_side_effects_announces_harms_and_no_effects() -> None:
    cues = load_cues(Language.EN)
    for heading in ("Potential Side Effects and Precautions", "Side-effects", "Adverse effects"):
        assert "effects_of" not in cues.find(heading)
    assert "effects_of" in cues.find("Effects on sleep")


TREATMENTS = "# 治療\n\n| 治療 | 効果 | 副作用 | 費用 |\n|---|---|---|---|\n"
PRICES = "# 料金\n\n| 施術 | 時間 | 料金 |\n|---|---|---|\n"


def test_what_a_treatment_does_and_harms_is_a_claim_beside_its_price() -> None:
    row = "自毛植毛 | 移植した毛が生着する | まれに感染 | 100万円"
    (claim,) = extract_claims(parse_article(f"{TREATMENTS}| {row} |\n")).claims
    assert claim.text == row


@pytest.mark.parametrize("row", ["PRP | 60分 | 30,000円", "全身脱毛5回 | 初診料・再診料込み | 98,000円"])
def test_a_row_of_a_price_list_is_none(row: str) -> None:
    assert extract_claims(parse_article(f"{PRICES}| {row} |\n")).claims == ()
