"""Sentences: where they end, and that no character is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records.article import Language
from claims.text.sentences import split_sentences

JAPANESE = [
    ("髪が抜ける。また生える。", ["髪が抜ける。", "また生える。"]),
    (
        "「痛い。もう嫌だ。」と話す方もいます。次です。",
        ["「痛い。もう嫌だ。」と話す方もいます。", "次です。"],
    ),
    ("効果があります（個人差あり。）。以上です。", ["効果があります（個人差あり。）。", "以上です。"]),
    ("本当ですか?はい。", ["本当ですか?", "はい。"]),
    (
        "BMIは22.5です。https://example.org/a?b=c を見る。",
        ["BMIは22.5です。", "https://example.org/a?b=c を見る。"],
    ),
    ("①血圧を測る。②記録する。", ["①血圧を測る。", "②記録する。"]),
    ("「閉じない。次です。", ["「閉じない。", "次です。"]),
    ("「2週間で消えました！」（60代女性）", ["「2週間で消えました！」（60代女性）"]),
    ("すごい！！本当です。", ["すごい！！", "本当です。"]),
    ("代謝は「\n調整役」として働く。終わり。", ["代謝は「\n調整役」として働く。", "終わり。"]),
]
ENGLISH = [
    ("It works, e.g. in adults. It is safe.", ["It works, e.g. in adults.", "It is safe."]),
    ("Smith et al. Found it. P was 0.05.", ["Smith et al. Found it.", "P was 0.05."]),
    ("Dr. Lee saw 3.5 mg/day work vs. placebo. Good.", ["Dr. Lee saw 3.5 mg/day work vs. placebo.", "Good."]),
    ('"It works!" she said. We agree.', ['"It works!" she said.', "We agree."]),
    ("Does it? Yes.", ["Does it?", "Yes."]),
    ("It grew (p < 0.05. n = 12) fast. End.", ["It grew (p < 0.05. n = 12) fast.", "End."]),
    ('"It is gone!" — Ann, 44', ['"It is gone!" — Ann, 44']),
    (
        '"I slept. I woke rested." — Ann\n"It works for me too!" — Bo',
        ['"I slept. I woke rested." — Ann', '"It works for me too!" — Bo'],
    ),
]
TEXTS = st.text(st.sampled_from("髪が。！？「」（）()『』.!? \nAbc①1,、"), max_size=80)


@pytest.mark.parametrize(("text", "sentences"), JAPANESE)
def test_japanese_sentences_keep_brackets_whole(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text, 0, len(text), Language.JA)] == sentences


@pytest.mark.parametrize(("text", "sentences"), ENGLISH)
def test_english_sentences_know_abbreviations(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text, 0, len(text), Language.EN)] == sentences


@given(text=TEXTS, language=st.sampled_from(Language), cut=st.integers(0, 10))
def test_every_character_but_white_space_lies_in_one_sentence(
    text: str, language: Language, cut: int
) -> None:
    start = min(cut, len(text))
    spans = split_sentences(text, start, len(text), language)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text[start:].split())
