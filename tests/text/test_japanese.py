"""Words cover their text, whatever it holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from claims.text.japanese import SplitMode, tokenize


@given(text=st.text(max_size=60), mode=st.sampled_from(SplitMode))
def test_words_cover_any_text_without_gap(text: str, mode: SplitMode) -> None:
    tokens = tokenize(text, mode)
    assert "".join(token.surface for token in tokens) == text
    assert all(text[token.start : token.end] == token.surface for token in tokens)


def test_a_text_longer_than_one_call_allows_is_read_whole() -> None:
    text = "毛包幹細胞が眠る。" * 3_000
    tokens = tokenize(text)
    assert "".join(token.surface for token in tokens) == text
    assert sum(token.surface == "幹細胞" for token in tokens) == 3_000


def test_a_lone_surrogate_keeps_its_place() -> None:
    assert [token.surface for token in tokenize("髪\ud800毛")][1] == "\ud800"


def test_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda number: len(tokenize(f"{number}本の髪が抜ける。" * 200)), range(20)))
    assert min(readings) > 1_000


def test_variants_share_one_normal_form() -> None:
    assert tokenize("サプリメント")[0].normalized == tokenize("サプリメント")[0].normalized
    assert tokenize("呑む")[0].normalized == tokenize("飲む")[0].normalized
