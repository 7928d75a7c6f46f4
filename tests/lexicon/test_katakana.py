from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.lexicon.katakana import build_sound_index, list_skeletons, reduce_sound, romanize
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import load_names
from claims.lexicon.terms import FoundBy
from claims.records.article import Language

INDEX = build_sound_index(load_names())
ORDINARY = Path(__file__).parent / "ordinary_katakana.txt"

SOUNDS_LIKE = [
    ("アベマシクリブ", "abemaciclib"),
    ("ジルチアゼム", "diltiazem"),
    ("フェキソフェナジン", None),
    ("カプトプリル", "captopril"),
    ("ドブタミン", "dobutamine"),
    ("クロルプロマジン", "chlorpromazine"),
    ("ファゴソーム", "phagosome"),
    ("ビメンチン", "vimentin"),
    ("チログロブリン", "thyroglobulin"),
    ("ラクトバチルス", None),
    ("コンサルティング", None),
    ("クリニック", None),
    ("キャンペーン", None),
    ("モニター", None),
]


@pytest.mark.parametrize(("katakana", "english"), SOUNDS_LIKE)
def test_a_name_is_found_by_its_sound_and_a_plain_word_is_not(katakana: str, english: str | None) -> None:
    match = INDEX.find(katakana)
    assert (match.english if match else None) == english


def test_an_ordinary_word_is_never_taken_for_a_name() -> None:
    words = ORDINARY.read_text(encoding="utf-8").split()
    assert [word for word in words if _is_heard_as_a_name(word)] == []


def _is_heard_as_a_name(word: str) -> bool:
    found, _ = load_lexicon().find_terms(word, Language.JA)
    return any(term.found_by is FoundBy.SOUND for term in found)


def test_what_is_not_katakana_has_no_sound() -> None:
    assert romanize("毛包") == ""
    assert INDEX.find("DHT") is None


def test_a_short_word_is_never_guessed() -> None:
    assert INDEX.find("ガム") is None


@given(st.text(alphabet="アイウカキクサシスタチツナニラリルンーッャァ", max_size=12))
def test_any_katakana_is_reduced_without_repeated_consonants(word: str) -> None:
    skeleton = reduce_sound(romanize(word))
    assert all(a != b for a, b in itertools.pairwise(skeleton))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=25))
def test_any_english_word_has_a_skeleton(word: str) -> None:
    assert list_skeletons(word)
