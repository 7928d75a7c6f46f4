"""What a reader is shown of two wordings, and how a sentence is told by its first words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.difference import LONGEST_COMPARED, find_difference, show_difference
from claims.anchoring.sentences import find_span
from claims.articles import parse_article
from claims.errors import ArticleError
from tests.anchoring.editing import cut

TEXTS = st.text(st.sampled_from("毛が増す。PRP 1.5%ab"), max_size=60)


@given(TEXTS, TEXTS)
def test_the_passages_give_both_wordings_back(old: str, new: str) -> None:
    passages = find_difference(old, new)
    assert "".join(passage.old for passage in passages) == old
    assert "".join(passage.new for passage in passages) == new
    assert all(not (a.changed and b.changed) for a, b in pairwise(passages))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("毛が30%増えました。", "毛が3%増えました。", "毛が[-30-]{+3+}%増えました。"),
        ("副作用はありません。", "副作用はほとんどありません。", "副作用は{+ほとんど+}ありません。"),
        ("It always works.", "It works.", "It[- always-] works."),
        ("同じ文。", "同じ文。", "同じ文。"),
    ],
)
def test_words_and_numbers_change_whole(old: str, new: str, shown: str) -> None:
    assert show_difference(old, new) == shown


def test_a_sentence_too_long_to_compare_is_shown_whole() -> None:
    old, new = "あ" * (LONGEST_COMPARED + 1), "い"
    assert [(p.old, p.new) for p in find_difference(old, new)] == [(old, new)]


ARTICLE = "毛包は成長します。毛包は休みます。\n\n副作用は まれです。毛包は休みます。"


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("毛包は成長", "", "毛包は成長します。"),
        ("毛包は成長", "毛包は休み", "毛包は成長します。毛包は休みます。"),
        ("副作用は\n まれ", "毛包", "副作用は まれです。毛包は休みます。"),
    ],
)
def test_a_span_is_told_by_how_its_sentences_begin(first: str, last: str, found: str) -> None:
    start, end = find_span(cut(parse_article(ARTICLE)), first, last)
    assert ARTICLE[start:end] == found


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("毛包は休み", "", "sentence_ambiguous"),
        ("骨", "", "sentence_not_found"),
        ("", "", "sentence_not_found"),
        ("副作用", "毛包は成長", "sentence_not_found"),
    ],
)
def test_a_sentence_that_is_not_one_is_told(first: str, last: str, code: str) -> None:
    with pytest.raises(ArticleError) as refused:
        find_span(cut(parse_article(ARTICLE)), first, last)
    assert refused.value.code == code
