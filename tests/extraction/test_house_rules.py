"""A clinic's own rules on wording: found as plain phrases, silent where denied or told as a rumour."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.extraction.cues import TABLES
from claims.extraction.house_rules import HouseRule, HouseRules, fold_phrase
from claims.extraction.wording import list_grounds, read_wordings
from claims.records.article import Language
from claims.records.claim import WordingRisk, WordingRule
from claims.text.invisible import drop_invisible
from claims.text.patterns import read_patterns

REASON, ALTERNATIVE = "当院では名前に効能を入れません", "成分の名前で書く"
DRIP = "きらめき点滴"
HOUSE = HouseRules(
    [
        HouseRule(DRIP, Language.JA, REASON, ALTERNATIVE),
        HouseRule("きらめき点滴プラス", Language.JA, "別の理由"),
        HouseRule("AGAガード", Language.JA, REASON),
        HouseRule("glow drip", Language.EN, "No effect in a product's name"),
    ]
)


def find_house(text: str) -> list[WordingRisk]:
    article = parse_article(text)
    risks = read_wordings(article, HOUSE).find(0, len(article.text))
    assert all(article.text[risk.start : risk.end] == risk.words for risk in risks)
    return [risk for risk in risks if risk.rule is WordingRule.HOUSE]


def test_the_clinics_own_reason_stands_with_the_claim() -> None:
    article = parse_article(f"# 治療\n{DRIP}は必ず髪を増やします。")
    (claim,) = extract_claims(article, HOUSE).claims
    house, law = claim.wording_risks
    assert (house.rule, house.words, house.reason, house.alternative) == (
        WordingRule.HOUSE,
        DRIP,
        REASON,
        ALTERNATIVE,
    )
    assert [(basis.reason, basis.alternative, basis.law) for basis in list_grounds(house, "en")] == [
        (REASON, ALTERNATIVE, "")
    ]
    assert (law,) == extract_claims(article).claims[0].wording_risks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("当院のａｇａｶﾞｰﾄﾞで髪が増えます。", "ａｇａｶﾞｰﾄﾞ"),
        ("The ＧＬＯＷ  Drip regrows hair.", "ＧＬＯＷ  Drip"),
        ("きらめき点滴プラスで髪が増えます。", "きらめき点滴プラス"),
    ],
)
def test_case_width_and_spaces_make_no_difference_and_the_longest_phrase_wins(text: str, words: str) -> None:
    assert [risk.words for risk in find_house(text)] == [words]


@pytest.mark.parametrize(
    "text", ["MAGAガード療法で髪が増えます。", "Afterglow drips regrow hair.", "Our glow drip2 regrows hair."]
)
def test_a_phrase_in_latin_letters_is_found_as_whole_words(text: str) -> None:
    assert find_house(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{DRIP}という広告には注意してください。",
        f"「{DRIP}」をうたう施設を鵜呑みにしないでください。",
        f"{DRIP}が効くとは限りません。",
        f"{DRIP}は行っておりません。",
        f"これは{DRIP}ではありません。",
        f"{DRIP}の効果は証明されていません。",
        "There is no such thing as a glow drip.",
        "We don't offer the glow drip.",
        "Beware of sites that sell a glow drip.",
        "The idea that a glow drip cures hair loss is false.",
    ],
)
def test_denials_and_rumours_are_left_alone(text: str) -> None:
    assert find_house(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{DRIP}でシミがなくなります。",
        f"{DRIP}は痛みがありません。",
        "You won't regret our glow drip.",
        "It is not just a glow drip.",
        "With no downtime, the glow drip regrows hair.",
    ],
)
def test_a_denial_of_something_else_does_not_excuse_the_phrase(text: str) -> None:
    assert len(find_house(text)) == 1


@pytest.mark.parametrize("language", list(Language))
def test_each_frame_is_found_in_its_example_and_none_across_a_border(language: Language) -> None:
    phrase = DRIP if language is Language.JA else "glow drip"
    for row in read_patterns(TABLES / f"wording_frames_{language.value}.tsv"):
        found = find_house(row["example"].replace("◌", phrase))
        assert bool(found) == (row["cue"] == "border"), row


def test_ten_thousand_rules_are_found_in_a_moment() -> None:
    rules = HouseRules([HouseRule(f"きらめき点滴{n}号", Language.JA, REASON) for n in range(10_000)])
    article = parse_article("きらめき点滴4321号で髪が増えます。" * 400)
    began = process_time()
    found = read_wordings(article, rules).find(0, len(article.text))
    assert {risk.words for risk in found} == {"きらめき点滴4321号"}
    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("発毛する", "発毛\u200bする"),
        ("最高", "最\u00ad高"),
        ("ガード", "ｶ\u2060ﾞｰﾄﾞ"),
        ("葛根湯", "葛\U000e0100根湯"),
        ("it's", "it’s"),
        ("it’s", "it's"),
        ("long-term", "long‑term"),
        ("long–term", "long−term"),
        ("AGA", "A\ufeffGA"),
    ],
)
def test_a_phrase_is_found_as_word_and_html_write_it(phrase: str, written: str) -> None:
    text = f"\u200b当院、{written}。"
    rules = HouseRules([HouseRule(phrase, Language.JA, REASON)])
    assert [text[start:end] for _, start, end in rules.find(text, Language.JA)] == [written]


@given(
    st.text("a根ｶﾞ ＡÅﬁß’-", max_size=20),
    st.text("発毛itsｶﾞ-'’‑Å", max_size=8).map("発".__add__),
    st.sampled_from(["", "\u200b", "\u00ad", "\ufeff\u200d", "\ufe0f"]),
)
def test_what_is_found_lies_where_it_says(around: str, phrase: str, unseen: str) -> None:
    written = unseen.join(re.findall("(?s:.)[ﾞ\u030a]*", phrase))
    text = f"{around}。{written}。{around}"
    rules = HouseRules([HouseRule(phrase, Language.JA, REASON)])
    found = [text[start:end] for _, start, end in rules.find(text, Language.JA)]
    assert drop_invisible(written).replace("\ufe0f", "") in [
        drop_invisible(words).replace("\ufe0f", "") for words in found
    ]
    assert {fold_phrase(words) for words in found} == {fold_phrase(phrase)}


def test_many_phrases_that_begin_alike_are_no_burden() -> None:
    rules = HouseRules([HouseRule(f"きらめき{n}", Language.JA, REASON) for n in range(20_000)])
    began = process_time()
    assert list(rules.find("きらめく" * 20_000, Language.JA)) == []
    assert process_time() - began < 5
