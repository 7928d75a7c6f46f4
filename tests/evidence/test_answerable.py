"""What PubMed cannot answer has no query and says why; what tells of an effect beside is searched for."""

from __future__ import annotations

import pytest

from claims.articles.language import guess_language
from claims.errors import QueryError
from claims.lexicon.lexicon import load_lexicon
from claims.records.retrieval import SearchPlan, Unsearchable
from claims.search.query import build_plan


def plan(text: str, heading: str = "") -> SearchPlan:
    return build_plan(text, "", heading, guess_language(text), load_lexicon())


ELSEWHERE = [
    ("この治療は保険が使えません。", Unsearchable.INSURANCE),
    ("小児の舌下免疫療法には保険適用がある", Unsearchable.INSURANCE),
    ("PRP療法は自由診療です。", Unsearchable.INSURANCE),
    ("医療費控除の対象になります。", Unsearchable.INSURANCE),
    ("Laser therapy is not covered by most health plans.", Unsearchable.INSURANCE),
    ("チルゼパチドは肥満症に承認された", Unsearchable.APPROVAL),
    ("ミノキシジルは発毛効果を承認された唯一の成分です。", Unsearchable.APPROVAL),
    ("この成分は医薬部外品に配合されています。", Unsearchable.APPROVAL),
    ("Botulinum toxin was approved by the FDA for migraine.", Unsearchable.APPROVAL),
    ("Minoxidil is sold over the counter.", Unsearchable.APPROVAL),
    ("The laser holds FDA 510(k) clearance for reducing wrinkles.", Unsearchable.APPROVAL),
    ("AGA治療は月額5,500円です。", Unsearchable.PRICE),
    ("The treatment costs $500.", Unsearchable.PRICE),
    ("Finasteride costs less than $50 per month.", Unsearchable.PRICE),
    ("Insurance pays for more than half of cataract surgery.", Unsearchable.INSURANCE),
    ("患者満足度は98%です。", Unsearchable.OWN_FIGURES),
    ("Our clinic is the best-selling provider of PRP.", Unsearchable.OWN_FIGURES),
    ("乳房再建は、条件を満たせば保険で受けられます。", Unsearchable.INSURANCE),
    ("乳がん検診は40歳から市の補助で受けられます。", Unsearchable.INSURANCE),
    ("健康保険を使って受診できます。", Unsearchable.INSURANCE),
    ("The vaccine is free on the NHS from 70.", Unsearchable.INSURANCE),
    ("You will be offered the test free of charge.", Unsearchable.INSURANCE),
    ("You do not have to pay for prescriptions while pregnant.", Unsearchable.INSURANCE),
    ("Our serum has won several awards.", Unsearchable.OWN_FIGURES),
    ("急な歯痛にも当日対応しますので、まずはお電話ください。", Unsearchable.OFFER),
    ("お気軽にご相談ください", Unsearchable.OFFER),
    ("Book an appointment for your migraine today.", Unsearchable.OFFER),
    ("ビタミンCで毎日イキイキ！", Unsearchable.SLOGAN),
    ("細胞のスイッチが入り、新しい力が覚醒する。", Unsearchable.SLOGAN),
    ("痛みの連鎖反応の輪を断ち切り、体を再起動させます。", Unsearchable.SLOGAN),
    ("本治療は提供計画を厚生労働省に届け出て、受理されています。", Unsearchable.APPROVAL),
    ("幹細胞の培養上清液は提携先の工場で製造しています。", Unsearchable.OFFER),
    ("All our surgeons are on the specialist register.", Unsearchable.OFFER),
    ("Not suitable for vegetarians.", Unsearchable.OFFER),
]


@pytest.mark.parametrize(("text", "reason"), ELSEWHERE)
def test_what_stands_elsewhere_or_is_no_fact_has_no_query(text: str, reason: Unsearchable) -> None:
    answered = plan(text)
    assert (answered.not_searchable, answered.ladder) == (reason, ())


@pytest.mark.parametrize(
    "text",
    [
        "フィナステリドは保険適用外ですが、脱毛症を改善します。",
        "保険診療で行える硬化療法は静脈瘤を改善する",
        "Metformin is approved for type 2 diabetes and reduces mortality.",
        "The drug is cleared by the liver.",
        "米国の補助化学療法の完遂率は80%だった。",
        "韓国の補助人工心臓の生存率は80%である。",
        "Gene expression is regulated by HIF-1.",
        "Paired kidney donation could save the health system $5 billion.",
        "死因の第1位はがんである",
        "スタチンの費用対効果は高い",
        "眠ると成長ホルモンが分泌される",
        "医療保険に入っている人ほど健診を受けている",
        "Women with private insurance have more caesareans than women without.",
        "Sealants keep teeth free of caries.",
        "運動で糖尿病を予防しましょう",
        "火傷の痕にはシリコンシートが使われる",
    ],
)
def test_what_a_study_could_tell_is_searched_for(text: str) -> None:
    answered = plan(text)
    assert answered.not_searchable is None
    assert answered.ladder


def test_advice_under_a_disease_is_searched_for_and_no_slogan() -> None:
    assert plan("水分をとりましょう。", heading="熱中症").ladder
    assert plan("ビタミンCで毎日イキイキ！", heading="美肌").not_searchable is Unsearchable.SLOGAN


@pytest.mark.parametrize("text", ["Placebos relieve irritable bowel symptoms.", "プラセボでも頭痛に効く。"])
def test_a_claim_about_placebo_itself_asks_for_placebo(text: str) -> None:
    assert {"placebo", "placebos"} & {c.english[0] for c in plan(text).concepts if c.required}


def test_a_claim_of_which_no_word_is_known_is_not_taken_for_one_that_pubmed_cannot_answer() -> None:
    with pytest.raises(QueryError) as refusal:
        plan("竜骨牡蠣湯の話")
    assert refusal.value.code == "no_concept"
