"""Risky wordings: pointed at in place, left alone where they are denied, each with a basis to be checked."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.extraction.cues import TABLES
from claims.extraction.wording import list_bases, list_missing_items, read_wordings
from claims.records.claim import WordingRule
from claims.text.patterns import read_patterns

LANGUAGES = ("ja", "en")
NAMES_ALL = (
    "この薬は国内未承認です。入手経路：院内で調製しています。国内に同一の成分の承認薬はありません。"
    "諸外国における重大な副作用の報告はありません。医薬品副作用被害救済制度の対象になりません。"
)


def rules_in(text: str) -> list[WordingRule]:
    article = parse_article(text)
    return [risk.rule for risk in read_wordings(article).find(0, len(article.text))]


def test_risky_wording_is_pointed_at_in_place() -> None:
    article = parse_article("# 治療\nこの治療で必ず髪が生え、劇的に改善します。")
    risks = extract_claims(article).claims[0].wording_risks
    assert [risk.rule for risk in risks] == [WordingRule.ABSOLUTE, WordingRule.EXAGGERATION]
    assert all(article.text[risk.start : risk.end] == risk.words for risk in risks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_points_at_its_example_or_spares_it(language: str) -> None:
    for row in read_patterns(TABLES / f"wording_{language}.tsv"):
        assert (WordingRule(row["rule"]) in rules_in(row["example"])) == (row["cue"] == "points"), row


@pytest.mark.parametrize(
    "text",
    [
        "必ずしも症状が改善するとは限りません。",
        "絶対に安全というわけではありません。",
        "80代ではほぼ100％の方にみられます。",
        "必ず医師にご相談ください。",
        "No supplement can guarantee better sleep.",
        "It is no better than other brands.",
    ],
)
def test_denials_are_left_alone(text: str) -> None:
    assert rules_in(text) == []


def test_an_unapproved_treatment_is_pointed_at_until_the_article_names_every_item() -> None:
    assert rules_in("エクソソームは発毛を促します。") == [WordingRule.UNAPPROVED]
    assert list_missing_items(NAMES_ALL) == ()
    assert rules_in("エクソソームは発毛を促します。" + NAMES_ALL) == []


@pytest.mark.parametrize("rule", [rule for rule in WordingRule if rule is not WordingRule.HOUSE])
def test_every_rule_has_a_basis_that_nobody_has_verified_yet(rule: WordingRule) -> None:
    for locale in LANGUAGES:
        bases = list_bases(rule, locale)
        assert bases
        assert all(basis.law and basis.clause and basis.reason and basis.alternative for basis in bases)
        assert all(bool(basis.verified_on) == bool(basis.verified_at) for basis in bases)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("この温熱で癌も消えます。", WordingRule.ABSOLUTE),
        ("誰にでも合う漢方です。", WordingRule.ABSOLUTE),
        ("根本から治す施術です。", WordingRule.ABSOLUTE),
        ("この茶は免疫力をぐっと高めます。", WordingRule.EXAGGERATION),
        ("寝るだけで痩せます。", WordingRule.EXAGGERATION),
        ("体の毒素を外に排出します。", WordingRule.EXAGGERATION),
        ("臍帯由来の幹細胞上清を使います。", WordingRule.UNAPPROVED),
        ("The peel is 100% safe.", WordingRule.ABSOLUTE),
        ("The drip boosts your immune system.", WordingRule.EXAGGERATION),
        ("The cream reverses aging.", WordingRule.EXAGGERATION),
        ("We can guarantee results.", WordingRule.GUARANTEE),
        ("It can be removed permanently.", WordingRule.ABSOLUTE),
    ],
)
def test_promises_of_food_and_clinics_are_pointed_at(text: str, rule: WordingRule) -> None:
    assert rule in rules_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "がんが消えるという広告には注意してください。",
        "デトックスの効果は確認されていません。",
        "寝るだけで痩せるという話には根拠がありません。",
        "誰にでも効くわけではありません。",
        "The idea that honey cures asthma is false.",
        "No diet can detoxify the body.",
        "The bar is 100% cocoa.",
        "It doesn't guarantee results.",
        "It can’t boost immunity.",
        "地域No.1という宣伝には注意してください。",
    ],
)
def test_denial_and_the_quotation_of_a_rumour_are_left_alone(text: str) -> None:
    assert rules_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Do not trust other clinics: we are the best clinic in Tokyo.",
        "There is no evidence of side effects, so the treatment is 100% safe.",
        "Beware of imitations, this is the only guaranteed cure.",
        "Many myths exist, but our treatment is guaranteed to work.",
        "Rumours about us are false and our laser is 100% safe.",
        "Don't believe rivals; however, our peel is completely safe.",
        "It is no myth that the serum works forever.",
        "Beware of copies of our guaranteed treatment.",
        "It has never been shown to fail (guaranteed).",
        "Whoever denies that we are the best clinic in Tokyo is wrong.",
        "The rumour that it cures baldness is true.",
        "The ads of others are misleading while ours is the number one treatment.",
        "No surgery, guaranteed results.",
        "No doubt it is permanently gone.",
        "It is not only 100% safe.",
        "There is no evidence of harm from the 100% safe peel.",
        "テレビ広告の通り、日本一の実績があります。",
        "広告の通り絶対に治ります。",
        "日本一という宣伝どおりの効果です。",
        "絶対に治るという当院の広告は本当です。",
        "必ず生えるといううわさの治療です。",
        "日本一の実績ですが、他院の広告は誤りです。",
        "必ず生える治療なので、広告に惑わされないでください。",
        "日本一という広告に誤りはありません。",
        "日本一という実績は疑う余地がありません。",
        "必ず治るという信念で細部に注意を払います。",
        "日本一ではないというのは誤りです。",
        "がんが消えるという話題の治療です。",
        "飲むだけで痩せるという情報どおりの効果です。",
        "必ず治りますので、ご相談ください。",
        "絶対に治るという広告で話題のクリニックです。",
        "日本一けれど根拠のない広告はしません。",
        "絶対に治るという宣伝は嘘ではありません。",
        "絶対に治ると言っても過言ではありません。",
        "究極の治療は、効果が証明されていない治療とは違います。",
        "Don't trust anyone else for guaranteed results.",
        "Rumours say the best clinic is ours.",
        "Don't worry, it is gone forever.",
        "Never miss our guaranteed results.",
    ],
)
def test_a_denial_of_something_else_does_not_excuse_a_forbidden_wording(text: str) -> None:
    assert rules_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "必ず治るという広告には、注意してください。",
        "「必ず治り、再発もしない」という広告は誤りです。",
        "日本一という広告は事実ではありません。",
        "絶対に副作用がないという根拠はありません。",
        "奇跡の治療という宣伝をよく見かけますが、根拠はありません。",
        "日本一をうたう広告を鵜呑みにしないでください。",
        "「絶対に安全」といった広告表現は禁止されています。",
        "必ず治ると断言する広告には注意が必要です。",
        "劇的な効果をうたう広告には気をつけましょう。",
        "Rumours of a miracle cure should not be believed.",
        "Don't trust sites that promise a guaranteed cure.",
        "Ads that promise 100% safe surgery are misleading, so ask a doctor.",
        "There is no evidence that the diet cures cancer, and it may harm.",
    ],
)
def test_a_denial_in_the_same_clause_is_left_alone(text: str) -> None:
    assert rules_in(text) == []
